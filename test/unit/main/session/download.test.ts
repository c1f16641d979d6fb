import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { download } from '../../../../main/session/download'
import { temporaryFolder } from '../../../support/temporary-folder'

const path = '/api/audit?from=2026-11-01&to=2026-11-30&form=jsonl'
const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

/** What the download came to with a gateway that answers so, and what is in the folder after it. */
async function downloaded(answer: RequestListener, name = 'audit.jsonl', within = 5_000) {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const folder = await temporaryFolder()
  const access = { origin, token: 'secret' }
  const result = await download({ fetch, within }, access, path, join(folder, name))
  return { result, folder, files: await readdir(folder) }
}

test('the file is there when all of it has come, for its owner alone', async () => {
  let asked: { url: string | undefined; authorization: string | undefined } | undefined
  const { result, folder, files } = await downloaded((request, response) => {
    asked = { url: request.url, authorization: request.headers.authorization }
    response.write('{"kind":"export"}\n')
    response.end('{"kind":"end"}\n')
  })
  expect(result).toEqual({ kind: 'saved', file: 'audit.jsonl' })
  expect(asked).toEqual({
    url: path,
    authorization: 'Bearer secret',
  })
  expect(files).toEqual(['audit.jsonl'])
  expect(await readFile(join(folder, 'audit.jsonl'), 'utf8')).toContain('"end"')
  if (process.platform !== 'win32')
    expect((await stat(join(folder, 'audit.jsonl'))).mode & 0o077).toBe(0)
})

test('one that is cut off on the way leaves nothing behind', async () => {
  const { result, files } = await downloaded((_request, response) => {
    response.write('{"kind":"export"}\n')
    response.once('drain', () => undefined)
    setImmediate(() => response.destroy())
  })
  expect(result).toMatchObject({ kind: 'refused', error: { code: 'unavailable' } })
  expect(files).toEqual([])
})

test('a gateway that says nothing any more is given up', async () => {
  const { result, files } = await downloaded(
    (_request, response) => void response.write('{"kind":"export"}\n'),
    'audit.jsonl',
    200,
  )
  expect(result).toMatchObject({ kind: 'refused', error: { details: { reason: 'timeout' } } })
  expect(files).toEqual([])
})

test('a refusal is passed on as it is', async () => {
  const { result, files } = await downloaded((_request, response) => {
    response.writeHead(403, { 'content-type': 'application/problem+json' })
    response.end(JSON.stringify({ code: 'forbidden', detail: 'No.', details: { roles: ['rep'] } }))
  })
  expect(result).toMatchObject({
    kind: 'refused',
    error: { code: 'forbidden', details: { roles: ['rep'] } },
  })
  expect(files).toEqual([])
})

test('a place where nothing can be written is told of as that', async () => {
  const { result } = await downloaded(
    (_request, response) => response.end('{}\n'),
    join('no', 'such', 'folder.jsonl'),
  )
  expect(result).toMatchObject({ kind: 'refused', error: { details: { reason: 'disk_refused' } } })
})
