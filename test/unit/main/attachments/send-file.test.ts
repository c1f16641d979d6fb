import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { sendFile } from '../../../../main/attachments/send-file'

const id = '7f6c1c1e-4f0e-4a52-9c55-0c8f3d1f2a10'
const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

/** What sending a file came to with a gateway that answers so, and how far it was told to be. */
async function sent(content: Buffer, answer: RequestListener, within = 5_000) {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const told: number[] = []
  const access = { origin, token: 'secret' }
  const result = await sendFile({ fetch, within }, access, { id, content }, (far) => told.push(far))
  return { result, told }
}

test('all of it arrives under its id, and it is told how far it is', async () => {
  const content = Buffer.alloc(300_000, 7)
  const seen: unknown[] = []
  const { result, told } = await sent(content, (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method, url, headers } = request
      seen.push([method, url, headers.authorization, Buffer.concat(chunks).equals(content)])
      response.writeHead(201, { 'content-type': 'application/json' })
      response.end('{}')
    })
  })
  expect(result).toEqual({ ok: true, value: null })
  expect(seen).toEqual([['PUT', `/api/attachments/${id}`, 'Bearer secret', true]])
  expect(told.length).toBeGreaterThan(2)
  expect(told).toEqual([...told].sort((a, b) => a - b))
  expect(told.at(-1)).toBe(content.length)
})

test('what the gateway says against it is handed on', async () => {
  const details = { problem: 'unknown_kind' }
  const { result } = await sent(Buffer.from('MZ'), (request, response) => {
    request.resume().on('end', () => {
      response.writeHead(422, { 'content-type': 'application/problem+json' })
      response.end(JSON.stringify({ code: 'attachment_unfit', detail: 'No.', details }))
    })
  })
  expect(result).toMatchObject({ ok: false, error: { code: 'attachment_unfit', details } })
})

test('a gateway that says nothing, or is not there, is given up', async () => {
  expect(
    (await sent(Buffer.from('x'), (request) => void request.resume(), 300)).result,
  ).toMatchObject({ error: { code: 'unavailable', details: { reason: 'timeout' } } })
  const cut: RequestListener = (request) => void request.socket.destroy()
  expect((await sent(Buffer.from('x'), cut)).result).toMatchObject({
    error: { code: 'unavailable', details: { reason: 'unreachable' } },
  })
})
