import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { sql } from 'kysely'
import { makeLink, type PurposeName } from '../../../gateway/pages/links'
import { ConsoleClient } from '../../support/console-client'
import {
  addTestShop,
  addUser,
  signInAs,
  startTestGateway,
  type TestGateway,
} from '../../support/gateway'
import { load, proposal, smallSeller } from '../../support/small-seller'

const message = 'Kan ni ta 24 i stället?'

let gateway: TestGateway
let shop: Awaited<ReturnType<typeof addTestShop>>
let karin: ConsoleClient

beforeEach(async () => {
  gateway = await startTestGateway()
  await load(gateway, smallSeller)
  shop = await addTestShop(gateway)
  await addUser(gateway, { username: 'karin', roles: ['approver'] })
  karin = await ConsoleClient.open(gateway.url, await signInAs(gateway, 'karin'))
})
afterEach(async () => {
  karin.close()
  await gateway.close()
})

async function submitted(id = 'r-1', overrides: Record<string, unknown> = {}) {
  const { body } = await shop.send(proposal(id, overrides))
  const requisition = body['requisition'] as { id: string; revision: number; number: string }
  await karin.until(id, () =>
    karin
      .all('requisition')
      .some((one) => one.id === requisition.id && one.value.revision === requisition.revision),
  )
  return requisition
}

async function returned(id = 'r-1', overrides: Record<string, unknown> = {}, words = message) {
  const requisition = await submitted(id, overrides)
  const { version } = karin.all('requisition').find((one) => one.id === requisition.id)!
  const answer = await karin.command('requisition.return', requisition.id, version, {
    revision: requisition.revision,
    message: words,
  })
  expect(answer.ok).toBe(true)
  return requisition
}

async function linkTo(
  requisition: { readonly id: string },
  purpose: PurposeName = 'requisition_answer',
  revision = 1,
) {
  const target = { purpose, aggregateKind: 'requisition', aggregateId: requisition.id, revision }
  return makeLink(gateway.context.db, { ...target, contactId: 'anna' }, 14)
}

interface Answer {
  readonly status: number
  readonly text: string
  readonly headers: Headers
}

async function open(token: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(`${gateway.url}/c/${token}`, { redirect: 'manual', ...init })
  const text = (await response.text()).replaceAll('\u00a0', ' ')
  return { status: response.status, text, headers: response.headers }
}

const send = (token: string, fields: Record<string, string>, init: RequestInit = {}) =>
  open(token, { method: 'POST', body: new URLSearchParams(fields), ...init })
const withdraw = (token: string, reason = '') => send(token, { action: 'withdraw', reason })

const stateOf = async ({ id }: { readonly id: string }) => {
  const { state } = await gateway.context.db
    .selectFrom('requisition')
    .select('state')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return state
}
const entriesOf = ({ id }: { readonly id: string }, type: string) =>
  gateway.context.db
    .selectFrom('audit')
    .select(['actor', 'origin', 'data'])
    .where('aggregate_id', '=', id)
    .where('type', '=', type)
    .execute()

describe('a returned requisition', () => {
  test('is shown with the seller’s message, its lines, sums and who it is for', async () => {
    const requisition = await returned()
    const { token } = await linkTo(requisition)
    const { status, text } = await open(token)
    expect(status).toBe(200)
    expect(text).toContain('<html lang="sv">')
    for (const said of [
      `Inköpsförslag ${requisition.number}`,
      'Vi behöver ert svar',
      message,
      'Karin, ',
      'Rörböj 22 mm',
      '192,00',
      'Isolering 19 mm',
      'Summa exkl. moms',
      'Moms 25 %',
      'Anna Lind, Ahlbergs Rör AB',
      'value="withdraw"',
    ])
      expect(text).toContain(said)
  })

  test('opened however often, by scanners too, changes nothing', async () => {
    const requisition = await returned()
    const { token, id } = await linkTo(requisition)
    const before = await sql<{
      xid: string
    }>`select pg_snapshot_xmax(pg_current_snapshot())::text as xid`.execute(gateway.context.db)
    for (let count = 0; count < 5; count += 1) {
      expect((await open(token)).status).toBe(200)
      expect((await open(token, { method: 'HEAD' })).status).toBe(200)
    }
    expect(await stateOf(requisition)).toBe('returned')
    const link = await gateway.context.db
      .selectFrom('customer_link')
      .select(['used_at', sql<string>`xmin::text`.as('xmin')])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect(link.used_at).toBeNull()
    expect(BigInt(link.xmin)).toBeLessThan(BigInt(before.rows[0]!.xid))
  })

  test('is withdrawn by its form, once; the shop, the desk and the audit know by whom and how', async () => {
    const requisition = await returned()
    const { token, id } = await linkTo(requisition)
    const answer = await withdraw(token, 'Vi behöver dem inte längre.\r\nTack ändå!')
    expect(answer.status).toBe(303)
    expect(new URL(answer.headers.get('location')!, `${gateway.url}/c/${token}`).href).toBe(
      `${gateway.url}/c/${token}`,
    )
    expect(await stateOf(requisition)).toBe('withdrawn')
    await karin.until('the desk', () =>
      karin.all('requisition').some(({ value }) => value.state === 'withdrawn'),
    )
    const { text, status } = await open(token)
    expect(status).toBe(200)
    expect(text).toContain('Anna Lind drog tillbaka det i dag kl. ')
    expect(text).not.toContain('value="withdraw"')

    expect(await entriesOf(requisition, 'requisition.withdrawn')).toMatchObject([
      {
        actor: { kind: 'contact', id: 'anna', name: 'Anna Lind' },
        origin: { via: 'link', link: id, address: '127.0.0.1' },
        data: { outcome: { reason: 'Vi behöver dem inte längre.\r\nTack ändå!' } },
      },
    ])
    const changes = await gateway.context.db
      .selectFrom('storefront_change')
      .select('change')
      .execute()
    expect(changes.map(({ change }) => change.type)).toContain('requisition.withdrawn')

    const again = await withdraw(token)
    expect(again.status).toBe(409)
    expect(again.text).toContain('Svaret har redan kommit fram.')
    expect(await entriesOf(requisition, 'requisition.withdrawn')).toHaveLength(1)
  })

  test('of ten answers at once one counts, and the others are told what became of it', async () => {
    const requisition = await returned()
    const { token } = await linkTo(requisition)
    const second = await linkTo(requisition)
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) => withdraw(at % 3 === 0 ? second.token : token)),
    )
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(9)
    for (const { status, text } of answers)
      if (status === 409) expect(text).toContain('Tillbakadraget')
    expect(await entriesOf(requisition, 'requisition.withdrawn')).toHaveLength(1)
    const used = await gateway.context.db
      .selectFrom('customer_link')
      .select('id')
      .where('used_at', 'is not', null)
      .execute()
    expect(used).toHaveLength(1)
  })

  test('that the shop has withdrawn meanwhile says so, and is not withdrawn again', async () => {
    const requisition = await returned()
    const { token } = await linkTo(requisition)
    await shop.send({
      type: 'requisition.withdrawn',
      timestamp: new Date().toISOString(),
      data: { id: 'r-1', contact: 'olle', reason: null },
    })
    const { status, text } = await withdraw(token)
    expect(status).toBe(409)
    expect(text).toContain('Det hann ändras innan ert svar kom fram.')
    expect(text).toContain('Olle Order drog tillbaka det')
    expect(await entriesOf(requisition, 'requisition.withdrawn')).toHaveLength(1)
  })

  test('shows who answered by it what became of that, also of a newer version', async () => {
    const requisition = await returned()
    const { token, id } = await linkTo(requisition)
    await gateway.context.db
      .updateTable('customer_link')
      .set({ used_at: new Date() })
      .where('id', '=', id)
      .execute()
    await submitted('r-1', { revision: 2 })
    const { status, text } = await open(token)
    expect(status).toBe(200)
    expect(text).toContain('Under behandling')
    expect(text).not.toContain('<form')
    const late = await withdraw(token)
    expect(late.status).toBe(409)
    expect(late.text).toContain('Svaret har redan kommit fram.')
    expect(await stateOf(requisition)).toBe('submitted')
  })

  test('keeps what was typed where it cannot be taken', async () => {
    const requisition = await returned()
    const { token } = await linkTo(requisition)
    const long = await withdraw(token, `<b>${'x'.repeat(1_001)}`)
    expect(long.status).toBe(422)
    expect(long.text).toContain('Skriv högst 1000 tecken.')
    expect(long.text).toContain(`&lt;b&gt;${'x'.repeat(1_001)}`)
    expect(long.text).toMatch(/<details class="action" open/)
    const odd = await withdraw(token, 'a\u0007b')
    expect(odd.status).toBe(422)
    expect(odd.text).toContain('tecken i texten som inte går att ta emot')
    expect(await stateOf(requisition)).toBe('returned')
    // The link is not used up by that.
    expect((await withdraw(token)).status).toBe(303)
  })
})

describe('how it stands', () => {
  test('is shown at every stage, by one link', async () => {
    const requisition = await submitted()
    const { token } = await linkTo(requisition, 'requisition_status')
    expect((await open(token)).text).toContain('Under behandling')
    const { version } = karin.all('requisition')[0]!
    const answer = await karin.command('requisition.approve', requisition.id, version, {
      revision: 1,
    })
    if (!answer.ok) throw new Error(answer.error.message)
    const { text } = await open(token)
    expect(text).toContain(`Order ${String(answer.result['orderNumber'])} är lagd`)
    expect(text).toContain('Kan levereras')
  })

  test('is only to be read', async () => {
    const requisition = await returned()
    const { token } = await linkTo(requisition, 'requisition_status')
    expect((await open(token)).text).not.toContain('<form')
    const { status, headers } = await withdraw(token)
    expect(status).toBe(405)
    expect(headers.get('allow')).toBe('GET, HEAD')
    expect(await stateOf(requisition)).toBe('returned')
  })

  test('is told in the company’s language', async () => {
    await gateway.context.db.updateTable('company').set({ language: 'en' }).execute()
    const requisition = await submitted()
    const { token } = await linkTo(requisition, 'requisition_status')
    const { text } = await open(token, { headers: { 'accept-language': 'sv' } })
    expect(text).toContain('<html lang="en">')
    expect(text).toContain('Pipe bend 22 mm')
  })
})

describe('a link that does not work', () => {
  const secrets = [message, 'Ahlbergs', 'Anna', 'K-2', 'Rörböj', '<form']
  const tellsNothing = ({ text }: Answer) => {
    for (const secret of secrets) expect(text).not.toContain(secret)
  }

  test('because it never was one, is cut off or was tampered with looks the same as any other', async () => {
    const requisition = await returned()
    const { token } = await linkTo(requisition)
    const tampered = (token.startsWith('A') ? 'B' : 'A') + token.slice(1)
    const answers = await Promise.all(
      ['x', 'a'.repeat(43), token.slice(0, -1), `${token}A`, tampered, '%00', "'--", '..%2f..'].map(
        (one) => open(one),
      ),
    )
    for (const answer of answers) {
      expect(answer.status).toBe(404)
      tellsNothing(answer)
      expect(answer.text).toBe(answers[0]!.text)
    }
    expect((await withdraw(tampered)).status).toBe(404)
    expect(
      (await open('a'.repeat(43), { headers: { 'accept-language': 'en-GB' } })).text,
    ).toContain('The link does not work')
  })

  test('because it has expired says so, and what to do, by the database’s clock', async () => {
    const requisition = await returned()
    const { token, id } = await linkTo(requisition)
    await sql`update customer_link set expires_at = now() where id = ${id}`.execute(
      gateway.context.db,
    )
    const shown = await open(token)
    expect(shown.status).toBe(410)
    expect(shown.text).toContain('Länken har gått ut')
    tellsNothing(shown)
    expect((await withdraw(token)).status).toBe(410)
    expect(await stateOf(requisition)).toBe('returned')
  })

  test('because a newer version was sent says so', async () => {
    const requisition = await returned()
    const { token } = await linkTo(requisition)
    await submitted('r-1', { revision: 2 })
    const shown = await open(token)
    expect(shown.status).toBe(410)
    expect(shown.text).toContain('Länken är inte aktuell längre')
    tellsNothing(shown)
    const sent = await withdraw(token)
    expect(sent.status).toBe(410)
    expect(await stateOf(requisition)).toBe('submitted')
  })

  test('because whoever had it is no longer a contact is as good as none', async () => {
    const requisition = await returned()
    const { token } = await linkTo(requisition)
    await gateway.context.db
      .updateTable('contact')
      .set({ status: 'disabled' })
      .where('id', '=', 'anna')
      .execute()
    expect((await open(token)).status).toBe(404)
    expect((await withdraw(token)).status).toBe(404)
    expect(await stateOf(requisition)).toBe('returned')
  })
})

describe('what is sent', () => {
  test.each([
    [
      'as JSON',
      { body: '{"action":"withdraw"}', headers: { 'content-type': 'application/json' } },
      415,
    ],
    ['in parts', { body: multipart() }, 415],
    ['much too large', { body: new URLSearchParams({ reason: 'x'.repeat(20_000) }) }, 413],
    ['with a field twice', { body: new URLSearchParams('action=withdraw&action=withdraw') }, 400],
    ['with a field of its own', { body: new URLSearchParams('action=withdraw&reason=&x=y') }, 400],
    ['for nothing known', { body: new URLSearchParams('action=burn') }, 400],
    ['empty', { body: new URLSearchParams() }, 400],
  ])('%s changes nothing', async (_, init, status) => {
    const requisition = await returned()
    const { token } = await linkTo(requisition)
    expect((await open(token, { method: 'POST', ...init })).status).toBe(status)
    expect(await stateOf(requisition)).toBe('returned')
  })

  test('by another method is refused', async () => {
    const { token } = await linkTo(await returned())
    for (const method of ['PUT', 'DELETE', 'PATCH'])
      expect((await open(token, { method })).status).toBe(405)
  })
})

function multipart(): FormData {
  const form = new FormData()
  form.set('action', 'withdraw')
  return form
}

test('whatever anybody wrote stays text', async () => {
  const evil = (place: string) => `"><script>alert('${place}')</script><img src=x onerror=alert(1)>`
  await gateway.context.db
    .updateTable('contact')
    .set({ name: evil('contact') })
    .where('id', '=', 'anna')
    .execute()
  await gateway.context.db
    .updateTable('company')
    .set({ name: evil('company') })
    .where('id', '=', '1001')
    .execute()
  await gateway.context.db
    .updateTable('article')
    .set({ name_sv: evil('article'), unit: evil('unit') })
    .execute()
  await gateway.context.db
    .updateTable('seller')
    .set({ name: evil('seller') })
    .execute()
  const requisition = await returned(
    'r-1',
    {
      name: evil('name'),
      yourReference: evil('reference'),
      purchaseOrderNumber: evil('po'),
      goodsMark: evil('mark'),
      comment: evil('comment'),
      deliveryAddress: {
        name: evil('address'),
        street: evil('street'),
        postalCode: '<b>111 22',
        city: evil('city'),
        country: 'SE',
      },
      lines: [{ id: '1', article: 'RB-2206', quantity: '12', comment: evil('line') }],
    },
    evil('message'),
  )
  const { token } = await linkTo(requisition)
  const { text } = await open(token)
  for (const place of [
    'contact',
    'company',
    'article',
    'unit',
    'seller',
    'name',
    'reference',
    'po',
    'mark',
    'comment',
    'address',
    'street',
    'city',
    'line',
    'message',
  ])
    expect(text, place).toContain(`&quot;&gt;&lt;script&gt;alert(&#39;${place}&#39;)`)
  expect(text).not.toMatch(/<(script|img|b)[\s>]/)
})

test('a page may do nothing but be read and answered, and is told to nobody', async () => {
  const { token } = await linkTo(await returned())
  for (const address of [token, 'a'.repeat(43)]) {
    const { headers, text } = await open(address)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]+='; form-action 'self'; /)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-robots-tag')).toBe('noindex, nofollow')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    // It needs nothing from anywhere.
    expect(text).not.toMatch(/<script|<link|<img|\ssrc=|url\(|\sstyle="|\son\w+="/)
  }
})

test('one address can ask for only so much, whatever it asks for', async () => {
  const statuses = await Promise.all(
    Array.from({ length: 90 }, async () => (await open('a'.repeat(43))).status),
  )
  expect(statuses.filter((status) => status === 404).length).toBeGreaterThanOrEqual(60)
  const limited = await open('a'.repeat(43))
  expect([...statuses, limited.status]).toContain(429)
  await vi.waitFor(async () => expect((await open('a'.repeat(43))).status).toBe(404), {
    timeout: 5_000,
    interval: 300,
  })
})
