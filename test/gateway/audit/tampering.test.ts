import { readFile, writeFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Anchor } from '../../../gateway/audit/anchor'
import { hashSeal, nothingBefore } from '../../../gateway/audit/digest'
import { entryColumns, hashOf, type EntryRow } from '../../../gateway/audit/entry-rows'
import { verifyAudit } from '../../../gateway/audit/verify'
import { auditDatabase, newAnchor, sealAll, sealInSteps, writeEntries } from '../../support/audit'

let database: Awaited<ReturnType<typeof auditDatabase>>
let anchor: Anchor
beforeEach(async () => {
  database = await auditDatabase()
  anchor = await newAnchor()
  await sealInSteps(database.db, anchor, { seals: 5, each: 6 })
  await writeEntries(database.db, { from: 100, count: 2 })
  expect(await check()).toMatchObject({ ok: true, seals: 5, entries: 30, unsealed: 2, anchored: 5 })
})
afterEach(() => database.drop())

const check = () => verifyAudit(database.db, [anchor], { anchorLagMs: 0 })
const run = (statement: string) => sql.raw(statement).execute(database.db)

/** The codes that a check tells, each once, in order. */
async function codes(): Promise<readonly string[]> {
  const { ok, problems, problemsFound } = await check()
  expect(ok).toBe(problemsFound === 0)
  return [...new Set(problems.map(({ code }) => code))]
}

test.each([
  ['a value', `data = jsonb_set(data, '{after,total}', '1')`],
  ['who did it', `actor = '{"kind":"system","name":"Somebody Else"}'`],
  ['from where', `origin = '{"via":"gateway","task":"elsewhere"}'`],
  ['the time, by a microsecond', `at = at + interval '1 microsecond'`],
  ['what it was about', `aggregate_id = 'R-999'`],
  ['what happened', `type = 'requisition.rejected'`],
  ['the version', `version = version + 1`],
  ['the salt', `salt = uuid_send(gen_random_uuid())`],
  ['the number', `seq = 4711`, 'entry_missing'],
])('an entry of which somebody changed %s', async (_what, change, code = 'entry_changed') => {
  const always = change.startsWith('seq') ? 'alter table audit alter seq drop identity;' : ''
  await run(`${always} update audit set ${change} where seq = 9`)
  expect((await check()).problems[0]).toMatchObject({ code, seal: 2, seq: 9 })
  expect((await check()).ok).toBe(false)
})

test('an entry that was deleted', async () => {
  await run('delete from audit where seq = 9')
  expect((await check()).problems).toMatchObject([{ code: 'entry_missing', seal: 2, seq: 9 }])
})

test('two entries that changed places', async () => {
  await run(`
    update audit a set actor = b.actor, data = b.data, salt = b.salt, at = b.at, type = b.type,
      aggregate_id = b.aggregate_id, version = b.version
    from audit b where (a.seq, b.seq) in ((9, 10), (10, 9))`)
  expect((await check()).problems).toMatchObject([
    { code: 'entry_changed', seq: 9 },
    { code: 'entry_changed', seq: 10 },
  ])
})

test('an order of entries that was changed in the seal', async () => {
  await run(
    `update audit_seal set seqs = array[8,7,9,10,11,12], entry_hashes =
      substr(entry_hashes, 33, 32) || substr(entry_hashes, 1, 32) || substr(entry_hashes, 65)
    where n = 2`,
  )
  expect(await codes()).toEqual(['seal_broken'])
})

test('an entry put in behind the seals, sealed or not', async () => {
  await run(`
    insert into audit (xid, type, actor, aggregate_kind, aggregate_id, version, data, origin)
    select xid, type, actor, aggregate_kind, aggregate_id, version, data, origin
    from audit where seq = 9`)
  const { problems } = await check()
  expect(problems).toMatchObject([{ code: 'behind', seal: null, seq: 33 }])
  await sealAll(database.db)
  expect(await codes()).toEqual(['anchor_behind', 'behind'])
})

test('a seal that was deleted, in the middle and at the end', async () => {
  await run('delete from audit_seal where n = 3')
  const { problems } = await check()
  expect(problems[0]).toMatchObject({ code: 'seal_missing', seal: 3 })
  expect(problems.filter(({ code }) => code === 'behind')).toHaveLength(6)
  await run('delete from audit_seal where n >= 3')
  expect(await codes()).toEqual(['anchor_ahead'])
})

test('a tail cut off and sealed anew is another one than the anchor knows', async () => {
  await run('delete from audit_seal where n >= 4')
  await sealAll(database.db)
  expect(await codes()).toEqual(['anchor_differs', 'anchor_ahead'])
})

test.each([
  ['hash', `hash = sha256('x')`],
  ['forerunner', `previous = sha256('x')`],
  ['time', `at = at + interval '1 day'`],
  ['count', `entries = entries + 1`],
  ['entries', `seqs = seqs[1:5]`],
  ['hashes of entries', `entry_hashes = entry_hashes || sha256('x')`],
])('a seal of which somebody changed the %s', async (_what, change) => {
  await run(`update audit_seal set ${change} where n = 3`)
  expect(await codes()).toContain('seal_broken')
})

test('a chain made anew from the first seal on, without the key', async () => {
  await run(`update audit set data = '{"forged":true}' where seq = 9`)
  await forgeChain()
  expect(await verifyAudit(database.db, [])).toMatchObject({ ok: true, problemsFound: 0 })
  const { problems, anchored } = await check()
  expect(problems.map(({ code, seal }) => [code, seal])).toEqual([
    ['anchor_differs', 2],
    ['anchor_differs', 3],
    ['anchor_differs', 4],
    ['anchor_differs', 5],
  ])
  expect(anchored).toBe(1)
})

test('what the sealer is told of its place is no way to have entries sealed twice or never', async () => {
  await run(`update audit_seal set through_xid = '9999999' where n = 5`)
  expect(await codes()).toEqual(['behind'])
  await run(`update audit_seal set through_xid = '0' where n = 5`)
  await sealAll(database.db)
  expect(await codes()).toContain('seal_broken')
})

test('an entry that is said to have been erased', async () => {
  const marks = `actor = '{"kind":"system","name":"erased"}', origin = '{"erased":true}', salt = null`
  // With the true digest, and no word of it in the audit.
  const { rows } = await sql<EntryRow>`
    select ${entryColumns} from audit a where seq = 9`.execute(database.db)
  const { digestPayload } = await import('../../../gateway/audit/digest')
  const [row] = rows
  if (!row?.salt) throw new Error('it is there')
  const digest = digestPayload(row.salt, row).toString('hex')
  const forge = (data: string) =>
    run(
      `update audit set ${marks}, data = '${data}', digest = decode('${digest}', 'hex') where seq = 9`,
    )
  await forge('{"erased":true}')
  expect((await check()).problems).toMatchObject([{ code: 'erasure_unproven', seq: 9 }])
  // With words in its place, and something that looks like the record of an erasure.
  await forge('{"erased":true,"but":"it was Lars"}')
  await run(`
    insert into audit (type, actor, aggregate_kind, aggregate_id, version, data, origin)
    values ('audit.erased', '{}', 'audit_entry', '9', 1, '{}', '{}')`)
  expect(await codes()).toEqual(['entry_changed', 'erasure_unproven'])
})

test('an anchor of which lines were changed, taken out or exchanged', async () => {
  const whole = await readFile(anchor.file, 'utf8')
  const lines = whole.trimEnd().split('\n')
  const variants: readonly (readonly string[])[] = [
    lines.map((line, at) => (at === 2 ? line.replace('"entries":18', '"entries":19') : line)),
    lines.map((line, at) => (at === 4 ? line.replace(/"hash":"./, '"hash":"0') : line)),
    lines.map((line, at) => (at === 1 ? 'not a line' : line)),
    lines.map((line, at) => (at === 1 ? 'x'.repeat(200_000) : line)),
    lines.filter((_, at) => at !== 2),
    lines.slice(1),
    [...lines.slice(0, 3), lines[4] ?? '', lines[3] ?? ''],
    [...lines, lines[2] ?? ''],
  ]
  for (const variant of variants) {
    await writeFile(anchor.file, `${variant.join('\n')}\n`)
    expect(await codes(), variant.join('\n').slice(0, 2_000)).toContain('anchor_broken')
  }
  await writeFile(anchor.file, whole)
  expect(await codes()).toEqual([])
})

test('an anchor that was cut short, or emptied', async () => {
  const lines = (await readFile(anchor.file, 'utf8')).trimEnd().split('\n')
  await writeFile(anchor.file, `${lines.slice(0, 3).join('\n')}\n`)
  expect((await check()).problems).toMatchObject([{ code: 'anchor_behind', seal: 4 }])
  // In the middle of a line, as a crash would leave it.
  await writeFile(anchor.file, lines.join('\n').slice(0, -20))
  expect((await check()).problems).toMatchObject([{ code: 'anchor_behind', seal: 5 }])
  await writeFile(anchor.file, '')
  expect((await check()).problems).toMatchObject([{ code: 'anchor_behind', seal: 1 }])
})

test('one anchor of several that was tampered with is told by its name', async () => {
  const other = await newAnchor()
  await writeFile(other.file, await readFile(anchor.file, 'utf8'))
  const { problems, anchored } = await verifyAudit(database.db, [
    anchor,
    { ...other, key: anchor.key },
  ])
  expect({ problems, anchored }).toEqual({ problems: [], anchored: 5 })
  const report = await verifyAudit(database.db, [anchor, other])
  expect(report.problems[0]).toMatchObject({ code: 'anchor_broken' })
  expect(report.problems[0]?.message).toContain(other.file)
})

/** All that somebody can do who has the database and knows how it is done, but not the key. */
async function forgeChain(): Promise<void> {
  const { db } = database
  const seals = await db.selectFrom('audit_seal').selectAll().orderBy('n').execute()
  let previous: Buffer = nothingBefore
  for (const seal of seals) {
    const hashes: Buffer[] = []
    for (const seq of seal.seqs) {
      const { rows } = await sql<EntryRow>`
        select ${entryColumns} from audit a where seq = ${seq}::bigint`.execute(db)
      const hash = rows[0] && hashOf(rows[0])
      if (!hash) throw new Error('it is there')
      hashes.push(hash)
    }
    const entryHashes = Buffer.concat(hashes)
    const hash = hashSeal({ previous, n: seal.n, at: seal.at, entryHashes })
    await db
      .updateTable('audit_seal')
      .set({ previous, hash, entry_hashes: entryHashes })
      .where('n', '=', seal.n)
      .execute()
    previous = hash
  }
}
