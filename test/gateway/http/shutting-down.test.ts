import { connect, type Socket } from 'node:net'
import { once } from 'node:events'
import { afterEach, expect, test } from 'vitest'
import { createGateway, type Gateway } from '../../../gateway/create-gateway'
import { createLog } from '../../../gateway/log'
import { ConsoleClient } from '../../support/console-client'
import { addUser, signInAs, testPassword } from '../../support/gateway'
import { testDatabase } from '../../support/postgres'

const closers: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function start(): Promise<Gateway> {
  const database = await testDatabase()
  closers.push(() => database.drop())
  const gateway = await createGateway({
    databaseUrl: database.url,
    log: createLog({ level: 'silent' }),
  })
  await addUser(gateway, { username: 'karin', roles: ['approver'] })
  return gateway
}

/** A request whose head has gone out with a body announced, and nothing of the body. */
async function begun(gateway: Gateway, length: number) {
  const { hostname, port } = new URL(gateway.url)
  const socket = connect(Number(port), hostname)
  closers.push(() => void socket.destroy())
  let answer = ''
  socket.setEncoding('utf8').on('data', (text: string) => (answer += text))
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  // With Expect, the gateway says when it has begun to work on it.
  socket.write(
    `POST /api/session HTTP/1.1\r\nHost: kontor\r\nContent-Length: ${length}\r\nExpect: 100-continue\r\n\r\n`,
  )
  while (!answer.includes('100 Continue')) await once(socket, 'data')
  return { socket, answer: () => answer }
}

const ended = (socket: Socket) =>
  socket.closed ? Promise.resolve() : new Promise((resolve) => socket.once('close', resolve))

test('what is at hand is finished and told to be the last; nobody new gets in', async () => {
  const gateway = await start()
  const body = JSON.stringify({ username: 'karin', password: testPassword })
  const upload = await begun(gateway, body.length)
  const karin = await ConsoleClient.open(gateway.url, await signInAs(gateway, 'karin'))
  const began = Date.now()
  const closing = gateway.close()
  await karin.until('the goodbye', () => karin.goodbye === 'shutting_down')
  const late = connect(Number(new URL(gateway.url).port), '127.0.0.1')
  expect(await once(late, 'connect').catch(({ code }: { code: string }) => code)).toBe(
    'ECONNREFUSED',
  )
  upload.socket.write(body)
  await ended(upload.socket)
  expect(upload.answer()).toMatch(/HTTP\/1\.1 201 /)
  expect(upload.answer()).toMatch(/^connection: close\r$/im)
  await closing
  // It did not wait for its deadline.
  expect(Date.now() - began).toBeLessThan(4_500)
})

test('a slow upload does not hold it back for longer than the deadline', async () => {
  const gateway = await start()
  const upload = await begun(gateway, 5_000)
  const drip = setInterval(() => upload.socket.write(' '), 100)
  const began = Date.now()
  await gateway.close()
  const took = Date.now() - began
  clearInterval(drip)
  await ended(upload.socket)
  expect(took).toBeGreaterThan(4_500)
  expect(took).toBeLessThan(9_000)
})
