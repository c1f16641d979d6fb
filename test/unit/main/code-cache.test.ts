import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Script } from 'node:vm'

import { afterEach, beforeEach, expect, test } from 'vitest'

import {
  codeCacheOf,
  createCachedRequire,
  openCodeCache,
  scriptSource,
  sealCodeCache,
} from '../../../main/code-cache'

let folder: string
let entry: string
let part: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kontor-code-cache-'))
  mkdirSync(join(folder, 'chunks'))
  entry = write('entry.cjs', 'exports.words = ["one", ...require("./chunks/part.cjs").words]')
  part = write('chunks/part.cjs', 'exports.words = [require("node:path").basename(__filename)]')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

/** V8's data of a source. */
function compiled(source: string): Buffer {
  return new Script(source).createCachedData()
}

function run(): unknown {
  return createCachedRequire(createRequire(import.meta.url))(entry)
}

const answer = { words: ['one', 'part.cjs'] }

test('files without a cache are compiled', () => {
  expect(run()).toEqual(answer)
})

test('what is kept of a file is run instead of being compiled', () => {
  for (const file of [entry, part]) {
    writeFileSync(codeCacheOf(file), sealCodeCache(compiled(scriptSource(file))))
  }
  // Of the same length, which is all of the source that V8 compares.
  writeFileSync(part, readFileSync(part, 'utf8').replace('basename', 'xxxxxxxx'))
  expect(run()).toEqual(answer)
})

test('what V8 refuses is compiled from its source', () => {
  const other = compiled(scriptSource(write('other.cjs', 'exports.words = "of another source"')))
  writeFileSync(codeCacheOf(part), sealCodeCache(other))
  expect(run()).toEqual(answer)
})

test('a damaged cache is not given to V8, which would crash of it', () => {
  const kept = sealCodeCache(compiled(scriptSource(part)))
  expect(openCodeCache(kept)).toBeDefined()
  for (const at of [0, 40, 100, kept.length - 1]) {
    const damaged = Buffer.from(kept)
    damaged.writeUInt8(damaged.readUInt8(at) ^ 0xff, at)
    expect(openCodeCache(damaged)).toBeUndefined()
    writeFileSync(codeCacheOf(part), damaged)
    expect(run()).toEqual(answer)
  }
  for (const length of [0, 10, 32, kept.length - 1]) {
    writeFileSync(codeCacheOf(part), kept.subarray(0, length))
    expect(run()).toEqual(answer)
  }
})

test('files that require one another get what the other has so far', () => {
  write('chunks/part.cjs', 'exports.words = ["two"]; exports.seen = require("../entry.cjs")')
  expect(run()).toEqual({ words: ['one', 'two'] })
})
