import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import Papa from 'papaparse'
import { afterEach, expect, test } from 'vitest'
import type { AuditExport } from '../../../contract/audit-export'
import { todayIn } from '../../../domain/calendar'
import { anchorLatest } from '../../../gateway/audit/anchor'
import { eraseEntry } from '../../../gateway/audit/erase'
import type { ExportLine } from '../../../gateway/audit/export/lines'
import { exportToFile } from '../../../gateway/audit/export/to-file'
import { waitForLock } from '../../../gateway/audit/lock'
import { record } from '../../../gateway/audit/record'
import { verifyExport } from '../../../gateway/audit/verify-export'
import { inTransaction } from '../../../gateway/database/transaction'
import { entry, newAnchor, sealAll, silent, writeEntries } from '../../support/audit'
import { addUser, signInAs, startTestGateway, type TestGateway } from '../../support/gateway'
import { temporaryFolder } from '../../support/temporary-folder'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const today = () => todayIn('Europe/Stockholm', new Date().toISOString())

async function started(): Promise<TestGateway> {
  const gateway = await startTestGateway()
  closers.push(() => gateway.close())
  return gateway
}

/** The audit of today in a file, and its lines. */
async function exported(gateway: TestGateway, more: Partial<AuditExport> = {}) {
  const form = more.form ?? 'jsonl'
  const file = join(await temporaryFolder(), `audit.${form}`)
  const wanted = { from: today(), to: today(), of: null, form, ...more }
  const done = await exportToFile(gateway.context, wanted, file)
  expect(done, JSON.stringify(done)).toMatchObject({ ok: true })
  const text = await readFile(file, 'utf8')
  const lines = () =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as ExportLine)
  return { file, text, lines }
}

/** The same file with some of its lines changed, left out or doubled. */
async function forged(
  file: string,
  change: (lines: ExportLine[]) => readonly ExportLine[],
): Promise<string> {
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n')
  const other = change(lines.map((line) => JSON.parse(line) as ExportLine))
  const path = join(await temporaryFolder(), 'forged.jsonl')
  await writeFile(path, other.map((line) => `${JSON.stringify(line)}\n`).join(''))
  return path
}

test('what is exported is checked by itself, and by the anchor that it was made by the gateway', async () => {
  const gateway = await started()
  const { db } = gateway.context
  const anchor = await newAnchor()
  await writeEntries(db, { count: 30, atOnce: 3 })
  await sealAll(db)
  await anchorLatest(db, anchor, new Date(), silent)
  await writeEntries(db, { from: 31, count: 5 })
  await sealAll(db)
  await writeEntries(db, { from: 36, count: 2 })
  const { file, lines } = await exported(gateway)
  expect(lines().filter(({ kind }) => kind === 'entry').length).toBeGreaterThanOrEqual(35)
  const alone = await verifyExport(file, [])
  expect(alone).toMatchObject({ ok: true, anchored: null, leftOut: 0, erased: 0, problems: [] })
  expect(alone.doesNotProve.join(' ')).toContain('by the anchor')
  const byAnchor = await verifyExport(file, [anchor])
  expect(byAnchor, JSON.stringify(byAnchor.problems)).toMatchObject({ ok: true })
  expect(byAnchor.anchored).toBeGreaterThanOrEqual(1)
  expect(byAnchor.proves.join(' ')).toContain('the gateway made them')
  // The export is in the audit itself, before anything of it has left.
  const told = await db
    .selectFrom('audit')
    .select(['data', 'actor'])
    .where('type', '=', 'audit.exported')
    .execute()
  expect(told).toMatchObject([{ data: { from: today(), to: today(), form: 'jsonl' } }])
}, 60_000)

test('whatever is changed in a file is found', async () => {
  const gateway = await started()
  const { db } = gateway.context
  for (const from of [1, 11, 21]) {
    await writeEntries(db, { from, count: 10 })
    await sealAll(db)
  }
  const { file } = await exported(gateway, { of: 'requisition' })
  expect(await verifyExport(file, [])).toMatchObject({ ok: true, entries: 30 })
  const problemsOf = async (change: Parameters<typeof forged>[1]) => {
    const { ok, problems } = await verifyExport(await forged(file, change), [])
    expect(ok).toBe(problems.length === 0)
    return problems.map(({ code }) => code)
  }
  const isEntry = (line: ExportLine) => line.kind === 'entry'
  const at = (lines: readonly ExportLine[], which = 12) =>
    lines.filter(isEntry)[which] as ExportLine
  expect(await problemsOf((lines) => lines)).toEqual([])
  // A value, a fact, a whole entry, two in another order, a seal, the end.
  expect(
    await problemsOf((all) =>
      all.map((line) => (line === at(all) ? { ...line, data: { total: 1 } } : line) as ExportLine),
    ),
  ).toEqual(['entry_changed'])
  expect(
    await problemsOf((all) =>
      all.map((line) => (line === at(all) ? { ...line, aggregateId: 'R-9' } : line) as ExportLine),
    ),
  ).toEqual(['entry_changed'])
  expect(await problemsOf((all) => all.filter((line) => line !== at(all)))).toContain('seal_broken')
  expect(
    await problemsOf((all) => {
      const [a, b] = [all.indexOf(at(all, 3)), all.indexOf(at(all, 4))]
      return all.with(a, all[b] as ExportLine).with(b, all[a] as ExportLine)
    }),
  ).toContain('seal_broken')
  const middle = (all: readonly ExportLine[]) => {
    const seals = all.filter(({ kind }) => kind === 'seal')
    const [from, to] = [all.indexOf(seals[1] as ExportLine), all.indexOf(seals[2] as ExportLine)]
    return all.filter((_, index) => index < from || index >= to)
  }
  expect(await problemsOf(middle)).toContain('seal_missing')
  expect(await problemsOf((all) => all.slice(0, -1))).toEqual(['export_broken'])
  // The last seals left out, with an end that says so.
  expect(
    await problemsOf((all) => {
      const seals = all.filter(({ kind }) => kind === 'seal')
      const until = all.indexOf(seals.at(-1) as ExportLine)
      return [...all.slice(0, until), ...all.filter(({ kind }) => kind === 'end')]
    }),
  ).toContain('export_broken')
  // An entry that was asked for, passed off as one that was not.
  expect(
    await problemsOf((all) =>
      all.map((line) => {
        if (line !== at(all) || line.kind !== 'entry') return line
        const { seq, type, aggregateKind, aggregateId, version, hash } = line
        const digest = '0'.repeat(64)
        return {
          kind: 'left_out',
          seq,
          at: line.at,
          type,
          aggregateKind,
          aggregateId,
          version,
          hash,
          payloadDigest: digest,
        }
      }),
    ),
  ).toContain('entry_changed')
}, 60_000)

test('only the days and the kind asked for are told; of the others it is shown that they are none', async () => {
  const gateway = await started()
  const { db } = gateway.context
  await inTransaction(db, async (sealer) => {
    // Nothing is sealed before it is as it is to be.
    await waitForLock(sealer, 'seal')
    await writeEntries(db, { count: 10 })
    await inTransaction(db, async (tx) =>
      record(tx, [{ ...entry(11), type: 'user.enabled', aggregateKind: 'user', aggregateId: 'U' }]),
    )
    await sql`update audit set at = at + interval '3 days' where aggregate_id = 'R-1'`.execute(db)
  })
  await sealAll(db)
  const { file, lines, text } = await exported(gateway, { of: 'requisition' })
  const report = await verifyExport(file, [])
  expect(report, JSON.stringify(report.problems)).toMatchObject({ ok: true, of: 'requisition' })
  // R-1 is written twice, and stands three days ahead.
  expect(report.entries).toBe(8)
  expect(report.leftOut).toBeGreaterThanOrEqual(3)
  expect(lines().filter(({ kind }) => kind === 'left_out')).toSatisfy((left: readonly object[]) =>
    left.every((one) => !('data' in one) && !('actor' in one)),
  )
  expect(text).not.toContain('Karin 11')
}, 60_000)

test('what was erased stays erased, is told, and holds', async () => {
  const gateway = await started()
  const { db } = gateway.context
  await writeEntries(db, { count: 4 })
  await sealAll(db)
  const { seq } = await db
    .selectFrom('audit')
    .select('seq')
    .where('aggregate_id', '=', 'R-2')
    .executeTakeFirstOrThrow()
  const { key } = await newAnchor()
  const erased = await inTransaction(db, (tx) =>
    eraseEntry(tx, seq, {
      reason: 'asked for',
      actor: { kind: 'system', name: 'test' },
      origin: { via: 'gateway', task: 'test' },
      key,
    }),
  )
  expect(erased).toMatchObject({ ok: true })
  const { file, text } = await exported(gateway)
  expect(text).not.toContain('Karin 2"')
  const report = await verifyExport(file, [])
  expect(report).toMatchObject({ ok: true, erased: 1 })
  expect(report.doesNotProve.join(' ')).toContain('erased')
}, 60_000)

test('as CSV it opens in a spreadsheet, and nothing in it is carried out there', async () => {
  const gateway = await started()
  const { db } = gateway.context
  const names = ['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '\tx', 'a "b", c\nd']
  await inTransaction(db, async (tx) =>
    record(
      tx,
      names.map((name, at) => ({ ...entry(at), actor: { kind: 'system' as const, name } })),
    ),
  )
  await sealAll(db)
  const { text } = await exported(gateway, { form: 'csv', of: 'requisition' })
  expect(text.startsWith('\uFEFFseq,at,type,')).toBe(true)
  expect(text.endsWith('\r\n')).toBe(true)
  const { data, errors } = Papa.parse<Record<string, string>>(text.slice(1).trimEnd(), {
    header: true,
  })
  expect(errors).toEqual([])
  expect(data.map(({ actor }) => actor)).toEqual([
    ...names.slice(0, 5).map((name) => `'${name}`),
    names[5],
  ])
  expect(data[0]?.['hash']).toMatch(/^[0-9a-f]{64}$/)
  for (const row of data)
    for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
}, 60_000)

test('over HTTP only admins get it, and what is asked for has to make sense', async () => {
  const gateway = await started()
  await addUser(gateway, { username: 'mona', roles: ['admin'] })
  await addUser(gateway, { username: 'karin', roles: ['approver'] })
  const ask = async (username: string, query: string) =>
    fetch(`${gateway.url}/api/audit?${query}`, {
      headers: { authorization: `Bearer ${await signInAs(gateway, username)}` },
    })
  const days = `from=${today()}&to=${today()}`
  expect((await ask('karin', days)).status).toBe(403)
  expect((await fetch(`${gateway.url}/api/audit?${days}`)).status).toBe(401)
  expect((await ask('mona', `from=${today()}&to=2020-01-01`)).status).toBe(422)
  expect((await ask('mona', `${days}&of=nothing`)).status).toBe(422)
  const given = await ask('mona', `${days}&of=user`)
  expect(given.status).toBe(200)
  const lines = (await given.text()).trimEnd().split('\n')
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    kind: 'export',
    exportedBy: 'Mona',
    of: 'user',
  })
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ kind: 'end' })
}, 60_000)
