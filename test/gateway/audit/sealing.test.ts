import { sql } from 'kysely'
import { afterEach, expect, test } from 'vitest'
import { sealNext } from '../../../gateway/audit/seal'
import { verifyAudit } from '../../../gateway/audit/verify'
import { connect } from '../../../gateway/database/connect'
import { inTransaction } from '../../../gateway/database/transaction'
import { record } from '../../../gateway/audit/record'
import {
  auditDatabase,
  entry,
  newAnchor,
  sealAll,
  sealInSteps,
  writeEntries,
} from '../../support/audit'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function database() {
  const made = await auditDatabase()
  closers.push(() => made.drop())
  return made
}

const clean = { ok: true, unsealed: 0, problemsFound: 0, problems: [] }

test('an empty audit, and one that nobody has sealed, are in order', async () => {
  const { db } = await database()
  const nothing = { ok: true, seals: 0, entries: 0, erased: 0, anchored: null }
  expect(await verifyAudit(db, [])).toMatchObject({ ...nothing, unsealed: 0 })
  await writeEntries(db, { count: 3 })
  expect(await verifyAudit(db, [])).toMatchObject({ ...nothing, unsealed: 3 })
  expect(await sealNext(db)).toEqual({ kind: 'sealed', entries: 3 })
  expect(await sealNext(db)).toEqual({ kind: 'sealed', entries: 0 })
  expect(await verifyAudit(db, [])).toMatchObject({ ...clean, seals: 1, entries: 3 })
})

test('a transaction larger than a seal is sealed in several, and each entry once', async () => {
  const { db } = await database()
  await writeEntries(db, { count: 2_300, atOnce: 2_300 })
  await writeEntries(db, { from: 2_301, count: 10 })
  await sealAll(db)
  const seals = await db
    .selectFrom('audit_seal')
    .select(['n', 'entries', 'through_seq'])
    .orderBy('n')
    .execute()
  expect(seals).toEqual([
    { n: 1, entries: 1_000, through_seq: 1_000 },
    { n: 2, entries: 2_000, through_seq: 2_000 },
    { n: 3, entries: 2_310, through_seq: null },
  ])
  expect(await verifyAudit(db, [])).toMatchObject({ ...clean, seals: 3, entries: 2_310 })
})

test('what an open transaction may still write behind is waited for', async () => {
  const { db } = await database()
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  let begun = () => {}
  const hasBegun = new Promise<void>((resolve) => (begun = resolve))
  const slow = inTransaction(db, async (tx) => {
    await sql`select pg_current_xact_id()`.execute(tx)
    begun()
    await held
    record(tx, [entry(1)])
  })
  await hasBegun
  await writeEntries(db, { from: 2, count: 3 })
  expect(await sealNext(db)).toEqual({ kind: 'sealed', entries: 0 })
  release()
  await slow
  expect(await sealNext(db)).toEqual({ kind: 'sealed', entries: 4 })
  const { seqs } = await db.selectFrom('audit_seal').select('seqs').executeTakeFirstOrThrow()
  // In the order of transactions: the slow one had its number first, though its row came last.
  expect(seqs.map(Number)).toEqual([4, 1, 2, 3])
  expect(await verifyAudit(db, [])).toMatchObject({ ...clean, entries: 4 })
})

test('nodes that seal at once under load make one chain with every entry exactly once', async () => {
  const { db, url } = await database()
  const other = connect(url, { maxConnections: 8, onError: () => undefined })
  closers.push(() => other.close())
  let writing = true
  let failed = 0
  const write = async (node: typeof db, from: number) => {
    for (let number = from; number < from + 60; number += 1) {
      await inTransaction(node, async (tx) => {
        await sql`select pg_current_xact_id()`.execute(tx)
        if (number % 3 === 0) await sql`select pg_sleep(0.003)`.execute(tx)
        record(tx, [entry(number), entry(number)])
        if (number % 10 === 0) throw new Error('on purpose')
      }).catch(() => (failed += 1))
    }
  }
  const outcomes = { busy: 0, sealed: 0 }
  const seal = async (node: typeof db) => {
    while (writing) outcomes[(await sealNext(node)).kind] += 1
  }
  const sealing = Promise.all([db, other.db, db, other.db].map(seal))
  await Promise.all([1, 101, 201].flatMap((from) => [write(db, from), write(other.db, from + 300)]))
  writing = false
  await sealing
  await sealAll(db)
  expect(failed).toBe(36)
  expect(outcomes.busy).toBeGreaterThan(0)
  const report = await verifyAudit(db, [])
  expect(report).toMatchObject({ ...clean, entries: (360 - 36) * 2 })
  expect(report.seals).toBeGreaterThan(5)
})

test('a chain of more seals than are fetched at once', async () => {
  const { db } = await database()
  const anchor = await newAnchor()
  await sealInSteps(db, anchor, { seals: 35, each: 4 })
  expect(await verifyAudit(db, [anchor])).toMatchObject({
    ...clean,
    seals: 35,
    entries: 140,
    anchored: 35,
  })
})
