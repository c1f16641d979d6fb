import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { todayIn } from '../../../domain/calendar'
import { newAnchor } from '../../support/audit'
import { runCommandLine } from '../../support/command-line'
import { startTestGateway } from '../../support/gateway'
import { temporaryFolder } from '../../support/temporary-folder'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const run = (options: readonly string[], env: Record<string, string> = {}) =>
  runCommandLine(options, { KONTOR_LOG_LEVEL: 'silent', ...env })

test('the command line writes the audit of some days and checks the file, without a database', async () => {
  const gateway = await startTestGateway()
  closers.push(() => gateway.close())
  const server = { DATABASE_URL: gateway.databaseUrl }
  const today = todayIn('Europe/Stockholm', new Date().toISOString())
  const file = join(await temporaryFolder(), 'audit.jsonl')
  const days = ['--from', today, '--to', today]
  expect(await run(['--export-audit', file, ...days], server)).toMatchObject({
    code: 0,
    said: { exported: file, from: today, to: today },
  })
  expect(await run(['--verify-export', file])).toMatchObject({
    code: 0,
    said: { ok: true, from: today, to: today, anchored: null, problems: [] },
  })
  const text = await readFile(file, 'utf8')
  expect(text).toContain('"audit.exported"')
  // What is not sealed yet is not proven, and says so; what is cut off is found.
  await writeFile(file, text.split('\n').slice(0, -2).join('\n'))
  expect(await run(['--verify-export', file])).toMatchObject({
    code: 1,
    said: { ok: false, problems: [{ code: 'export_broken' }] },
  })
  expect(await run(['--verify-export', join(file, 'none')])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('export_unreadable'),
  })
  const anchor = await newAnchor()
  expect(await run(['--verify-export', file, '--audit-anchor', anchor.file], server)).toMatchObject(
    { stderr: expect.stringContaining('key') },
  )
}, 120_000)
