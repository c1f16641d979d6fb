import { randomUUID } from 'node:crypto'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { ConsoleClient } from '../../support/console-client'
import { startFaultProxy, type FaultProxy } from '../../support/fault-proxy/fault-proxy'
import { addTestShop, addUser, signInAs, startTestGateway } from '../../support/gateway'
import { load, proposal, smallSeller } from '../../support/small-seller'

/** A server that says back what it hears, and a proxy in front of it. */
async function echo(): Promise<{ proxy: FaultProxy; chunks: Buffer[]; ends: string[] }> {
  const chunks: Buffer[] = []
  const ends: string[] = []
  const server = createServer((socket) => {
    socket.setNoDelay(true)
    socket.on('data', (bytes) => {
      chunks.push(bytes)
      socket.write(bytes)
    })
    socket.on('end', () => ends.push('end'))
    socket.on('error', ({ code }: NodeJS.ErrnoException) => ends.push(code ?? 'error'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const proxy = await startFaultProxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  onTestFinished(async () => {
    await proxy.close()
    await new Promise((resolve) => server.close(resolve))
  })
  return { proxy, chunks, ends }
}

interface End {
  readonly socket: Socket
  readonly heard: () => string
  readonly ended: () => string | null
}

async function dial(proxy: FaultProxy): Promise<End> {
  const socket = connect({ port: proxy.port, host: '127.0.0.1', noDelay: true })
  let heard = ''
  let ended: string | null = null
  socket.setEncoding('latin1').on('data', (text: string) => (heard += text))
  socket.on('end', () => (ended ??= 'end'))
  socket.on('error', ({ code }: NodeJS.ErrnoException) => (ended = code ?? 'error'))
  onTestFinished(() => void socket.destroy())
  await new Promise<void>((resolve) => {
    socket.once('connect', () => resolve())
    socket.once('close', () => resolve())
  })
  return { socket, heard: () => heard, ended: () => ended }
}

const large = Array.from({ length: 50_000 }, (_, at) => String.fromCharCode(at % 256)).join('')

test('without faults it passes everything on, and the ends as well', async () => {
  const { proxy, ends } = await echo()
  const { socket, heard, ended } = await dial(proxy)
  socket.write(large.repeat(20), 'latin1')
  await expect.poll(heard, { timeout: 5_000 }).toBe(large.repeat(20))
  socket.end()
  await expect.poll(ended).toBe('end')
  expect(ends).toEqual(['end'])
  await expect.poll(() => proxy.open).toBe(0)
})

test('latency and jitter delay, and change neither order nor content', async () => {
  const { proxy } = await echo()
  const { socket, heard } = await dial(proxy)
  proxy.suffer({ toServer: { latencyMs: 60 }, toClient: { latencyMs: 40, jitterMs: 30 } })
  const start = performance.now()
  for (let at = 0; at < 50; at += 1) socket.write(`${at} `)
  await expect.poll(heard).toBe(Array.from({ length: 50 }, (_, at) => `${at} `).join(''))
  expect(performance.now() - start).toBeGreaterThan(95)
})

test('bandwidth holds back, and slices come in segments of their own', async () => {
  const { proxy, chunks } = await echo()
  const { socket, heard } = await dial(proxy)
  proxy.suffer({ toServer: { bytesPerSecond: 100_000 } })
  const start = performance.now()
  socket.write(large, 'latin1')
  await expect.poll(heard, { timeout: 5_000 }).toBe(large)
  expect(performance.now() - start).toBeGreaterThan(450)
  proxy.suffer({ toServer: { sliceBytes: 3 } })
  const before = chunks.length
  socket.write('abcdefghij')
  await expect.poll(() => heard().slice(large.length)).toBe('abcdefghij')
  expect(chunks.length - before).toBeGreaterThan(1)
})

test('half-open swallows without closing, and what lost bytes stays silent', async () => {
  const { proxy, chunks, ends } = await echo()
  const { socket, heard, ended } = await dial(proxy)
  proxy.suffer({ toClient: { swallow: true } })
  socket.write('heard, never answered')
  await expect.poll(() => Buffer.concat(chunks).toString()).toBe('heard, never answered')
  proxy.suffer({ toServer: { swallow: true }, toClient: { swallow: true } })
  socket.write('lost')
  await wait(100)
  proxy.heal()
  socket.write('too late')
  const fresh = await dial(proxy)
  fresh.socket.write('anew')
  await expect.poll(fresh.heard).toBe('anew')
  expect(heard()).toBe('')
  expect(ended()).toBeNull()
  expect(ends).toEqual([])
  expect(Buffer.concat(chunks).toString()).not.toContain('late')
})

test('reset and cut are told as such, and a cut cable refuses until it is mended', async () => {
  const { proxy, ends } = await echo()
  const first = await dial(proxy)
  first.socket.write('hello')
  await expect.poll(first.heard).toBe('hello')
  proxy.reset()
  await expect.poll(first.ended).toBe('ECONNRESET')
  await expect.poll(() => ends).toEqual(['ECONNRESET'])
  proxy.cut()
  const refused = await dial(proxy)
  await expect.poll(refused.ended).toBe('ECONNRESET')
  proxy.mend()
  const again = await dial(proxy)
  again.socket.write('again')
  await expect.poll(again.heard).toBe('again')
})

test('a command that comes twice through the cable is carried out once', async () => {
  const gateway = await startTestGateway()
  const proxy = await startFaultProxy(gateway.url, { readsMessages: true })
  onTestFinished(async () => {
    await proxy.close()
    await gateway.close()
  })
  await load(gateway, smallSeller)
  const shop = await addTestShop(gateway)
  await addUser(gateway, { username: 'karin', roles: ['approver'] })
  const karin = await ConsoleClient.open(proxy.url, await signInAs(gateway, 'karin'))
  let answers = 0
  karin.socket.io.engine.on('packet', ({ data }: { data?: unknown }) => {
    if (typeof data === 'string' && data.startsWith('3/console,')) answers += 1
  })
  proxy.suffer({ toServer: { duplicate: 1, sliceBytes: 7 }, toClient: { duplicate: 1 } })
  for (const document of ['one', 'two']) {
    await shop.send(proposal(document))
    const row = await karin.until('the requisition', () =>
      karin.all('requisition').find(({ value }) => value.shop.documentId === document),
    )
    const id = randomUUID()
    const answer = await karin.command(
      'requisition.approve',
      row.id,
      row.version,
      { revision: 1 },
      id,
    )
    expect(answer).toMatchObject({ ok: true })
  }
  await expect.poll(() => answers).toBe(4)
  const db = gateway.context.db
  expect(await db.selectFrom('sales_order').select('id').execute()).toHaveLength(2)
  expect(await db.selectFrom('command').select('id').execute()).toHaveLength(2)
  karin.close()
})
