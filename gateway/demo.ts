import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EmbeddedGatewayReady } from '../contract/embedded-gateway'
import { shopConnectionFile } from '../demo/data-folder'
import { demoSeed, generateDemo } from '../demo/seller/generate-demo'
import { todayIn } from '../domain/calendar'
import type { CalendarDate } from '../domain/units'
import type { Gateway } from './create-gateway'
import { loadSeed } from './seed'

export { demoDataFolder } from '../demo/data-folder'

/**
 * Load the demo seller where it is not there yet, and leave word in the data folder of where its
 * shop sends to. The demo is data: from here on nothing knows that it is one.
 */
export async function startDemo(
  gateway: Gateway,
  dataDir: string | null,
): Promise<NonNullable<EmbeddedGatewayReady['demo']>> {
  const now = gateway.context.now().toISOString()
  let today = todayIn('Europe/Stockholm', now)
  const { accounts, shop, isNew } = await loadSeed(gateway.context, () =>
    generateDemo({ seed: demoSeed, today, now }),
  )
  const sendsTo = { url: gateway.url, secret: shop.secret }
  if (dataDir !== null) {
    const file = join(dataDir, shopConnectionFile)
    // The shop's prices are those of the day the demo was made, not of the day it is opened again.
    if (!isNew) today = (await dayOf(file)) ?? today
    await writeFile(file, `${JSON.stringify({ ...sendsTo, seed: demoSeed, today })}\n`, {
      mode: 0o600,
    })
  }
  return { accounts: [...accounts], shop: sendsTo }
}

async function dayOf(file: string): Promise<CalendarDate | null> {
  try {
    const { today } = JSON.parse(await readFile(file, 'utf8')) as { today?: unknown }
    return typeof today === 'string' ? today : null
  } catch {
    return null
  }
}
