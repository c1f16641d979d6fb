import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { actorSchema } from '../../../contract/primitives'
import { anchorLatest, type Anchor } from '../../../gateway/audit/anchor'
import { eraseEntry } from '../../../gateway/audit/erase'
import { verifyAudit } from '../../../gateway/audit/verify'
import { inTransaction } from '../../../gateway/database/transaction'
import {
  auditDatabase,
  forgeErasure,
  newAnchor,
  sealAll,
  sealInSteps,
  silent,
  writeEntries,
} from '../../support/audit'

let database: Awaited<ReturnType<typeof auditDatabase>>
let anchor: Anchor
beforeEach(async () => {
  database = await auditDatabase()
  anchor = await newAnchor()
})
afterEach(() => database.drop())

const erase = (seq: number, key = anchor.key) =>
  inTransaction(database.db, (tx) =>
    eraseEntry(tx, seq, {
      key,
      reason: 'Asked for by the person, 2026-11-23.',
      actor: { kind: 'system', name: 'test' },
      origin: { via: 'gateway', task: 'test' },
    }),
  )
const row = (seq: number) =>
  database.db.selectFrom('audit').selectAll().where('seq', '=', seq).executeTakeFirstOrThrow()

test('an erased entry says nothing any more, tells so itself, and the chain holds', async () => {
  await sealInSteps(database.db, anchor, { seals: 3, each: 4 })
  const before = await row(5)
  expect(await erase(5)).toEqual({ ok: true, value: { seq: 5 } })
  const after = await row(5)
  expect(after).toEqual({
    ...before,
    actor: { kind: 'system', name: 'erased' },
    data: { erased: true },
    origin: { erased: true },
    salt: null,
    digest: expect.any(Buffer),
  })
  // Screens that show the audit still can.
  expect(actorSchema.safeParse(after.actor).success).toBe(true)
  const { rows } = await sql<{
    text: string
  }>`select string_agg(a::text, '') as text from audit a`.execute(database.db)
  expect(rows[0]?.text).not.toContain('Karin 5"')
  expect(await row(13)).toMatchObject({
    type: 'audit.erased',
    aggregate_kind: 'audit_entry',
    aggregate_id: '5',
    data: {
      reason: 'Asked for by the person, 2026-11-23.',
      erased: 'requisition.approved',
      proof: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
  })
  expect(await verifyAudit(database.db, [anchor])).toMatchObject({
    ok: true,
    erased: 1,
    unsealed: 1,
  })
  await sealAll(database.db)
  // Without what tells of it, nobody could see by what right the other was erased.
  expect(await erase(13)).toMatchObject({ ok: false, error: { code: 'wrong_state' } })
  expect(await verifyAudit(database.db, [anchor])).toMatchObject({
    ok: true,
    erased: 1,
    erasedEntries: [5],
    unsealed: 0,
  })
})

/** An erasure by somebody who has only the database, sealed and anchored like everything else. */
async function forge(seq: number, telling: object): Promise<void> {
  await forgeErasure(database.db, seq, telling)
  await sealAll(database.db)
  await anchorLatest(database.db, anchor, new Date(), silent)
}

test('nobody erases without the key, whatever they have the audit say of it', async () => {
  await sealInSteps(database.db, anchor, { seals: 2, each: 4 })
  await erase(1)
  const { data } = await row(9)
  await forge(5, { reason: 'Asked for.', erased: 'requisition.approved' })
  // With the proof of another erasure, and with what is no proof at all.
  await forge(6, data)
  await forge(7, { reason: 'Asked for.', proof: 'x' })
  await erase(8, randomBytes(32))
  const report = await verifyAudit(database.db, [anchor])
  expect(report.erasedEntries).toEqual([1, 5, 6, 7, 8])
  expect(report.problems).toMatchObject(
    [5, 6, 7, 8].map((seq) => ({ code: 'erasure_unproven', seq })),
  )
  // Without the key nobody can tell them from one another.
  expect(await verifyAudit(database.db, [])).toMatchObject({ ok: true, erased: 5 })
})

test.each([
  ['who', `actor = '{"kind":"system","name":"Lars"}'`],
  ['why', `data = jsonb_set(data, '{reason}', '"Because."')`],
  ['from where', `origin = '{"via":"gateway","task":"elsewhere"}'`],
  ['of which entry', `aggregate_id = '6'`],
])('an erasure of which somebody changed %s is proven no longer', async (_what, change) => {
  await sealInSteps(database.db, anchor, { seals: 2, each: 4 })
  await erase(5)
  await sql`update audit set ${sql.raw(change)} where seq = 9`.execute(database.db)
  // Before it was sealed, the seal itself would not show it.
  await sealAll(database.db)
  await anchorLatest(database.db, anchor, new Date(), silent)
  expect((await verifyAudit(database.db, [anchor])).problems).toMatchObject([
    { code: 'erasure_unproven', seq: 5 },
  ])
})

test('without a key, what tells of an erasure must be sealed before long', async () => {
  await sealInSteps(database.db, null, { seals: 2, each: 4 })
  await erase(5)
  expect(await verifyAudit(database.db, [])).toMatchObject({ ok: true, erased: 1, unsealed: 1 })
  await sql`update audit set at = at - interval '1 hour' where seq = 9`.execute(database.db)
  expect((await verifyAudit(database.db, [])).problems).toMatchObject([
    { code: 'erasure_unproven', seq: 5 },
  ])
  await sealAll(database.db)
  expect(await verifyAudit(database.db, [])).toMatchObject({ ok: true })
})

test('an entry erased before it was sealed is sealed by the digest it left behind', async () => {
  await writeEntries(database.db, { count: 4 })
  expect(await erase(2)).toMatchObject({ ok: true })
  await sealAll(database.db)
  expect(await verifyAudit(database.db, [])).toMatchObject({ ok: true, entries: 5, erased: 1 })
})

test('what is not there, or has been erased, is refused and writes nothing', async () => {
  await writeEntries(database.db, { count: 2 })
  await erase(1)
  const before = await database.db.selectFrom('audit').selectAll().orderBy('seq').execute()
  expect(await erase(1)).toMatchObject({ ok: false, error: { code: 'wrong_state' } })
  expect(await erase(99)).toMatchObject({ ok: false, error: { code: 'not_found' } })
  const after = await database.db.selectFrom('audit').selectAll().orderBy('seq').execute()
  expect(after).toEqual(before)
})

test('an entry that was changed cannot be made good by erasing it', async () => {
  await sealInSteps(database.db, null, { seals: 1, each: 4 })
  await database.db.updateTable('audit').set({ data: '{}' }).where('seq', '=', 3).execute()
  await erase(3)
  expect((await verifyAudit(database.db, [])).problems).toMatchObject([
    { code: 'entry_changed', seq: 3 },
  ])
})
