import { randomUUID } from 'node:crypto'
import { io, type Socket } from 'socket.io-client'
import type { CommandAnswer } from '../../contract/commands'
import type { DemoAccount } from '../../contract/embedded-gateway'
import type { Session } from '../../contract/session'
import type { QueryAnswer } from '../../contract/queries'
import { protocolVersion, type Cursor, type Welcome } from '../../contract/feed'

/** A console that takes the feed in without keeping it, and sends commands. */
export interface BenchConsole {
  command(type: string, id: string, version: number, payload: object): Promise<CommandAnswer>
  /** @throws when it is refused */
  query(type: string, params: object): Promise<unknown>
  close(): void
}

/** Sign in over HTTP. @throws when the gateway does not let them in */
export async function signIn(url: string, account: DemoAccount): Promise<Session> {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: account.username, password: account.password }),
  })
  if (answer.status !== 201) throw new Error(`${account.username} cannot sign in: ${answer.status}`)
  return (await answer.json()) as Session
}

/** @param seq where it is in step already; without it everything is fetched */
export async function openBenchConsole(
  url: string,
  account: DemoAccount,
  seq?: number,
): Promise<BenchConsole> {
  const { token } = await signIn(url, account)
  const cursor = seq === undefined ? null : { epoch: await epochOf(url, token), seq }
  const socket = connect(url, token, cursor)
  socket.on('changes', (_changes: unknown, acknowledge: () => void) => acknowledge())
  await new Promise<Cursor>((resolve, reject) => {
    socket.once('caught_up', resolve)
    socket.once('connect_error', reject)
  })
  return {
    command: (type, aggregateId, expectedVersion, payload) =>
      socket.emitWithAck('command', {
        id: randomUUID(),
        type,
        aggregateId,
        expectedVersion,
        payload,
      }) as Promise<CommandAnswer>,
    async query(type, params) {
      for (;;) {
        const answer = (await socket.emitWithAck('query', { type, params })) as QueryAnswer
        if (answer.ok) return answer.result
        // A gateway answers so fast that asking one after the other is more than it lets a console ask.
        if (answer.error.code !== 'too_many_requests') throw new Error(answer.error.message)
        await new Promise((resolve) => setTimeout(resolve, 1_000))
      }
    },
    close: () => socket.disconnect(),
  }
}

function connect(url: string, token: string, cursor: Cursor | null): Socket {
  return io(`${url}/console`, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    auth: { token, device: randomUUID(), protocol: protocolVersion, cursor },
  })
}

/** What a console of this session has to call its cursor's epoch. */
async function epochOf(url: string, token: string): Promise<string> {
  const socket = connect(url, token, null)
  const { epoch } = await new Promise<Welcome>((resolve, reject) => {
    socket.once('welcome', resolve)
    socket.once('connect_error', reject)
  })
  socket.disconnect()
  return epoch
}

/** One after the other: the gateway lets one name try only so often at a time. */
export async function openBenchConsoles(
  url: string,
  account: DemoAccount,
  count: number,
): Promise<readonly BenchConsole[]> {
  const consoles: BenchConsole[] = []
  while (consoles.length < count) consoles.push(await openBenchConsole(url, account))
  return consoles
}
