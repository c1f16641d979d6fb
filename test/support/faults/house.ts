import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { AuditReport } from '../../../gateway/audit/verify'
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../../gateway/database/embedded/start'
import { processesIn } from '../embedded'
import { fastFolder } from '../fast-folder'
import { startFaultProxy, type FaultProxy } from '../fault-proxy/fault-proxy'
import { quietLog } from '../quiet-log'
import {
  copyGatewayProgram,
  startGatewayProcess,
  verifyAudit,
  type GatewayProcess,
} from './gateway-process'

/** A gateway's place in the house: its door stays where it is, whatever becomes of the gateway. */
export interface Node {
  readonly door: FaultProxy
  /** The file it anchors the audit's seals in. */
  readonly anchor: string
  gateway: GatewayProcess
}

/** One PostgreSQL and several gateways, each a process, all reached through cables of ours. */
export interface House {
  /** Between the gateways and PostgreSQL. */
  readonly cable: FaultProxy
  readonly nodes: readonly Node[]
  /** PostgreSQL's own address, which changes when it starts anew. */
  databaseUrl(): string
  /**
   * Ends a gateway at once and starts another in its place.
   * @param silentMs how long its answers have been lost by then
   */
  killGateway(
    node: Node,
    how: { readonly silentMs: number; readonly downMs: number },
  ): Promise<void>
  /** Ends PostgreSQL at once, its parent alone or all of its processes, and starts it again. */
  killPostgres(
    what: 'postmaster' | 'all',
    how: { readonly silentMs: number; readonly downMs: number },
  ): Promise<void>
  /** What the gateway's own check of the audit says, by every node's anchor. */
  verifyAudit(): Promise<AuditReport | null>
  close(): Promise<void>
}

/** More than two gateways' pools together. */
const flags = ['-c', 'max_connections=120']
const startWithinMs = 60_000

/**
 * @param options.prepare fills the database, before any gateway runs on it
 * @param options.readsMessages whether its doors can double messages, which costs them; true unless said
 */
export async function openHouse(options: {
  readonly nodes: number
  readonly readsMessages?: boolean
  readonly prepare: (databaseUrl: string) => Promise<void>
}): Promise<House> {
  const program = await copyGatewayProgram()
  const dataDir = await mkdtemp(join(fastFolder(), 'kontor-house-'))
  let postgres = await startPostgres(dataDir)
  const cable = await startFaultProxy(postgres.url)
  const through = () => {
    const url = new URL(postgres.url)
    url.port = String(cable.port)
    return url.href
  }
  const auditKey = randomBytes(32).toString('base64')
  const nodes: Node[] = []
  const close = async () => {
    await Promise.all(nodes.map(({ gateway }) => gateway.kill()))
    await Promise.all([cable, ...nodes.map(({ door }) => door)].map((proxy) => proxy.close()))
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true })
    await program.remove()
  }

  /** As often as it takes: what the gateway needs may be on its way up as well. */
  async function start(anchor: string): Promise<GatewayProcess> {
    const giveUpAt = Date.now() + startWithinMs
    for (;;) {
      const gateway = await startGatewayProcess(program, {
        databaseUrl: through(),
        anchor,
        auditKey,
      })
      if (gateway) return gateway
      if (Date.now() > giveUpAt) throw new Error('The gateway does not come up.')
      await wait(100)
    }
  }

  try {
    await options.prepare(postgres.url)
    for (let at = 0; at < options.nodes; at += 1) {
      const anchor = join(dataDir, `anchor-${at}.jsonl`)
      const gateway = await start(anchor)
      nodes.push({
        gateway,
        anchor,
        door: await startFaultProxy(gateway.url, { readsMessages: options.readsMessages ?? true }),
      })
    }
  } catch (error) {
    await close()
    throw error
  }
  return {
    cable,
    nodes,
    databaseUrl: () => postgres.url,
    async killGateway(node, { silentMs, downMs }) {
      await swallowAnswers(node.door, silentMs)
      await node.gateway.kill()
      node.door.clearUp()
      await wait(downMs)
      node.gateway = await start(node.anchor)
      node.door.turnTo(node.gateway.port)
    },
    async killPostgres(what, { silentMs, downMs }) {
      await swallowAnswers(cable, silentMs)
      const others = what === 'all' ? processesIn(join(dataDir, 'postgres')) : []
      for (const pid of [postgres.pid, ...others]) killIfThere(pid)
      await postgres.exited
      cable.clearUp()
      await wait(downMs)
      postgres = await startPostgres(dataDir)
      cable.turnTo(postgres.port)
    },
    verifyAudit: () =>
      verifyAudit(
        program,
        { databaseUrl: postgres.url, auditKey },
        nodes.map(({ anchor }) => anchor),
      ),
    close,
  }
}

/** What is done meanwhile is done; only nobody hears of it. */
async function swallowAnswers(line: FaultProxy, ms: number): Promise<void> {
  if (ms === 0) return
  line.suffer({ toClient: { swallow: true } })
  await wait(ms)
}

async function startPostgres(dataDir: string): Promise<EmbeddedPostgres> {
  const started = await startEmbeddedPostgres({ dataDir, log: quietLog, extraFlags: flags })
  if (!started.ok) throw new Error(started.error.message, { cause: started.error })
  return started.server
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It went with its parent.
  }
}
