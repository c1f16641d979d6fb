import { readFile, writeFile } from 'node:fs/promises'
import fc from 'fast-check'
import { sql, type Kysely } from 'kysely'
import { expect } from 'vitest'
import { verifyAudit } from '../../gateway/audit/verify'
import type { Database } from '../../gateway/database/schema'
import { auditDatabase, forgeErasure, newAnchor, sealInSteps } from './audit'
import type { Cases } from './properties/cases'

const seals = 4
const each = 5
const entries = seals * each

/** Ways to change one entry; each changes it whatever it was, or says so by leaving it. */
const entryChanges = [
  `data = data || jsonb_build_object('x', $1)`,
  `actor = jsonb_build_object('kind', 'system', 'name', $1)`,
  `origin = origin || jsonb_build_object('task', $1)`,
  `at = at + $1::interval`,
  `type = 'changed ' || $1`,
  `aggregate_id = $1`,
  `aggregate_kind = $1`,
  `version = version + length($1)`,
  `salt = sha256($1::bytea)`,
  `salt = null, digest = sha256($1::bytea)`,
]
const sealChanges = [
  'hash = sha256(hash)',
  'previous = sha256(previous)',
  'entry_hashes = overlay(entry_hashes placing sha256(entry_hashes) from 33)',
  'seqs = seqs[2:] || seqs[1:1]',
  'seqs = seqs[2:]',
  `at = at + interval '1 second'`,
  'entries = entries - 1',
  'n = n + 100',
]

const seq = fc.integer({ min: 1, max: entries })
const n = fc.integer({ min: 1, max: seals })
const word = fc.integer({ min: 1, max: 999_999 })
const part = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

type Change =
  | { kind: 'sql'; text: string }
  | { kind: 'erasure'; seq: number; proof: string }
  | { kind: 'anchor cut'; part: number }
  | { kind: 'anchor byte'; part: number; byte: number }

const statement = (text: string): Change => ({ kind: 'sql', text })
const change: fc.Arbitrary<Change> = fc.oneof(
  fc
    .tuple(fc.constantFrom(...entryChanges), seq, word)
    .map(([set, at, value]) =>
      statement(`update audit set ${set.replaceAll('$1', `'${value}'`)} where seq = ${at}`),
    ),
  seq.map((at) => statement(`delete from audit where seq = ${at}`)),
  fc.tuple(seq, seq).map(([a, b]) =>
    statement(`
        update audit x set data = y.data, salt = y.salt, at = y.at, version = y.version from audit y
        where (x.seq, y.seq) in ((${a}, ${b}), (${b}, ${a}))`),
  ),
  seq.map((at) =>
    statement(`
      insert into audit (xid, type, actor, aggregate_kind, aggregate_id, version, data, origin)
      select xid, type, actor, aggregate_kind, aggregate_id, version, data, origin
      from audit where seq = ${at}`),
  ),
  fc
    .tuple(fc.constantFrom(...sealChanges), n)
    .map(([set, at]) => statement(`update audit_seal set ${set} where n = ${at}`)),
  n.map((at) => statement(`delete from audit_seal where n = ${at}`)),
  fc.tuple(seq, fc.uint8Array({ minLength: 32, maxLength: 32 })).map(([at, bytes]): Change => ({
    kind: 'erasure',
    seq: at,
    proof: Buffer.from(bytes).toString('hex'),
  })),
  part.map((at): Change => ({ kind: 'anchor cut', part: at })),
  fc
    .tuple(part, fc.integer({ min: 0, max: 255 }))
    .map(([at, byte]): Change => ({ kind: 'anchor byte', part: at, byte })),
)

/**
 * Whatever is changed of what was sealed and anchored is found, and nothing else is: random changes of
 * entries, seals and the anchor, and a check that must tell of them unless all is as it was.
 */
export async function tamperAtRandom(cases: Cases): Promise<void> {
  const database = await auditDatabase()
  try {
    await tamper(database.db, cases)
  } finally {
    await database.drop()
  }
}

async function tamper(db: Kysely<Database>, { runs, seed }: Cases): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)
  const anchor = await newAnchor()
  await sealInSteps(db, anchor, { seals, each })
  const whole = await readFile(anchor.file)
  await run('create table kept_audit as table audit; create table kept_seal as table audit_seal')

  const putBack = async () => {
    await run(`
      truncate audit, audit_seal;
      insert into audit overriding system value select * from kept_audit;
      insert into audit_seal select * from kept_seal`)
    await writeFile(anchor.file, whole)
  }
  const apply = async (one: Change) => {
    if (one.kind === 'sql') return run(one.text)
    if (one.kind === 'erasure') {
      const telling = { reason: 'Asked for.', erased: 'requisition.approved', proof: one.proof }
      return forgeErasure(db, one.seq, telling)
    }
    const bytes = await readFile(anchor.file)
    const at = Math.floor(one.part * bytes.length)
    if (one.kind === 'anchor cut') return writeFile(anchor.file, bytes.subarray(0, at))
    if (at < bytes.length) bytes[at] = one.byte
    return writeFile(anchor.file, bytes)
  }
  const isAsItWas = async () => {
    const { rows } = await sql<{ changed: boolean }>`
      select exists ((table audit except all table kept_audit) union all
          (table kept_audit except all table audit))
        or exists ((table audit_seal except all table kept_seal) union all
          (table kept_seal except all table audit_seal)) as changed`.execute(db)
    return rows[0]?.changed === false && (await readFile(anchor.file)).equals(whole)
  }

  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 0, maxLength: 3 }), async (changes) => {
      await putBack()
      // What the table's own rules forbid was not done; the others stand.
      for (const one of changes) await apply(one).catch(() => undefined)
      const { ok, problems } = await verifyAudit(db, [anchor], { anchorLagMs: 0 })
      expect({ ok, problems: problems.slice(0, 3) }).toMatchObject({ ok: await isAsItWas() })
    }),
    { numRuns: runs, seed, includeErrorInReport: true },
  )
}
