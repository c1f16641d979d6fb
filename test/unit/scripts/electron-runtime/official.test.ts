import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { projectFolder } from '../../../../scripts/build'
import {
  installOfficial,
  officialBinary,
  officialPackage,
} from '../../../../scripts/electron-runtime/official'

/** A copy of the `electron` package without a binary, where its installer finds what it needs. */
let copy: { readonly folder: string; readonly version: string }
let site: Server | undefined

beforeEach(async () => {
  const cache = join(projectFolder, 'node_modules', '.cache')
  await mkdir(cache, { recursive: true })
  const folder = await mkdtemp(join(cache, 'electron-'))
  const { folder: original, version } = await officialPackage()
  for (const file of ['install.js', 'package.json', 'checksums.json']) {
    await cp(join(original, file), join(folder, file))
  }
  vi.stubEnv('electron_config_cache', join(folder, 'downloads'))
  vi.stubEnv('NO_PROXY', '127.0.0.1')
  copy = { folder, version }
})

afterEach(async () => {
  vi.unstubAllEnvs()
  site?.closeAllConnections()
  site?.close()
  site = undefined
  await rm(copy.folder, { recursive: true, force: true })
})

/** Puts a release site of our own in place of the real one. */
async function serve(answer: RequestListener): Promise<void> {
  const server = createServer(answer)
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  vi.stubEnv('ELECTRON_MIRROR', `http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  site = server
}

test('a site that never answers is given up, and nothing of it stays', async () => {
  let asked = 0
  await serve(() => (asked += 1))
  const outcome = await installOfficial(copy, 2_000)
  expect(outcome).toEqual({ ok: false, reason: 'nothing arrived for 2 seconds' })
  expect(asked).toBeGreaterThan(0)
  expect(await officialBinary(copy)).toBeUndefined()
  expect(await readdir(copy.folder)).not.toContain('path.txt')
})

test('a site that answers with something else is not believed', async () => {
  await serve((_request, response) => response.end('not an archive'))
  const outcome = await installOfficial(copy, 10_000)
  expect(outcome).toMatchObject({ ok: false, reason: expect.stringMatching(/checksum/i) as string })
  expect(await officialBinary(copy)).toBeUndefined()
})

test('a site that does not have it says so', async () => {
  await serve((_request, response) => response.writeHead(404).end())
  const outcome = await installOfficial(copy, 10_000)
  expect(outcome).toMatchObject({ ok: false, reason: expect.stringContaining('404') as string })
})

test('only a whole download of the right version counts', async () => {
  await mkdir(join(copy.folder, 'dist'))
  await writeFile(join(copy.folder, 'dist', 'electron'), '')
  expect(await officialBinary(copy)).toBeUndefined()
  await writeFile(join(copy.folder, 'path.txt'), 'electron')
  await writeFile(join(copy.folder, 'dist', 'version'), '1.2.3')
  expect(await officialBinary(copy)).toBeUndefined()
  await writeFile(join(copy.folder, 'dist', 'version'), copy.version)
  expect(await officialBinary(copy)).toBe(join(copy.folder, 'dist', 'electron'))
})
