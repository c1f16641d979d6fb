import { spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { serverAccount } from '../../../gateway/database/embedded/account'
import {
  childrenOf,
  kill,
  launchOwner,
  processesIn,
  query,
  runs,
  spawnOwner,
  start,
  started,
  temporaryFolder,
  tidyUp,
  tidyUpAfterEach,
  until,
  watchdogsOf,
  type Owner,
} from '../../support/embedded'

tidyUpAfterEach()

const onLinux = process.platform === 'linux'

async function owned(dataDir: string): Promise<{ owner: Owner; url: string; pid: number }> {
  tidyUp(() => {
    for (const left of processesIn(join(dataDir, 'postgres'))) process.kill(left, 'SIGKILL')
  })
  const owner = await spawnOwner({ dataDir })
  if (!owner.outcome.ok) throw new Error(owner.outcome.error.message)
  return { owner, url: owner.outcome.url, pid: owner.outcome.pid }
}

/** Writes rows, one transaction each, on several connections until they break. */
function writeUntilBroken(
  url: string,
  prefix: string,
): {
  readonly acknowledged: readonly string[]
  readonly broken: Promise<unknown>
} {
  const acknowledged: string[] = []
  const write = async (lane: number): Promise<void> => {
    const client = new Client({ connectionString: url })
    client.on('error', () => undefined)
    await client.connect()
    for (let row = 0; ; row++) {
      await client.query('insert into kept values ($1)', [`${prefix}/${lane}/${row}`])
      acknowledged.push(`${prefix}/${lane}/${row}`)
    }
  }
  return { acknowledged, broken: Promise.allSettled([0, 1, 2, 3].map(write)) }
}

/** What has been acknowledged and is not there. */
async function lost(url: string, acknowledged: readonly string[]): Promise<readonly string[]> {
  const [rows] = await query(url, 'select array_agg(name) from kept')
  const there = new Set(rows as readonly string[])
  return acknowledged.filter((name) => !there.has(name))
}

describe.runIf(onLinux)('killed in the middle of writing', () => {
  const cluster = (dataDir: string): string => join(dataDir, 'postgres')

  const kills: readonly (readonly [
    string,
    (it: { owner: Owner; pid: number; dataDir: string }) => Promise<void>,
  ])[] = [
    ['the server', async ({ pid }) => void process.kill(pid, 'SIGKILL')],
    [
      'every process of the server at once',
      async ({ dataDir }) => {
        for (const pid of processesIn(cluster(dataDir))) process.kill(pid, 'SIGKILL')
      },
    ],
    ['the owner', async ({ owner }) => kill(owner.process)],
    [
      'the owner and the watchdog, so that the server runs on',
      async ({ owner, pid }) => {
        const watchdogs = watchdogsOf(owner.process.pid!)
        expect(watchdogs).toHaveLength(1)
        for (const watchdog of watchdogs) process.kill(watchdog, 'SIGKILL')
        await kill(owner.process)
        expect(runs(pid)).toBe(true)
      },
    ],
    [
      'the owner and the server',
      async ({ owner, pid, dataDir }) => {
        const all = processesIn(cluster(dataDir))
        expect(all).toContain(pid)
        await kill(owner.process)
        for (const each of all) if (runs(each)) process.kill(each, 'SIGKILL')
      },
    ],
  ]

  // On the disk, not in memory: the writing is the subject here. All kills befall one database.
  const dataDir = mkdtempSync(join(tmpdir(), 'kontor-embedded-'))
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }))
  const everAcknowledged: string[] = []

  test.each(kills)('%s: nothing acknowledged is lost', async (what, doKill) => {
    const { owner, url, pid } = await owned(dataDir)
    await query(url, 'create table if not exists kept (name text primary key)')
    const writing = writeUntilBroken(url, what)
    await until(() => writing.acknowledged.length > 200, 20_000)
    await doKill({ owner, pid, dataDir })
    // Where the server runs on, its writers do too, until the next start stops it.
    const ownerIsGone = owner.process.signalCode !== null
    if (!ownerIsGone) {
      await writing.broken
      await kill(owner.process)
    }
    const server = await started({ dataDir })
    await writing.broken
    expect(server.pid).not.toBe(pid)
    expect(runs(pid)).toBe(false)
    everAcknowledged.push(...writing.acknowledged)
    expect(await lost(server.url, everAcknowledged)).toEqual([])
  })
})

describe.runIf(onLinux)('what is left behind', () => {
  test('a server whose owner is killed stops by itself, in order', async () => {
    const dataDir = temporaryFolder()
    const { owner, pid } = await owned(dataDir)
    await kill(owner.process)
    await until(() => !runs(pid))
    expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false)
  })

  test('a server that ends by itself is told of, and can be started anew', async () => {
    const dataDir = temporaryFolder()
    const server = await started({ dataDir })
    await query(server.url, 'create table kept as select 7 as number')
    process.kill(server.pid, 'SIGKILL')
    expect(await server.exited).toEqual({ code: null, signal: 'SIGKILL', wasAsked: false })
    const again = await started({ dataDir })
    expect(await query(again.url, 'select number from kept')).toEqual([7])
    await server.stop()
    expect(await query(again.url, 'select number from kept')).toEqual([7])
  })

  test('a pid file whose number another program has now stops nobody', async () => {
    const dataDir = temporaryFolder()
    const server = await started({ dataDir })
    process.kill(server.pid, 'SIGKILL')
    await server.exited
    const path = join(dataDir, 'postgres', 'postmaster.pid')
    const lines = readFileSync(path, 'utf8').split('\n')
    // Of the server's own user: another user's process the server would ignore by itself.
    const account = serverAccount(join(dataDir, 'postgres'))
    const stranger = spawn('sleep', ['60'], { ...account })
    tidyUp(() => stranger.kill())
    writeFileSync(path, [stranger.pid, ...lines.slice(1)].join('\n'))
    await started({ dataDir })
    expect(runs(stranger.pid!)).toBe(true)
  })

  test('a server that was left running, is stopped and lies uncollected holds nobody up', async () => {
    const dataDir = temporaryFolder()
    const server = await started({ dataDir })
    process.kill(server.pid, 'SIGKILL')
    await server.exited
    const cluster = join(dataDir, 'postgres')
    const path = join(cluster, 'postmaster.pid')
    const lines = readFileSync(path, 'utf8').split('\n')
    // A stopped parent collects nobody.
    const parent = spawn('sh', ['-c', 'sleep 60; true'], {
      ...serverAccount(cluster),
      cwd: cluster,
    })
    tidyUp(() => parent.kill('SIGKILL'))
    await until(() => childrenOf(parent.pid!).length === 1)
    const [leftover] = childrenOf(parent.pid!)
    parent.kill('SIGSTOP')
    writeFileSync(path, [leftover, ...lines.slice(1)].join('\n'))
    await started({ dataDir })
    expect(runs(leftover!)).toBe(false)
    expect(existsSync(`/proc/${leftover}`)).toBe(true)
  })

  test('an owner killed while it makes the database leaves nothing half', async () => {
    const dataDir = temporaryFolder()
    for (const patienceMs of [0, 150, 400]) {
      const owner = launchOwner({ dataDir })
      await until(() => readdirSync(dataDir).some((name) => name.startsWith('postgres.new-')))
      await new Promise((resolve) => setTimeout(resolve, patienceMs))
      await kill(owner)
    }
    mkdirSync(join(dataDir, 'postgres.new-half'))
    const server = await started({ dataDir })
    expect(await query(server.url, 'select 1')).toEqual([1])
    expect(readdirSync(dataDir).sort()).toEqual(['postgres', 'postgres-owner'])
  })

  test('a database that is being stopped is handed out when it has stopped, not before', async () => {
    const dataDir = temporaryFolder()
    const server = await started({ dataDir })
    const stopping = server.stop()
    for (let ok = false; !ok;) {
      const next = await start({ dataDir })
      ok = next.ok
      if (next.ok) expect(runs(server.pid)).toBe(false)
      else expect(next.error.code).toBe('data_dir_in_use')
    }
    await stopping
  })
})
