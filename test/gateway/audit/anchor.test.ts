import { randomBytes } from 'node:crypto'
import {
  appendFile,
  chmod,
  mkdir,
  open,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  anchorLatest,
  anchorRestore,
  noSeal,
  openAnchor,
  type Anchor,
} from '../../../gateway/audit/anchor'
import { writeLine } from '../../../gateway/audit/anchor-line'
import { connect } from '../../../gateway/database/connect'
import { verifyAudit } from '../../../gateway/audit/verify'
import {
  auditDatabase,
  newAnchor,
  sealAll,
  sealInSteps,
  silent,
  writeEntries,
} from '../../support/audit'
import { makeNamedPipe } from '../../support/named-pipe'
import { temporaryFolder } from '../../support/temporary-folder'

let database: Awaited<ReturnType<typeof auditDatabase>>
beforeEach(async () => {
  database = await auditDatabase()
})
afterEach(() => database.drop())

const now = () => new Date()
const anchorIt = (anchor: Anchor, log = silent) => anchorLatest(database.db, anchor, now(), log)
const check = (...anchors: readonly Anchor[]) =>
  verifyAudit(database.db, anchors, { anchorLagMs: 0 })
const sealOf = (n: number) =>
  database.db
    .selectFrom('audit_seal')
    .select(['n', 'hash', 'entries'])
    .where('n', '=', n)
    .executeTakeFirstOrThrow()
const linesOf = async ({ file }: Anchor) =>
  (await readFile(file, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

test('a line for every seal that was the latest when somebody looked, and none twice', async () => {
  const anchor = await newAnchor()
  expect(await anchorIt(anchor)).toEqual({ kind: 'anchored', n: 0 })
  await sealInSteps(database.db, null, { seals: 2, each: 3 })
  expect(await anchorIt(anchor)).toEqual({ kind: 'anchored', n: 2 })
  expect(await anchorIt(anchor)).toEqual({ kind: 'anchored', n: 2 })
  await sealInSteps(database.db, anchor, { seals: 1, each: 3 })
  expect(await linesOf(anchor)).toMatchObject([
    { kind: 'sealed', n: 2, entries: 6 },
    { kind: 'sealed', n: 3, entries: 9 },
  ])
  expect(await check(anchor)).toMatchObject({ ok: true, anchored: 3 })
})

test('a crash between the commit of a seal and its anchoring heals', async () => {
  const anchor = await newAnchor()
  await sealInSteps(database.db, anchor, { seals: 2, each: 3 })
  await sealInSteps(database.db, null, { seals: 1, each: 3 })
  expect((await check(anchor)).problems).toMatchObject([{ code: 'anchor_behind', seal: 3 }])
  // Right after a seal was made that is no fault.
  expect(await verifyAudit(database.db, [anchor])).toMatchObject({ ok: true, anchored: 2 })
  expect(await anchorIt(anchor)).toEqual({ kind: 'anchored', n: 3 })
  expect(await check(anchor)).toMatchObject({ ok: true, anchored: 3 })
})

test.skipIf(process.platform === 'win32')(
  'its lock is kept for as long as its file system hangs',
  async () => {
    const anchor = await newAnchor()
    await sealInSteps(database.db, null, { seals: 1, each: 3 })
    await sql`alter database ${sql.id(new URL(database.url).pathname.slice(1))}
      set transaction_timeout = '200ms'`.execute(database.db)
    const own = connect(database.url, {
      maxConnections: 1,
      queryTimeoutMs: 60_000,
      onError: () => undefined,
    })
    await makeNamedPipe(anchor.file)
    const anchoring = anchorLatest(own.db, anchor, now(), silent)
    const isHeld = async () => {
      const { rows } = await sql`
        select from pg_locks join pg_database d on d.oid = database
        where datname = current_database() and locktype = 'advisory'`.execute(database.db)
      return rows.length === 1
    }
    await expect.poll(isHeld).toBe(true)
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(await isHeld()).toBe(true)
    // Out of the way before it answers, so that the line is never written into the pipe.
    const pipe = `${anchor.file}.pipe`
    await rename(anchor.file, pipe)
    await (await open(pipe, 'r+')).close()
    expect(await anchoring).toEqual({ kind: 'anchored', n: 1 })
    await own.close()
  },
)

test('a line cut off in the writing is noticed, told, and written again', async () => {
  const anchor = await newAnchor()
  await sealInSteps(database.db, anchor, { seals: 2, each: 3 })
  const whole = await readFile(anchor.file, 'utf8')
  const [first = ''] = whole.split('\n')
  for (const torn of [`${first}\n{"kind":"sealed","n":2,"ha`, whole.slice(0, -1), '{"ki']) {
    await writeFile(anchor.file, torn)
    expect((await check(anchor)).problems.map(({ code }) => code)).toEqual(['anchor_behind'])
    const said: string[] = []
    const log = pino({ level: 'warn' }, { write: (line: string) => void said.push(line) })
    expect(await anchorIt(anchor, log)).toEqual({ kind: 'anchored', n: 2 })
    expect(said).toHaveLength(1)
    expect(said[0]).toContain('cut off')
    expect(await check(anchor)).toMatchObject({ ok: true, anchored: 2 })
  }
})

test('nodes anchor in files of their own, or share one, whoever made the seal', async () => {
  const [shared, own] = [await newAnchor(), await newAnchor()]
  const anchors = [shared, { ...shared }, own]
  for (let round = 0; round < 15; round += 1) {
    await writeEntries(database.db, { from: round * 5, count: 5 })
    await sealAll(database.db)
    await Promise.all(anchors.map((anchor) => anchorIt(anchor)))
  }
  for (const anchor of anchors) await anchorIt(anchor)
  expect(await check(shared)).toMatchObject({ ok: true, seals: 15, anchored: 15 })
  expect(await check(own)).toMatchObject({ ok: true, seals: 15, anchored: 15 })
})

test('an anchor that knows another past, or another database, is not written to', async () => {
  const anchor = await newAnchor()
  await sealInSteps(database.db, anchor, { seals: 3, each: 3 })
  const before = await readFile(anchor.file, 'utf8')
  await database.db.deleteFrom('audit_seal').where('n', '=', 3).execute()
  expect(await anchorIt(anchor)).toEqual({ kind: 'differs', n: 3 })
  await sealInSteps(database.db, null, { seals: 2, each: 3 })
  expect(await anchorIt(anchor)).toEqual({ kind: 'differs', n: 3 })
  expect(await readFile(anchor.file, 'utf8')).toBe(before)
})

test('after a restore the anchor goes on from there; what lies before still counts', async () => {
  const anchor = await newAnchor()
  await sealInSteps(database.db, anchor, { seals: 4, each: 3 })
  await database.db.deleteFrom('audit_seal').where('n', '>', 2).execute()
  await database.db.deleteFrom('audit').where('seq', '>', 6).execute()
  expect((await check(anchor)).problems).toMatchObject([{ code: 'anchor_ahead', seal: 4 }])
  const seal = await sealOf(2)
  await anchorRestore(database.db, anchor, seal, now(), silent)
  expect(await check(anchor)).toMatchObject({ ok: true, anchored: 2 })
  // Told once more, it knows.
  await anchorRestore(database.db, anchor, seal, now(), silent)
  await sealInSteps(database.db, anchor, { seals: 3, each: 2 })
  await anchorRestore(database.db, anchor, seal, now(), silent)
  expect(await check(anchor)).toMatchObject({ ok: true, seals: 5, anchored: 5 })
  expect((await linesOf(anchor)).map(({ kind, n }) => [kind, n])).toEqual([
    ['sealed', 1],
    ['sealed', 2],
    ['sealed', 3],
    ['sealed', 4],
    ['restored', 2],
    ['sealed', 3],
    ['sealed', 4],
    ['sealed', 5],
  ])
  await database.db.updateTable('audit').set({ version: 99 }).where('seq', '=', 2).execute()
  expect((await check(anchor)).problems).toMatchObject([{ code: 'entry_changed', seq: 2 }])
})

test('an anchor is told of a restore after the database has been sealed on', async () => {
  const anchor = await newAnchor()
  await sealInSteps(database.db, anchor, { seals: 4, each: 3 })
  await database.db.deleteFrom('audit_seal').where('n', '>', 2).execute()
  await database.db.deleteFrom('audit').where('seq', '>', 6).execute()
  await sealInSteps(database.db, null, { seals: 3, each: 2 })
  expect(await anchorIt(anchor)).toEqual({ kind: 'differs', n: 4 })
  await anchorRestore(database.db, anchor, await sealOf(2), now(), silent)
  expect(await anchorIt(anchor)).toEqual({ kind: 'anchored', n: 5 })
  expect(await check(anchor)).toMatchObject({ ok: true, seals: 5, anchored: 5 })
})

test('a database restored without seals goes on from none', async () => {
  const anchor = await newAnchor()
  await sealInSteps(database.db, anchor, { seals: 2, each: 3 })
  await database.db.deleteFrom('audit_seal').execute()
  await anchorRestore(database.db, anchor, noSeal, now(), silent)
  expect(await check(anchor)).toMatchObject({ ok: true, anchored: null })
  await sealInSteps(database.db, anchor, { seals: 1, each: 3 })
  expect(await check(anchor)).toMatchObject({ ok: true, seals: 1, anchored: 1 })
})

test('nobody writes a restore without the key', async () => {
  const anchor = await newAnchor()
  await sealInSteps(database.db, anchor, { seals: 3, each: 3 })
  const last = (await linesOf(anchor)).at(-1)
  await appendFile(
    anchor.file,
    writeLine(randomBytes(32), String(last?.['mac']), {
      kind: 'restored',
      n: 0,
      hash: '0'.repeat(64),
      entries: 0,
      at: now().toISOString(),
    }),
  )
  await database.db.deleteFrom('audit_seal').execute()
  const codes = (await check(anchor)).problems.map(({ code }) => code)
  expect(codes).toEqual(['anchor_broken', 'anchor_ahead'])
})

test('with a data folder the anchor and a key only the owner may read are made, and found again', async () => {
  const dataDir = await temporaryFolder()
  const made = await openAnchor({}, dataDir, silent)
  const again = await openAnchor({}, dataDir, silent)
  expect(made).toEqual({ file: join(dataDir, 'audit/anchor.jsonl'), key: expect.any(Buffer) })
  expect(again).toEqual(made)
  if (process.platform !== 'win32') {
    expect((await stat(join(dataDir, 'audit/anchor.key'))).mode & 0o777).toBe(0o600)
    expect((await stat(join(dataDir, 'audit/anchor.jsonl'))).mode & 0o777).toBe(0o600)
    expect((await stat(join(dataDir, 'audit'))).mode & 0o777).toBe(0o700)
  }
  expect(await openAnchor({}, undefined, silent)).toBeNull()
})

test('an anchor or a key that cannot be used is told before the gateway starts', async () => {
  const folder = await temporaryFolder()
  const at = (name: string) => join(folder, name)
  const anchor = { file: at('anchor.jsonl'), key: Buffer.from('k'.repeat(40)) }
  await writeFile(at('key'), `${'k'.repeat(40)}\n`, { mode: 0o600 })
  await writeFile(at('short'), 'too short', { mode: 0o600 })
  await mkdir(at('a-folder'))
  await sealInSteps(database.db, anchor, { seals: 2, each: 2 })
  const opened = await openAnchor({ file: anchor.file, keyFile: at('key') }, undefined, silent)
  expect(opened).toEqual(anchor)

  const refused = async (settings: Parameters<typeof openAnchor>[0], code: string) =>
    expect(openAnchor(settings, undefined, silent)).rejects.toMatchObject({ code })
  await refused({ file: anchor.file }, 'audit_key_missing')
  await refused({ file: anchor.file, key: 'x'.repeat(31) }, 'audit_key_too_short')
  await refused({ file: anchor.file, keyFile: at('short') }, 'audit_key_too_short')
  await refused({ file: anchor.file, keyFile: at('nowhere') }, 'audit_key_unreadable')
  await refused({ file: at('a-folder'), keyFile: at('key') }, 'audit_anchor_unusable')
  await refused({ file: at('key/below'), keyFile: at('key') }, 'audit_anchor_unusable')
  await refused(
    { file: anchor.file, key: 'another key, and a long one it is' },
    'audit_anchor_broken',
  )
  await appendFile(anchor.file, 'what is this\n')
  await refused({ file: anchor.file, keyFile: at('key') }, 'audit_anchor_broken')
})

test('a key that is lost while its anchor is there is not made anew in silence', async () => {
  const dataDir = await temporaryFolder()
  const anchor = await openAnchor({}, dataDir, silent)
  if (!anchor) throw new Error('it has a data folder')
  await sealInSteps(database.db, anchor, { seals: 1, each: 2 })
  await rm(join(dataDir, 'audit/anchor.key'))
  await expect(openAnchor({}, dataDir, silent)).rejects.toMatchObject({ code: 'audit_key_missing' })
})

test.skipIf(process.platform === 'win32')('a key that others may read is warned of', async () => {
  const folder = await temporaryFolder()
  const keyFile = join(folder, 'key')
  await writeFile(keyFile, 'k'.repeat(40))
  await chmod(keyFile, 0o644)
  const said: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => void said.push(line) })
  await openAnchor({ file: join(folder, 'a'), keyFile }, undefined, log)
  expect(said.join()).toContain('others than its owner')
  expect(said.join()).not.toContain('kkkk')
})
