import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { noDeadlines } from '../../domain/approval/deadlines'
import { addDays, todayIn } from '../../domain/calendar'
import { createGateway } from '../../gateway/create-gateway'
import { keepDeadlines } from '../../gateway/jobs/keep-deadlines'
import { createLog } from '../../gateway/log'
import type { Language } from '../../language/catalogue'
import { ConsoleClient } from './console-client'
import { pdf } from './files'
import { addTestShop, addUser, signInAs } from './gateway'
import { mailBy } from './mail-desk'
import { openMailServer } from './mail-server'
import { load, proposal, smallSeller } from './small-seller'

export interface CustomerScenes {
  /** Addresses of pages, as mails had them, by what is to be seen there. */
  readonly pages: Readonly<Record<PageScene, string>>
  /** The HTML of mails, by what they tell. */
  readonly mails: Readonly<Record<MailScene, string>>
  close(): Promise<void>
}

type MailScene =
  | 'received'
  | 'ordered'
  | 'rejected'
  | 'returned'
  | 'proposed'
  | 'offered'
  | 'over'
  | 'asked'
  | 'refused'
  | 'dates'
  | 'some-dates'
  | 'no-dates'
type PageScene =
  | MailScene
  | 'withdrawn'
  | 'unknown'
  | 'expired'
  | 'accepted'
  | 'countered'
  | 'approved'
  | 'overdue'

const texts = {
  sv: {
    message:
      'Hej Anna!\n\nIsoleringen säljs i hela rullar om 10 m. Kan ni ändra antalet till 30 m, så skickar vi allt samlat på torsdag?',
    reason: 'Kaffet har utgått ur sortimentet, och vi har tyvärr ingen ersättare.',
    counter: 'Kan ni ge 5 % på rörböjarna om vi tar 2 000?',
    refusal: 'Vi har rörböjar kvar på lagret. Beställ bara isoleringen.',
    comment: 'Leverans till lastkajen på baksidan, port 3.',
    mark: 'Etapp 3, hus Ö',
  },
  en: {
    message:
      'Hello Anna!\n\nThe insulation is sold in whole rolls of 10 m. Could you change the quantity to 30 m? Then we can send everything together on Thursday.',
    reason: 'The coffee has left our range, and unfortunately we have nothing in its place.',
    counter: 'Could you give 5% on the pipe bends if we take 2,000?',
    refusal: 'We have pipe bends left in stock. Order just the insulation.',
    comment: 'Deliver to the loading dock at the back, gate 3.',
    mark: 'Stage 3, house Ö',
  },
} as const

/** A real gateway whose customer has been mailed of one requisition in each state. */
export async function customerScenes(language: Language): Promise<CustomerScenes> {
  const dataDir = await mkdtemp(join(tmpdir(), 'kontor-customer-'))
  const server = await openMailServer()
  // The links lead to the gateway itself, whose port nobody knows before it listens.
  const publicUrl = 'http://127.0.0.1:4100'
  const gateway = await createGateway({
    dataDir,
    mail: mailBy(server.port, { publicUrl }),
    log: createLog({ level: 'silent' }),
  })
  const { db } = gateway.context
  await load(gateway, smallSeller)
  await db.updateTable('seller').set({ name: 'Grossisten AB' }).execute()
  await db.updateTable('company').set({ language }).execute()
  const shop = await addTestShop(gateway)
  const vera = { id: 'vera', company: '1001', name: 'Vera Ahlberg', email: 'vera@ahlbergs.example' }
  await load(gateway, {
    customer_group: [{ id: 'FRI', name: 'Fri', orderingRight: 'order', currency: 'SEK' }],
    contact: [{ ...vera, customerGroup: 'FRI' }],
  })
  await addUser(gateway, { username: 'karin', roles: ['approver', 'admin'] })
  await db.updateTable('app_user').set({ display_name: 'Karin Ek' }).execute()
  const token = await signInAs(gateway, 'karin')
  const karin = await ConsoleClient.open(gateway.url, token)
  const { message, reason, counter, comment, mark } = texts[language]

  async function submit(id: string) {
    await shop.send(
      proposal(id, {
        comment,
        goodsMark: mark,
        yourReference: 'Anna Lind',
        purchaseOrderNumber: 'AR-2231',
        deliveryAddress: 'A1',
        lines: [
          { id: '1', article: 'RB-2206', quantity: '1200' },
          { id: '2', article: 'IS-0319', quantity: '32.5', requestedDate: '2030-01-14' },
          { id: '3', article: 'KA-1000', quantity: '12', price: { amount: '89', rebate: '10' } },
        ],
      }),
    )
    const { id: aggregate, version } = await karin.until(id, () => known(id))
    return [aggregate, version] as const
  }
  const known = (documentId: string) =>
    karin.all('requisition').find(({ value }) => value.shop.documentId === documentId)

  /** A drawing and a list that the customer may have. */
  async function attachTo(requisitionId: string) {
    const files = [
      ['Måttritning rörböj 22 mm, hall 4, reviderad 2026-11-20.pdf', pdf],
      ['Artiklar.csv', Buffer.from('RB-2206;1200\n'.repeat(900))],
    ] as const
    for (const [name, bytes] of files) {
      const attachmentId = randomUUID()
      await fetch(`${gateway.url}/api/attachments/${attachmentId}`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${token}` },
        body: new Uint8Array(bytes),
      })
      const payload = { attachmentId, name, visibility: 'customer' }
      await karin.command('requisition.attach', requisitionId, null, payload)
    }
  }

  const received: Record<string, { readonly html: string; readonly url: string }> = {}
  /** Mails come one at a time, so that each is known by what was done last. */
  async function mailed(scene: string) {
    const count = Object.keys(received).length + 1
    await server.until(() => server.received.length === count)
    note(scene, server.received.at(-1)?.parsed.html ?? '')
  }
  function note(scene: string, html: string) {
    const [url = ''] = /http:\/\/127\.0\.0\.1:4100\/c\/[\w-]+/.exec(html) ?? []
    received[scene] = { html, url: url.replace(publicUrl, gateway.url) }
  }
  /** What a colleague is asked to approve: they are mailed, and whoever sent it that it came in. */
  async function askedOf(scene: string) {
    const count = server.received.length + 2
    await submit(scene)
    await server.until(() => server.received.length === count)
    const own = server.received.find(
      ({ to }, at) => at >= count - 2 && to[0] === 'vera@ahlbergs.example',
    )
    note(`${scene} came in`, '')
    note(scene, own?.parsed.html ?? '')
  }
  async function decided(scene: string, type: 'approve' | 'reject' | 'return', payload: object) {
    const requisition = await submit(scene)
    await mailed(`${scene} came in`)
    await karin.command(`requisition.${type}`, ...requisition, { revision: 1, ...payload })
    await mailed(scene)
    return requisition[0]
  }
  /** A quote that has gone out, with a message; its id. */
  async function quoted(scene: string) {
    const [requisitionId] = await submit(scene)
    await mailed(`${scene} came in`)
    await attachTo(requisitionId)
    const id = randomUUID()
    const from = { kind: 'requisition', requisitionId, revision: 1 }
    await karin.command('quote.create', id, null, { from })
    const head = { message, freightTerms: 'Fritt vårt lager' }
    await karin.command('quote.edit', id, 1, { revision: 1, head })
    await karin.command('quote.submit_for_review', id, 2, { revision: 1 })
    await karin.command('quote.send', id, 3, { revision: 1 })
    await mailed(scene)
    return id
  }
  /** Days are promised for lines of the order that a requisition became, or taken back. */
  async function promised(scene: string, requisitionId: string, days: readonly (number | null)[]) {
    const { id, version, value } = await karin.until(scene, () =>
      karin.all('order').find((order) => order.value.source.id === requisitionId),
    )
    const today = todayIn('Europe/Stockholm', new Date().toISOString())
    const lines = days.map((day, at) => ({
      id: value.lines[at]!.id,
      confirmedDate: day === null ? null : addDays(today, day),
    }))
    await karin.command('order.confirm_dates', id, version, { lines })
    await mailed(scene)
    await karin.until(scene, () => (karin.get('order', id)?.version ?? 0) > version)
  }
  const [first] = await submit('received')
  await mailed('received')
  await attachTo(first)
  await decided('ordered', 'approve', {})
  await promised('some-dates', await decided('in part', 'approve', {}), [9, 20])
  const inFull = await decided('in full', 'approve', {})
  await promised('dates', inFull, [9, 9, 20])
  const takenBack = await decided('taken back', 'approve', {})
  await promised('promised', takenBack, [9])
  await promised('no-dates', takenBack, [null])
  await decided('rejected', 'reject', { reason })
  await decided('returned', 'return', { message })
  await decided('proposed', 'return', {
    message,
    proposal: {
      lines: [
        { kind: 'changed', id: '2', quantity: 30_000 },
        { kind: 'removed', id: '3' },
        { kind: 'added', id: '4', articleId: 'KA-1000', quantity: 24_000 },
      ],
    },
  })
  await decided('withdrawn', 'return', { message })
  await quoted('offered')
  await quoted('accepted')
  const url = (scene: string) => received[scene]?.url ?? ''
  const post = (scene: string, fields: Record<string, string>) =>
    fetch(url(scene), { method: 'POST', body: new URLSearchParams(fields) })
  await post('accepted', { action: 'accept' })
  await mailed('accepted, told')
  await quoted('countered')
  await post('countered', { action: 'counter', message: counter })
  const over = await quoted('over-sent')
  await karin.command('quote.withdraw', over, 4, { revision: 1, reason })
  await mailed('over')
  await decided('expired', 'return', { message })
  await post('withdrawn', { action: 'withdraw', reason: '' })
  await db
    .updateTable('customer_link')
    .set({ expires_at: new Date(0) })
    .where('id', 'in', (links) =>
      links.selectFrom('customer_link').select('id').orderBy('id', 'desc').limit(1),
    )
    .execute()
  const when = { fact: 'orderingRight', is: 'one_of', values: ['requisition'] }
  const demands = [{ tier: 1, by: { kind: 'buyer' }, when: { all: [] } }]
  const rules = [{ id: 'own', name: 'Own', isOn: true, when, demands }]
  await karin.command('policy.set', 'approval', 0, { rules })
  await askedOf('asked')
  await askedOf('agreed to')
  await post('agreed to', { action: 'approve' })
  await askedOf('said no to')
  await post('said no to', { action: 'reject', reason: texts[language].refusal })
  await mailed('refused')
  await askedOf('overdue')
  await sql`
    update requisition set look_at = now(), body = body || '{"receivedAt": "2026-01-01T00:00:00.000Z"}'
    where id = ${known('overdue')!.id}`.execute(db)
  await karin.command('deadlines.set', 'deadlines', 0, { ...noDeadlines, expireDays: 30 })
  await keepDeadlines(gateway.context)
  // Whoever is asked has little left of the month: the page of what still waits says so.
  await load(gateway, {
    customer_group: [
      { id: 'FRI', name: 'Fri', orderingRight: 'order', currency: 'SEK', limitPerPeriod: 25_000 },
    ],
  })
  const html = (scene: string) => received[scene]?.html ?? ''
  return {
    pages: {
      received: url('received'),
      ordered: url('ordered'),
      rejected: url('rejected'),
      returned: url('returned'),
      proposed: url('proposed'),
      offered: url('offered'),
      accepted: url('accepted'),
      countered: url('countered'),
      over: url('over'),
      withdrawn: url('withdrawn'),
      expired: url('expired'),
      asked: url('asked'),
      approved: url('agreed to'),
      refused: url('refused'),
      overdue: url('overdue'),
      dates: url('dates'),
      'some-dates': url('some-dates'),
      'no-dates': url('no-dates'),
      unknown: `${gateway.url}/c/${'a'.repeat(43)}`,
    },
    mails: {
      received: html('received'),
      ordered: html('ordered'),
      rejected: html('rejected'),
      returned: html('returned'),
      proposed: html('proposed'),
      offered: html('offered'),
      over: html('over'),
      asked: html('asked'),
      refused: html('refused'),
      dates: html('dates'),
      'some-dates': html('some-dates'),
      'no-dates': html('no-dates'),
    },
    async close() {
      karin.close()
      await gateway.close()
      await server.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
