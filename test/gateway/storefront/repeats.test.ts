import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deadlocksIn } from '../../support/deadlocks'
import { digestOf } from './digest'
import { line, newDocumentId, submitted, withdrawn } from './documents'
import { NOON } from './seller-data'
import { Webshop, type Node } from './webshop'
import { idTold } from '../../support/told'

let shop: Webshop
let second: Node
let now = NOON
beforeAll(async () => {
  shop = await Webshop.open({ now: () => now })
  second = await shop.anotherNode()
})
afterAll(() => shop.close())

async function rowsOf(documentId: string) {
  return shop.db
    .selectFrom('requisition')
    .selectAll()
    .where('document_id', '=', documentId)
    .execute()
}

async function told(documentId: string) {
  const { changes } = await shop.allChanges()
  return changes.map(({ change }) => change).filter((one) => idTold(one) === documentId)
}

/** What an approver's counter-proposal leaves behind, without the approver. */
async function returnToCustomer(documentId: string) {
  const [row] = await rowsOf(documentId)
  const outcome = {
    kind: 'returned',
    message: 'Färre?',
    by: { kind: 'user', id: row!.id, name: 'Astrid' },
    at: NOON.toISOString(),
  } as const
  await shop.db
    .updateTable('requisition')
    .set({
      state: 'returned',
      version: row!.version + 1,
      progress: JSON.stringify({ state: 'returned', claimedBy: null, outcome }),
    })
    .where('id', '=', row!.id)
    .execute()
}

const statusesOf = (answers: readonly { readonly status: number }[]) =>
  answers.map(({ status }) => status).sort((a, b) => a - b)

describe('the same event', () => {
  test('is answered as the first time, whatever has become of it', async () => {
    const sent = submitted({ id: 'again-1' })
    const first = await shop.send(sent, { id: 'evt-again' })
    await shop.send(withdrawn('again-1'))
    const before = await digestOf(shop.db)
    // Sent anew, it is signed anew.
    const again = await shop.send(sent, { id: 'evt-again', age: 60 })
    expect(again.status).toBe(200)
    expect(again.body).toEqual(first.body)
    expect(await digestOf(shop.db)).toEqual(before)
  })

  test('under the same id with another body is refused', async () => {
    await shop.send(submitted(), { id: 'evt-other' })
    const before = await digestOf(shop.db)
    const answer = await shop.send(submitted(), { id: 'evt-other' })
    expect(answer).toMatchObject({ status: 409, body: { code: 'event_id_reused' } })
    expect(answer.body.errors).toBeUndefined()
    expect(await digestOf(shop.db)).toEqual(before)
  })

  test('twenty times at once on two nodes is taken in once', async () => {
    const id = newDocumentId()
    const sent = submitted({ id, contact: 'olle' })
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        shop.send(sent, { id: 'evt-twenty' }, index % 2 === 0 ? shop.node : second),
      ),
    )
    expect(statusesOf(answers)).toEqual([...Array<number>(19).fill(200), 202])
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    const rows = await rowsOf(id)
    expect(rows).toHaveLength(1)
    const orders = await shop.db
      .selectFrom('sales_order')
      .select('id')
      .where('source_id', '=', rows[0]!.id)
      .execute()
    expect(orders).toHaveLength(1)
    expect((await told(id)).map(({ type }) => type)).toEqual([
      'requisition.received',
      'requisition.ordered',
    ])
  })

  test('under twenty ids at once is taken in once, and no two wait for each other', async () => {
    const before = await deadlocksIn(shop.db)
    // Some rounds: whether one comes just when another has committed is a matter of luck.
    for (let round = 0; round < 10; round += 1) {
      const id = newDocumentId()
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          shop.send(submitted({ id }), {}, index % 2 === 0 ? shop.node : second),
        ),
      )
      expect(statusesOf(answers)).toEqual([...Array<number>(19).fill(200), 202])
      expect(new Set(answers.map(({ body }) => body.requisition.number)).size).toBe(1)
      expect(await told(id)).toHaveLength(1)
    }
    expect(await deadlocksIn(shop.db)).toBe(before)
  })

  test('id for twenty different documents at once takes in one', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        shop.send(
          // Of two companies, so that no lock makes them wait for each other.
          submitted({ contact: index % 3 === 0 ? 'alma' : 'rut' }),
          { id: 'evt-one-of-twenty' },
          index % 2 === 0 ? shop.node : second,
        ),
      ),
    )
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1)
    const others = answers.filter(({ status }) => status !== 202)
    expect(new Set(others.map(({ body }) => body.code))).toEqual(new Set(['event_id_reused']))
  })

  test('id of another shop is another event', async () => {
    const { addShop } = await import('../../../gateway/storefront/manage-shops')
    const other = await addShop(shop.db, { id: 'other', name: 'Andra', pushUrl: null })
    const secret = other.ok ? other.secret : ''
    const sent = submitted({ id: 'two-shops' })
    const first = await shop.send(sent, { id: 'evt-two-shops' })
    const theirs = await shop.send(sent, { id: 'evt-two-shops', secret })
    expect([first.status, theirs.status]).toEqual([202, 202])
    expect((await rowsOf('two-shops')).map(({ shop_id }) => shop_id).sort()).toEqual([
      'other',
      'shop',
    ])
    // Nor may it take back what is not its own.
    const taken = await shop.send(withdrawn('whole-1'), { secret })
    expect(taken).toMatchObject({ status: 409, body: { code: 'unknown_document' } })
  })
})

describe('two documents of one id', () => {
  test('by two companies at once: one is taken in, the other refused', async () => {
    const id = newDocumentId()
    const answers = await Promise.all(
      ['rut', 'alma', 'rut', 'alma'].map((contact, index) =>
        shop.send(submitted({ id, contact }), {}, index % 2 === 0 ? shop.node : second),
      ),
    )
    const [row, ...more] = await rowsOf(id)
    expect(more).toEqual([])
    const winner = row!.contact_id
    for (const [index, { status, body }] of answers.entries()) {
      if (['rut', 'alma', 'rut', 'alma'][index] === winner) expect([200, 202]).toContain(status)
      else expect(body.code).toBe('document_of_other_company')
    }
  })
})

describe('a revision', () => {
  test('answers what was returned, and the one before is kept', async () => {
    const id = 'revised-1'
    await shop.send(submitted({ id, lines: [line({ quantity: 2 })] }))
    await returnToCustomer(id)
    now = new Date(NOON.getTime() + 60_000)
    const next = submitted({ id, revision: 2, lines: [line({ quantity: 1 }), line({ id: '2' })] })
    const answer = await shop.send(next)
    expect(answer.status).toBe(202)
    expect(answer.body.requisition).toMatchObject({ revision: 2, state: 'submitted' })

    const [row] = await rowsOf(id)
    expect(row).toMatchObject({ revision: 2, version: 3, state: 'submitted', finished_at: null })
    // What was said of the first counts no more.
    expect(row!.progress).toEqual({})
    expect(row!.body).toMatchObject({
      revision: 2,
      outcome: null,
      claimedBy: null,
      receivedAt: now.toISOString(),
      lines: [{ quantity: 1_000 }, { quantity: 2_000 }],
    })
    const revisions = await shop.db
      .selectFrom('requisition_revision')
      .select(['revision', 'body'])
      .where('requisition_id', '=', row!.id)
      .orderBy('revision')
      .execute()
    expect(revisions).toMatchObject([
      { revision: 1, body: { revision: 1, state: 'submitted', lines: [{ quantity: 2_000 }] } },
      { revision: 2, body: { revision: 2, lines: [{ quantity: 1_000 }, { quantity: 2_000 }] } },
    ])
    expect((await told(id)).map(({ data }) => 'revision' in data && data.revision)).toEqual([1, 2])
    const feed = await shop.db
      .selectFrom('feed')
      .select('version')
      .where('id', '=', row!.id)
      .executeTakeFirstOrThrow()
    expect(feed.version).toBe(3)

    // Either one again, under other ids, is no news.
    const before = await digestOf(shop.db)
    const againNext = await shop.send(next)
    const againFirst = await shop.send(submitted({ id, lines: [line({ quantity: 2 })] }))
    expect([againNext.status, againFirst.status]).toEqual([200, 200])
    expect(againFirst.body.requisition).toEqual(answer.body.requisition)
    const after = await digestOf(shop.db)
    expect({ ...after, storefront_event: null }).toEqual({ ...before, storefront_event: null })
  })

  test('of what has been withdrawn comes too late', async () => {
    const id = newDocumentId()
    await shop.send(submitted({ id }))
    await returnToCustomer(id)
    expect((await shop.send(withdrawn(id))).status).toBe(202)
    const answer = await shop.send(submitted({ id, revision: 2 }))
    expect(answer).toMatchObject({ status: 409, body: { code: 'not_returned' } })
  })

  test('is the same however its decimals and its nothings are written', async () => {
    const id = newDocumentId()
    const price = { amount: '100.00', rebate: 0 }
    await shop.send(submitted({ id, lines: [line({ quantity: '2', price })] }))
    const again = submitted({
      id,
      revision: 1,
      origin: 'cart',
      comment: null,
      name: '',
      lines: [line({ quantity: 2.0, price: { amount: 100, basis: 'net' }, warehouse: null })],
    })
    expect((await shop.send(again)).status).toBe(200)
  })
})

describe('a withdrawal', () => {
  test('takes back what is open, once', async () => {
    const id = 'withdrawn-1'
    await shop.send(submitted({ id }))
    // By a colleague.
    const sent = withdrawn(id, { contact: 'lena', reason: ' Fel hus ' })
    const answer = await shop.send(sent, { id: 'evt-withdrawn' })
    expect(answer.status).toBe(202)
    expect(answer.body.requisition).toMatchObject({ state: 'withdrawn', revision: 1 })
    const [row] = await rowsOf(id)
    expect(row).toMatchObject({ state: 'withdrawn', version: 2, finished_at: now })
    expect(row!.progress.outcome).toEqual({
      kind: 'withdrawn',
      reason: 'Fel hus',
      by: { kind: 'contact', id: 'lena', name: 'lena på berg' },
      at: now.toISOString(),
    })
    expect(await told(id)).toMatchObject([
      { type: 'requisition.received' },
      { type: 'requisition.withdrawn', data: { decidedBy: 'lena på berg', reason: 'Fel hus' } },
    ])
    const audit = await shop.db
      .selectFrom('audit')
      .select(['type', 'version', 'origin'])
      .where('aggregate_id', '=', row!.id)
      .orderBy('seq')
      .execute()
    expect(audit).toMatchObject([
      { type: 'requisition.submitted', version: 1 },
      { type: 'requisition.withdrawn', version: 2, origin: { event: 'evt-withdrawn' } },
    ])

    const before = await digestOf(shop.db)
    const again = await shop.send(withdrawn(id))
    expect(again.status).toBe(200)
    const after = await digestOf(shop.db)
    expect({ ...after, storefront_event: null }).toEqual({ ...before, storefront_event: null })
  })

  test('and a new revision at once: one of them is first, and neither is lost', async () => {
    for (let round = 0; round < 10; round += 1) {
      const id = newDocumentId()
      await shop.send(submitted({ id }))
      await returnToCustomer(id)
      const [withdrawal, revision] = await Promise.all([
        shop.send(withdrawn(id), {}, shop.node),
        shop.send(submitted({ id, revision: 2 }), {}, second),
      ])
      const [row] = await rowsOf(id)
      expect(withdrawal.status).toBe(202)
      expect(row!.state).toBe('withdrawn')
      if (revision.status === 202) expect(row).toMatchObject({ revision: 2, version: 4 })
      else expect(revision.body.code).toBe('not_returned')
      const changes = await told(id)
      expect(changes.at(-1)?.type).toBe('requisition.withdrawn')
    }
  })
})
