import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { createShopClient, type ShopClient } from '../../demo/shop/client'
import { openShopFloor } from '../../demo/shop/shop-floor'
import { demoSeed } from '../../demo/seller/generate-demo'
import { todayIn } from '../../domain/calendar'
import { launchApp, type RunningApp } from '../support/app'
import { ConsoleClient } from '../support/console-client'
import { startDemoGateway, type DemoGateway } from '../support/demo-gateway'
import { BulkPage } from './pages/bulk-page'
import { SessionPage } from './pages/session-page'

const count = 500
const mark = 'Massa 500'

let gateway: DemoGateway
let admin: ConsoleClient
let lars: ConsoleClient
let app: RunningApp
/** Ids of requisitions, as they came in. */
let sent: readonly string[]

beforeAll(async () => {
  gateway = await startDemoGateway()
  admin = await ConsoleClient.open(gateway.url, await gateway.tokenOf('admin'))
  lars = await ConsoleClient.open(gateway.url, await gateway.tokenOf('lars'))
  // Rules would leave some to others; here one person decides.
  const set = await admin.command('policy.set', 'approval', 1, { rules: [] })
  expect(set, JSON.stringify(set)).toMatchObject({ ok: true })
  sent = await submitMany()
  app = await launchApp({ runtime: inject('appRuntime') })
}, 180_000)

afterAll(async () => {
  admin?.close()
  lars?.close()
  await app?.close()
  await gateway?.remove()
})

/** Nobody's credit in the demo that is smaller than this reaches for what is sent here, in öre. */
const smallCredit = 30_000_000
const total = 600_000

/**
 * The same document many times, each above what its customer's credit reaches for: they are all told
 * with a warning, so that they stand in the order of the list.
 */
async function submitMany(): Promise<readonly string[]> {
  const today = todayIn('Europe/Stockholm', new Date().toISOString())
  const floor = openShopFloor({ seed: demoSeed, today }, today, 7)
  for (let tries = 0; tries < 1_000; tries += 1) {
    const { event } = floor.nextDocument({
      type: 'requisition.submitted',
      id: undefined,
      now: new Date().toISOString(),
      toBeDecided: true,
    })
    const [line] = event.data.lines
    const price = Number(line?.price?.amount ?? 0)
    if (!line || price === 0 || !hasSmallCredit(event.data.contact)) continue
    const quantity = Number(line.quantity)
    const lines = [{ ...line, quantity: quantity * Math.ceil(total / (price * quantity)) }]
    const ids: string[] = []
    for (let at = 0; at < count; at += 1) {
      const data = { ...event.data, id: `BULK-${at}`, goodsMark: mark, lines }
      const answer = await atItsPace(() =>
        createShopClient(gateway.shop).send({
          ...event,
          timestamp: new Date().toISOString(),
          data,
        }),
      )
      if (!answer.ok) throw new Error(JSON.stringify(answer.error))
      ids.push(answer.value.receipt.requisition.id)
    }
    return ids
  }
  throw new Error('Nobody of the demo has so small a credit.')
}

/** A shop that is told that it sends too much waits, and sends the same again. */
async function atItsPace(send: () => ReturnType<ShopClient['send']>) {
  for (;;) {
    const answer = await send()
    const isTooMuch = !answer.ok && answer.error.code === 'refused' && answer.error.status === 429
    if (!isTooMuch) return answer
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

function hasSmallCredit(contactId: string): boolean {
  const company = admin.get('company', admin.get('contact', contactId)?.value.companyId ?? '')
  return (company?.value.creditLimit ?? Infinity) <= smallCredit
}

test('five hundred are approved by the keyboard alone, and each of seven that are not is named', async () => {
  const inbox = new BulkPage(app.page)
  await inbox.use({ language: 'sv' })
  await new SessionPage(app.page).signIn(gateway.url, 'karin', gateway.passwordOf('karin'))
  await inbox.waitUntilLive()
  // Three are a colleague's before anybody asks.
  const claimed = sent.slice(0, 3)
  for (const id of claimed) {
    expect(await lars.command('requisition.claim', id, 1, {})).toMatchObject({ ok: true })
  }
  await inbox.waitUntilCounted(count)
  await inbox.show('to_decide')
  await inbox.pickAllFound(mark, count)
  const asked = await inbox.askToApprove()
  expect(asked).toMatch(/497 blir order/)
  expect(asked).toMatch(/497 av dem har något som talar emot/)
  expect(asked).toMatch(/3 kan inte avgöras/)
  expect(asked.match(/Lars Ekdahl har den/g)).toHaveLength(3)

  const start = performance.now()
  await inbox.confirm()
  // The colleague decides on four of those whose turn comes last, while the others are on their way.
  const taken = sent.slice(3, 7)
  for (const id of taken) {
    const answer = await lars.command('requisition.reject', id, 1, { revision: 1, reason: 'Nej.' })
    expect(answer, JSON.stringify(answer)).toMatchObject({ ok: true })
  }
  await inbox.waitUntilOver()
  const took = performance.now() - start
  await inbox.waitForText('493 av 500 klara')
  await inbox.waitForText('7 gick inte igenom')
  await inbox.showOnlyRefused()
  const numbers = (ids: readonly string[]) =>
    ids.map((id) => admin.get('requisition', id)?.value.number ?? id)
  const results = await inbox.results()
  expect(new Set(results.map(([number]) => number))).toEqual(
    new Set(numbers([...claimed, ...taken])),
  )
  for (const [number = '', , , result] of results) {
    if (numbers(claimed).includes(number)) expect(result).toMatch(/Lämnades utanför\. Lars Ekdahl/)
    else expect(result).toMatch(/redan beslutad: Lars Ekdahl/)
  }

  // Exactly one order for each of the others, and none for these.
  const orders = await admin.until('493 orders', () => {
    const made = admin.all('order').filter(({ value }) => sent.includes(value.source.id))
    return made.length >= count - 7 && made
  })
  expect(orders).toHaveLength(count - 7)
  expect(new Set(orders.map(({ value }) => value.source.id)).size).toBe(count - 7)
  console.info(`bulk of ${count}: ${Math.round(took)} ms`)
}, 180_000)
