import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { actorSchema } from '../../../contract/primitives'
import { eraseEntry } from '../../../gateway/audit/erase'
import { verifyAudit } from '../../../gateway/audit/verify'
import { inTransaction } from '../../../gateway/database/transaction'
import { auditDatabase, newAnchor, sealAll, sealInSteps, writeEntries } from '../../support/audit'

let database: Awaited<ReturnType<typeof auditDatabase>>
beforeEach(async () => {
  database = await auditDatabase()
})
afterEach(() => database.drop())

const erase = (seq: number) =>
  inTransaction(database.db, (tx) =>
    eraseEntry(tx, seq, {
      reason: 'Asked for by the person, 2026-11-23.',
      actor: { kind: 'system', name: 'test' },
      origin: { via: 'gateway', task: 'test' },
    }),
  )
const row = (seq: number) =>
  database.db.selectFrom('audit').selectAll().where('seq', '=', seq).executeTakeFirstOrThrow()

test('an erased entry says nothing any more, tells so itself, and the chain holds', async () => {
  const anchor = await newAnchor()
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
    data: { reason: 'Asked for by the person, 2026-11-23.', erased: 'requisition.approved' },
  })
  expect(await verifyAudit(database.db, [anchor])).toMatchObject({
    ok: true,
    erased: 1,
    unsealed: 1,
  })
  await sealAll(database.db)
  // The record of an erasure can be erased as well, and still counts as one.
  expect(await erase(13)).toMatchObject({ ok: true })
  await sealAll(database.db)
  expect(await verifyAudit(database.db, [anchor])).toMatchObject({
    ok: true,
    erased: 2,
    unsealed: 0,
  })
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
