import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { checkImports } from '../../../scripts/check-imports'
import { LAYERS, MAY_IMPORT } from '../../../scripts/import-rules'

/** A little project in which every layer has a module that another one may or may not import. */
let project: string

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(project, path)), { recursive: true })
  await writeFile(join(project, path), text)
}

async function rulesBroken(): Promise<readonly string[]> {
  const { violations } = await checkImports(project)
  return violations.map(({ rule, from, to }) => `${rule}: ${from} → ${to}`)
}

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'kontor-imports-'))
  for (const name of ['electron', 'react', 'react-dom', 'zod']) {
    await write(`node_modules/${name}/package.json`, `{ "name": "${name}", "main": "index.js" }`)
    await write(`node_modules/${name}/index.js`, 'module.exports = {}')
  }
  await write(
    'package.json',
    '{ "dependencies": { "electron": "1", "react": "1", "react-dom": "1", "zod": "1" } }',
  )
  for (const layer of LAYERS) {
    await write(`${layer}/entry.ts`, `import { part } from './part'\nexport const entry = part\n`)
    await write(`${layer}/part.ts`, 'export const part = 1\n')
  }
})

afterEach(async () => rm(project, { recursive: true, force: true }))

test('a project that keeps the rules passes, and every module is seen', async () => {
  expect(await checkImports(project)).toEqual({ modules: LAYERS.length * 2, violations: [] })
})

describe('who may import whom', () => {
  const pairs = LAYERS.flatMap((from) =>
    LAYERS.filter((to) => to !== from).map((to) => [from, to] as const),
  )

  test.each(pairs)('%s → %s', async (from, to) => {
    await write(
      `${from}/importer.ts`,
      `import { part } from '../${to}/part'\nexport const importer = part\n`,
    )
    const allowed = (MAY_IMPORT[from] as readonly string[]).includes(to)
    expect(await rulesBroken()).toEqual(
      allowed ? [] : [`${from}-imports: ${from}/importer.ts → ${to}/part.ts`],
    )
  })

  test('a type from the wrong side counts as well', async () => {
    await write(
      'renderer/importer.ts',
      `import type { part } from '../main/part'\nexport type P = typeof part\n`,
    )
    expect(await rulesBroken()).toEqual(['renderer-imports: renderer/importer.ts → main/part.ts'])
  })

  test.each(['scripts', 'test', 'bench'])('no layer imports %s', async (outside) => {
    await write(`${outside}/part.ts`, `import '../gateway/part'\nexport const part = 1\n`)
    await write(
      'gateway/importer.ts',
      `import { part } from '../${outside}/part'\nexport const i = part\n`,
    )
    expect(await rulesBroken()).toEqual([
      `gateway-imports: gateway/importer.ts → ${outside}/part.ts`,
    ])
  })
})

describe('what a layer does without', () => {
  test.each([
    ['domain', 'node:fs', 'domain-node', 'fs'],
    ['domain', 'electron', 'domain-packages', 'node_modules/electron/index.js'],
    ['domain', 'react', 'domain-packages', 'node_modules/react/index.js'],
    ['contract', 'node:crypto', 'contract-node', 'crypto'],
    ['contract', 'react', 'contract-packages', 'node_modules/react/index.js'],
    ['language', 'node:path', 'language-node', 'path'],
    ['gateway', 'electron', 'gateway-packages', 'node_modules/electron/index.js'],
    ['main', 'react-dom', 'main-packages', 'node_modules/react-dom/index.js'],
    ['preload', 'node:fs', 'preload-node', 'fs'],
    ['renderer', 'node:fs', 'renderer-node', 'fs'],
    ['renderer', 'electron', 'renderer-packages', 'node_modules/electron/index.js'],
    ['widget', 'electron', 'widget-packages', 'node_modules/electron/index.js'],
    ['gateway', 'zod', 'one-door-to-zod', 'node_modules/zod/index.js'],
    ['contract', 'zod', 'one-door-to-zod', 'node_modules/zod/index.js'],
  ])('%s without %s', async (layer, name, rule, resolved) => {
    await write(`${layer}/importer.ts`, `import * as it from '${name}'\nexport const i = it\n`)
    expect(await rulesBroken()).toEqual([`${rule}: ${layer}/importer.ts → ${resolved}`])
  })

  test('the one door to zod is open', async () => {
    await write('contract/zod.ts', `import * as z from 'zod'\nexport { z }\n`)
    expect(await rulesBroken()).toEqual([])
  })
})

test('what a window starts with has the types of the contract, and none of its schemas', async () => {
  await write('contract/refusal.ts', 'export const refusal = 1\n')
  await write(
    'renderer/state/importer.ts',
    `import type { part } from '../../contract/part'
import { refusal } from '../../contract/refusal'
export const importer: typeof part = refusal\n`,
  )
  expect(await rulesBroken()).toEqual([])
  await write(
    'renderer/state/importer.ts',
    `import { part } from '../../contract/part'\nexport const importer = part\n`,
  )
  expect(await rulesBroken()).toContain(
    'start-without-schemas: renderer/state/importer.ts → contract/part.ts',
  )
})

test('a circle is refused', async () => {
  await write('domain/a.ts', `import { b } from './b'\nexport const a = () => b\n`)
  await write('domain/b.ts', `import { a } from './a'\nexport const b = () => a\n`)
  expect(await rulesBroken()).toContain('no-circle: domain/a.ts → domain/b.ts')
})

test('a module that nothing uses and that uses nothing is refused', async () => {
  await write('main/left-over.ts', 'export const leftOver = 1\n')
  expect(await rulesBroken()).toEqual(['no-orphan: main/left-over.ts → main/left-over.ts'])
})

test('a module that is not there is refused', async () => {
  await write('main/importer.ts', `import { x } from './nowhere'\nexport const i = x\n`)
  expect(await rulesBroken()).toEqual(['no-unresolvable: main/importer.ts → ./nowhere'])
})

test('a check that has nothing to look at fails', async () => {
  await rm(project, { recursive: true })
  await expect(checkImports(project)).rejects.toThrow('found no module')
})

test('a check that sees no import at all fails', async () => {
  for (const layer of LAYERS) await rm(join(project, layer), { recursive: true })
  await write('domain/alone.ts', 'export const alone = 1\n')
  await expect(checkImports(project)).rejects.toThrow('saw no import')
})
