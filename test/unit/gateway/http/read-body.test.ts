import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { places } from '../../../../gateway/http/places'
import { readBody } from '../../../../gateway/http/read-body'

function sending(body: ReadableStream<Uint8Array>): Request {
  return new Request('http://gateway.test', { method: 'PUT', body, duplex: 'half' } as RequestInit)
}

function pieces(...sizes: readonly number[]): Request {
  let n = 0
  return sending(
    new ReadableStream({
      pull(controller) {
        const size = sizes[n]
        if (size === undefined) controller.close()
        else controller.enqueue(new Uint8Array(size).fill(n % 251))
        n += 1
      },
    }),
  )
}

test('a body is read as it was, in whatever pieces it comes', async () => {
  const sizes = [1, 70_000, 0, 3, 200_000, 1]
  const read = await readBody(pieces(...sizes), 300_000)
  const expected = Buffer.concat(sizes.map((size, n) => Buffer.alloc(size, n % 251)))
  expect(read.ok && read.body.equals(expected)).toBe(true)
  expect(await readBody(pieces(2, 3), 5)).toMatchObject({ ok: true, body: { length: 5 } })
  expect(await readBody(pieces(2, 4), 5)).toEqual({ ok: false, problem: 'too_large' })
})

test('as Node has it, it is read alike', async () => {
  const read = async (size: number, largest: number) => {
    const server = createServer((incoming: IncomingMessage, answer) => {
      void readBody(incoming, largest).then((done) =>
        answer.end(done.ok ? String(done.body.length) : done.problem),
      )
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    try {
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(new Uint8Array(size))
          controller.close()
        },
      })
      const init = { method: 'PUT', body, duplex: 'half' } as RequestInit
      return await (await fetch(`http://127.0.0.1:${port}`, init)).text()
    } finally {
      server.close()
      server.closeAllConnections()
    }
  }
  expect(await read(0, 10)).toBe('0')
  expect(await read(300_000, 300_000)).toBe('300000')
  expect(await read(300_001, 300_000)).toBe('too_large')
})

test('a body that stops coming is given up', async () => {
  const never = sending(new ReadableStream({ start: (c) => c.enqueue(new Uint8Array(9)) }))
  const pace = { within: 60_000, idle: 1 }
  expect(await readBody(never, 100, { pace })).toEqual({ ok: false, problem: 'too_slow' })
  const late = { within: 0, idle: 60_000 }
  const drip = sending(new ReadableStream({}))
  expect(await readBody(drip, 100, { pace: late })).toEqual({ ok: false, problem: 'too_slow' })
})

test('a large body takes a place while it is read, and a small one none', async () => {
  const place = places({ all: 1, each: 1 })
  const large = () => place('body')
  const taken = large()
  expect(await readBody(pieces(60_000), 1_000_000, { large })).toMatchObject({ ok: true })
  const read = () => readBody(pieces(60_000, 60_000), 1_000_000, { large })
  expect(await read()).toEqual({ ok: false, problem: 'no_room' })
  taken?.()
  expect(await read()).toMatchObject({ ok: true })
  expect(await read()).toMatchObject({ ok: true })
})

test('nobody takes the places of all', () => {
  const place = places({ all: 3, each: 2 })
  const [first, second] = [place('a'), place('a')]
  expect(place('a')).toBeNull()
  expect(place('b')).not.toBeNull()
  expect(place('c')).toBeNull()
  first?.()
  expect(place('c')).not.toBeNull()
  second?.()
  expect(place('a')).not.toBeNull()
})
