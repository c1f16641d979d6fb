import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { createFolderOnce, runtimeCacheFolder } from '../../../../scripts/electron-runtime/cache'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kontor-cache-'))
})

afterEach(async () => rm(folder, { recursive: true, force: true }))

test('the cache follows the XDG setting, unless that is relative', () => {
  const fallback = join(homedir(), '.cache', 'kontor', 'electron')
  expect(runtimeCacheFolder({ XDG_CACHE_HOME: '/elsewhere' })).toBe('/elsewhere/kontor/electron')
  expect(runtimeCacheFolder({ XDG_CACHE_HOME: 'elsewhere' })).toBe(fallback)
  expect(runtimeCacheFolder({})).toBe(fallback)
})

test('two that make the same folder at once both find it whole, and leave nothing else', async () => {
  const target = join(folder, 'runtime')
  const fill = (content: string) => async (draft: string) => {
    await writeFile(join(draft, 'one'), content)
    await writeFile(join(draft, 'two'), content)
  }
  await Promise.all(['a', 'b', 'c'].map(async (content) => createFolderOnce(target, fill(content))))
  const [one, two] = await Promise.all(
    ['one', 'two'].map(async (name) => readFile(join(target, name), 'utf8')),
  )
  expect(one).toBe(two)
  expect(await readdir(folder)).toEqual(['runtime'])
})

test('a folder that could not be filled is not there', async () => {
  const target = join(folder, 'runtime')
  const failing = createFolderOnce(target, async (draft) => {
    await writeFile(join(draft, 'half'), '')
    throw new Error('the line was cut')
  })
  await expect(failing).rejects.toThrow('the line was cut')
  expect(await readdir(folder)).toEqual([])
})
