import { randomUUID } from 'node:crypto'
import type { Role } from '../../../domain/access/roles'
import { noDeadlines } from '../../../domain/approval/deadlines'
import { executeCommand } from '../../../gateway/commands/execute'
import { hashToken } from '../../../gateway/access/signed-in'
import { insertUser } from '../../../gateway/access/users'
import { connect } from '../../../gateway/database/connect'
import { inTransaction } from '../../../gateway/database/transaction'
import type { GatewayContext } from '../../../gateway/gateway-context'
import { openInstallation } from '../../../gateway/installation'
import { createLog } from '../../../gateway/log'
import { keepDeadlines } from '../../../gateway/jobs/keep-deadlines'
import { addShop } from '../../../gateway/storefront/manage-shops'
import type { CommandEnvelope } from '../../../contract/commands'
import { testDatabase } from '../postgres'
import { load } from '../small-seller'
import { takeIn } from '../take-in'
import { articleOf, bought, inSteps, plainSeller } from './seller'
import type { Person, When } from './state'
import { giveTurns, inTurns } from './turns'

/** Twice what the seller waits. */
const longAgoMs = 60 * 86_400_000

/** Two nodes on one database, behind their sockets: what they do is done by real transactions. */
export interface ModelHouse {
  readonly nodes: readonly [GatewayContext, GatewayContext]
  readonly users: Readonly<Record<Exclude<Person, 'tove'>, Hired>>
  articleOf(history: number): string
  hireTove(): Promise<Hired>
  /** What is done long ago is done by a gateway whose clock shows so. */
  command(node: 0 | 1, by: Hired, envelope: CommandEnvelope, when?: When): Promise<string>
  event(node: 0 | 1, webhookId: string, event: object, when: When): Promise<string>
  /** The job that does what time has brought. */
  keepDeadlines(node: 0 | 1): Promise<string>
  /** Run acts of the nodes in turns: see `inTurns`. */
  inTurns<T>(
    acts: readonly (() => Promise<T>)[],
    draws: readonly number[],
  ): ReturnType<typeof inTurns<T>>
  close(): Promise<void>
}

export interface Hired {
  readonly userId: string
  readonly tokenHash: Buffer
}

export async function openModelHouse(): Promise<ModelHouse> {
  const database = await testDatabase()
  const connections = [0, 1].map(() =>
    connect(database.url, { maxConnections: 6, onError: () => undefined }),
  )
  const watching = connect(database.url, { maxConnections: 1, onError: () => undefined })
  for (const { pool } of connections) giveTurns(pool)
  const [first, second] = connections.map(({ db }): GatewayContext => ({
    db,
    log: createLog({ level: 'silent' }),
    now: () => new Date(),
    wake: () => undefined,
  }))
  if (!first || !second) throw new Error('There are two nodes.')
  const nodes = [first, second] as const
  await openInstallation(first.db)
  await load({ context: first } as Parameters<typeof load>[0], plainSeller)
  const added = await addShop(first.db, { id: 'shop', name: 'shop', pushUrl: null })
  if (!added.ok) throw new Error(added.error.message)

  const hire = async (
    username: string,
    role: Role,
    limits: { readonly approvalLimit?: number; readonly discountLimit?: number } = {},
  ): Promise<Hired> => {
    const tokenHash = hashToken(randomUUID())
    const userId = await inTransaction(first.db, async (tx) => {
      const id = await insertUser(tx, {
        username,
        displayName: username,
        passwordHash: 'nobody signs in with it',
        roles: [role],
        team: null,
        approvalLimit: null,
        ...limits,
      })
      if (id === null) throw new Error(`${username} is there already.`)
      const expires_at = new Date(Date.now() + 86_400_000)
      await tx
        .insertInto('session')
        .values({ token_hash: tokenHash, user_id: id, expires_at })
        .execute()
      return id
    })
    return { userId, tokenHash }
  }
  const at = (node: 0 | 1, when: When): GatewayContext => ({
    ...nodes[node],
    ...(when === 'long ago' && { now: () => new Date(Date.now() - longAgoMs) }),
  })
  const device = randomUUID()
  const users = {
    karin: await hire('karin', 'approver'),
    lars: await hire('lars', 'approver', { discountLimit: 50_000 }),
    erik: await hire('erik', 'rep', { approvalLimit: 10_000, discountLimit: 50_000 }),
    agneta: await hire('agneta', 'agent'),
    adam: await hire('adam', 'admin'),
  }
  const command: ModelHouse['command'] = async (node, { tokenHash }, envelope, when = 'now') => {
    const origin = { via: 'console', device, address: 'model' } as const
    const answer = await executeCommand(at(node, when), tokenHash, envelope, origin)
    return answer.ok ? `ok ${answer.version}` : answer.error.code
  }
  const set = await command(0, users.adam, {
    id: randomUUID(),
    type: 'policy.set',
    aggregateId: 'approval',
    expectedVersion: 0,
    payload: { rules: [inSteps([users.erik.userId, users.karin.userId]), bought] },
  })
  if (set !== 'ok 1') throw new Error(`The rules were not set: ${set}`)
  const limited = await command(0, users.adam, {
    id: randomUUID(),
    type: 'deadlines.set',
    aggregateId: 'deadlines',
    expectedVersion: 0,
    payload: { ...noDeadlines, expireDays: 30 },
  })
  if (limited !== 'ok 1') throw new Error(`The deadlines were not set: ${limited}`)
  return {
    nodes,
    users,
    articleOf,
    hireTove: () => hire(`tove-${randomUUID().slice(0, 18)}`, 'approver'),
    command,
    async event(node, webhookId, event, when) {
      const answer = await takeIn(at(node, when), webhookId, event)
      if (!answer.ok) return answer.code
      const { state, revision } = answer.receipt.requisition
      return `ok ${state} ${revision}`
    },
    async keepDeadlines(node) {
      await keepDeadlines(nodes[node])
      return 'ok'
    },
    inTurns: (acts, draws) =>
      inTurns(acts, draws, async (pids) => {
        const { rows } = await watching.pool.query<{ all: boolean }>(
          'select bool_and(cardinality(pg_blocking_pids(pid)) > 0) as all from unnest($1::int[]) pid',
          [pids],
        )
        return rows[0]?.all === true
      }),
    async close() {
      for (const { close } of [...connections, watching]) await close()
      await database.drop()
    },
  }
}
