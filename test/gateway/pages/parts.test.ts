import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Requisition } from '../../../contract/entities'
import { makeLink } from '../../../gateway/pages/links'
import { ConsoleClient } from '../../support/console-client'
import {
  addTestShop,
  addUser,
  signInAs,
  startTestGateway,
  type TestGateway,
} from '../../support/gateway'
import { mailBy, mailingNode, queueMail } from '../../support/mail-desk'
import { openMailServer } from '../../support/mail-server'
import { seenIn } from '../../support/seen'
import { load, proposal, smallSeller } from '../../support/small-seller'

let gateway: TestGateway
let karin: ConsoleClient
let stay: Requisition
let rest: Requisition

// Its first line is ordered, and the other has become a requisition of its own.
beforeAll(async () => {
  gateway = await startTestGateway()
  await load(gateway, smallSeller)
  const shop = await addTestShop(gateway)
  await addUser(gateway, { username: 'karin', roles: ['approver'] })
  karin = await ConsoleClient.open(gateway.url, await signInAs(gateway, 'karin'))
  const { body } = await shop.send(proposal('r-1'))
  const { id } = body['requisition'] as { id: string }
  const whole = await karin.until('it', () => karin.get('requisition', id))
  const [line] = whole.value.lines
  if (!line) throw new Error('It has lines.')
  const totals = { ...whole.value.totals, net: line.rowAmount ?? 0 }
  const seen = seenIn({ lines: [line], totals })
  const payload = { revision: 1, lines: [line.id], seen }
  const answer = await karin.command('requisition.approve', id, whole.version, payload)
  expect(answer, JSON.stringify(answer)).toMatchObject({ ok: true })
  const of = (is: (one: Requisition) => boolean) =>
    karin.until('both parts', () => karin.all('requisition').find(({ value }) => is(value)))
  ;[{ value: stay }, { value: rest }] = await Promise.all([
    of((one) => one.id === id && one.state === 'ordered'),
    of((one) => one.restOf?.id === id),
  ])
})
afterAll(async () => {
  karin.close()
  await gateway.close()
})

async function pageOf({ id: aggregateId }: Requisition, revision: number): Promise<string> {
  const target = { purpose: 'requisition_status', aggregateKind: 'requisition' } as const
  const made = { ...target, aggregateId, revision, contactId: 'anna' }
  const { token } = await makeLink(gateway.context.db, made, 14)
  return (await fetch(`${gateway.url}/c/${token}`)).text()
}

test('a customer who looks finds the lines that were ordered, and where the others are', async () => {
  // By the link of when it came in, too: nothing but ours has come after it.
  for (const revision of [1, 2]) {
    const page = await pageOf(stay, revision)
    expect(page).toContain('Rörböj 22 mm')
    expect(page).not.toContain('Isolering 19 mm')
    expect(page).toMatch(new RegExp(`Övriga rader</dt>\\s*<dd>${rest.number}<`))
  }
})

test('of the rest it is said of what, since its number is news to them', async () => {
  const page = await pageOf(rest, 1)
  expect(page).toContain(`Inköpsförslag ${rest.number}, resten av ${stay.number}`)
  expect(page).toContain('Isolering 19 mm')
  expect(page).not.toContain('Rörböj 22 mm')
})

test('the mail of the order says that the others are being looked at', async () => {
  const server = await openMailServer()
  const mailing = mailingNode(gateway.context, mailBy(server.port))
  try {
    await queueMail(gateway.context, 'requisition.ordered', { id: stay.id, revision: 2 })
    await vi.waitFor(() => expect(server.received).toHaveLength(1), { timeout: 20_000 })
    const text = server.received[0]?.parsed.text?.replaceAll(/\s+/g, ' ') ?? ''
    expect(text).toContain(`Övriga rader går vi igenom för sig, som ${rest.number}.`)
    expect(text).not.toContain('Isolering 19 mm')
  } finally {
    await mailing.stop()
    await server.close()
  }
})
