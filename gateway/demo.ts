import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EmbeddedGatewayReady } from '../contract/embedded-gateway'
export { demoDataFolder } from '../demo/data-folder'
import { demoSeed, generateDemo } from '../demo/seller/generate-demo'
import { todayIn } from '../domain/calendar'
import type { Gateway } from './create-gateway'
import { loadSeed } from './seed'

/**
 * Load the demo seller where it is not there yet, and leave word in the data folder of where its
 * shop sends to. The demo is data: from here on nothing knows that it is one.
 */
export async function startDemo(
  gateway: Gateway,
  dataDir: string | null,
): Promise<NonNullable<EmbeddedGatewayReady['demo']>> {
  const { accounts, shop } = await loadSeed(gateway.context, () => {
    const now = gateway.context.now().toISOString()
    return generateDemo({ seed: demoSeed, today: todayIn('Europe/Stockholm', now), now })
  })
  const sendsTo = { url: gateway.url, secret: shop.secret }
  if (dataDir !== null) {
    await writeFile(join(dataDir, 'demo-shop.json'), `${JSON.stringify(sendsTo)}\n`, {
      mode: 0o600,
    })
  }
  return { accounts: [...accounts], shop: sendsTo }
}
