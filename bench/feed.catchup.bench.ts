import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { spawn } from 'node:child_process'
import { startBenchSeller } from './harness/bench-seller'
import { report } from './harness/figure'
import { startGatewayProcess } from './harness/gateway-process'
import { multiply } from './harness/multiply'
import { signIn } from './harness/bench-console'

/**
 * 100,000 changes into a fresh replica on disk by the console's own code, against reading and parsing
 * the same JSON from a bare socket. Each in a process of its own, which says how long it took and how
 * many changes it then had.
 */
const rounds = 5
const changes = 100_000
/** One who may approve sees every company, and of what is somebody's own only their own. */
const isVisible = '(user_id is null or user_id = $1) and value is not null'

const seller = await startBenchSeller(2)
const gateway = await startGatewayProcess(seller.databaseUrl)
const { token, user } = await signIn(gateway.url, seller.approver)
for (let left = changes - (await visibleChanges()); left > 0; left -= 20_000) {
  await multiply(seller.client, Math.min(20_000, left))
}
const lines = await feedLines()
const server = createServer((socket) => {
  for (const chunk of lines) socket.write(chunk)
  socket.end()
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const { port } = server.address() as AddressInfo

const ours: number[] = []
const floors: number[] = []
for (let round = 0; round < rounds; round += 1) {
  floors.push(await ran('floors/bare-socket.ts', String(port)))
  ours.push(await ran('harness/catch-up.ts', gateway.url, token, JSON.stringify(user)))
}
report('feed.catchup', 'ms', ours, floors)
server.close()
await gateway.stop()
await seller.close()

/** How many changes the feed has for whoever signs in here. */
async function visibleChanges(): Promise<number> {
  const { rows } = await seller.client.query<{ changes: number }>(
    `select count(*)::integer as changes from feed where ${isVisible}`,
    [user.id],
  )
  return rows[0]?.changes ?? 0
}

/** What the feed holds for them, a change a line, in pieces of some megabytes. */
async function feedLines(): Promise<readonly Buffer[]> {
  const pieces: Buffer[] = []
  await seller.client.query('begin')
  await seller.client.query(
    `declare lines no scroll cursor for
     select json_build_object('seq', xid::text::bigint, 'kind', kind, 'id', id, 'version', version, 'value', value)::text as line
     from feed where ${isVisible.replace('$1', `'${user.id}'`)} order by xid, kind, id`,
  )
  for (;;) {
    const { rows } = await seller.client.query<{ line: string }>('fetch 2000 from lines')
    if (rows.length === 0) break
    pieces.push(Buffer.from(rows.map(({ line }) => `${line}\n`).join('')))
  }
  await seller.client.query('commit')
  return pieces
}

/** The milliseconds a program says it took. @throws when it had fewer changes, or more */
async function ran(program: string, ...args: readonly string[]): Promise<number> {
  const said = JSON.parse(await outputOf(program, args)) as { ms: number; changes: number }
  if (said.changes !== changes) throw new Error(`${program} had ${said.changes} changes`)
  return said.ms
}

function outputOf(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', join(import.meta.dirname, program), ...args],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
    child.once('exit', (code) =>
      code === 0 ? resolve(said) : reject(new Error(`${program} ended with ${code}`)),
    )
  })
}
