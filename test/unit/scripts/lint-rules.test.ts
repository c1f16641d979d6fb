import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { projectFolder } from '../../../scripts/build'

/** Each breaks one rule, in a file of its own: folder, text, and what the check must call it. */
const VIOLATIONS = [
  ['domain', `export const a = process.title`, 'typescript(TS2591)'],
  ['domain', `export const a = document.title`, 'typescript(TS2584)'],
  ['domain', `export const a = () => Date.now()`, 'eslint(no-restricted-properties)'],
  ['domain', `export const a = () => Math.random()`, 'eslint(no-restricted-properties)'],
  ['contract', `export const a = process.title`, 'typescript(TS2591)'],
  ['language', `export const a = document.title`, 'typescript(TS2584)'],
  ['main', `export const a = document.title`, 'typescript(TS2584)'],
  ['main', `export const a = [2, 1].toSorted()`, 'typescript(TS2550)'],
  ['main', `export const a = () => crypto.randomUUID()`, 'eslint(no-restricted-globals)'],
  ['main', `export { ipcMain } from 'electron'`, 'eslint(no-restricted-imports)'],
  [
    'main',
    `import { ipcMain } from 'electron'\nexport const a = () => ipcMain`,
    'eslint(no-restricted-imports)',
  ],
  ['gateway', `export const a = document.title`, 'typescript(TS2584)'],
  ['renderer', `export const a = process.title`, 'typescript(TS2591)'],
  ['renderer', `export const a = (text: string): unknown => eval(text)`, 'eslint(no-eval)'],
  [
    'contract',
    `export const a = (list: readonly string[]): string => list[0]`,
    'typescript(TS2322)',
  ],
  ['contract', `export const a: { readonly b?: string } = { b: undefined }`, 'typescript(TS2375)'],
  ['gateway', `export const a = (b: any): unknown => b`, 'typescript(no-explicit-any)'],
  [
    'gateway',
    `export const a = (b: () => Promise<void>) => { b() }`,
    'typescript(no-floating-promises)',
  ],
  [
    'domain',
    `type K = { kind: 'a' } | { kind: 'b' }\nexport const a = (k: K) => { switch (k.kind) { case 'a': break } }`,
    'typescript(switch-exhaustiveness-check)',
  ],
  ['language', `export default 1`, 'import(no-default-export)'],
] as const

let project: string
let report: string

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'kontor-lint-'))
  await symlink(join(projectFolder, 'node_modules'), join(project, 'node_modules'))
  for (const file of ['.oxlintrc.json', 'tsconfig.base.json', 'tsconfig.json', 'package.json']) {
    await cp(join(projectFolder, file), join(project, file))
  }
  for (const [index, [folder, text]] of VIOLATIONS.entries()) {
    await mkdir(join(project, folder), { recursive: true })
    await cp(join(projectFolder, folder, 'tsconfig.json'), join(project, folder, 'tsconfig.json'))
    await writeFile(join(project, folder, `case-${index}.ts`), `${text}\n`)
  }
  await writeFile(join(project, 'domain', 'clean.ts'), 'export const clean = 1\n')
  report = await new Promise((settle) => {
    const oxlint = join(projectFolder, 'node_modules', '.bin', 'oxlint')
    const folders = new Set(VIOLATIONS.map(([folder]) => folder))
    const args = ['--type-aware', '--type-check', '--format=unix', ...folders]
    execFile(oxlint, args, { cwd: project }, (_error, stdout) => settle(stdout))
  })
}, 60_000)

afterAll(async () => rm(project, { recursive: true, force: true }))

test.each(VIOLATIONS.map((violation, index) => [index, ...violation] as const))(
  'case %i in %s: %s is called %s',
  (index, folder, _text, rule) => {
    const lines = report.split('\n').filter((line) => line.includes(`${folder}/case-${index}.ts:`))
    expect(lines.join('\n')).toContain(rule)
  },
)

test('a clean file is left alone', () => {
  expect(report).not.toContain('clean.ts')
})
