import { randomUUID } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import type { Role } from '../../domain/access/roles'
import { hashPassword } from '../../gateway/access/passwords'
import { insertUser } from '../../gateway/access/users'
import { createGateway, type Gateway, type GatewayOptions } from '../../gateway/create-gateway'
import { inTransaction } from '../../gateway/database/transaction'
import { createLog } from '../../gateway/log'
import { addShop } from '../../gateway/storefront/manage-shops'
import { testDatabase } from './postgres'

export interface TestGateway extends Gateway {
  readonly databaseUrl: string
  /** A second node on the same database. */
  anotherNode(): Promise<Gateway>
}

const quiet = () => createLog({ level: process.env['KONTOR_LOG_LEVEL'] ?? 'silent' })

/** A gateway on a database of its own, on a free port; closed and dropped by `close`. */
export async function startTestGateway(
  options: Partial<GatewayOptions> = {},
): Promise<TestGateway> {
  const database = await testDatabase()
  const gateway = await createGateway({ databaseUrl: database.url, log: quiet(), ...options })
  const others: Gateway[] = []
  return {
    ...gateway,
    databaseUrl: database.url,
    async anotherNode() {
      const other = await createGateway({ databaseUrl: database.url, log: quiet(), ...options })
      others.push(other)
      return other
    },
    async close() {
      for (const other of others) await other.close()
      await gateway.close()
      await database.drop()
    },
  }
}

/** What every test user signs in with. */
export const testPassword = 'granit lampa kvarn 7'
// Hashing is slow on purpose; once is enough for all test users.
let hashed: Promise<string> | undefined

export async function addUser(
  gateway: Gateway,
  user: {
    username: string
    roles: readonly Role[]
    team?: string | null
    approvalLimit?: number | null
    discountLimit?: number | null
    marginFloor?: number | null
  },
): Promise<string> {
  hashed ??= hashPassword(testPassword)
  const passwordHash = await hashed
  const id = await inTransaction(gateway.context.db, (tx) =>
    insertUser(tx, {
      username: user.username,
      displayName: user.username[0]?.toUpperCase() + user.username.slice(1),
      passwordHash,
      roles: user.roles,
      team: user.team ?? null,
      approvalLimit: user.approvalLimit ?? null,
      discountLimit: user.discountLimit,
      marginFloor: user.marginFloor,
    }),
  )
  if (id === null) throw new Error(`${user.username} exists already`)
  return id
}

/** Sign in over HTTP; the token. */
export async function signInAs(gateway: Pick<Gateway, 'url'>, username: string): Promise<string> {
  const response = await fetch(`${gateway.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: testPassword }),
  })
  if (response.status !== 201)
    throw new Error(`${username}: ${response.status} ${await response.text()}`)
  return ((await response.json()) as { token: string }).token
}

/** A webshop that may send to the gateway; `send` signs and posts one event, `get` signs what it asks for. */
export async function addTestShop(gateway: Gateway, id = 'shop') {
  const added = await addShop(gateway.context.db, { id, name: id, pushUrl: null })
  if (!added.ok) throw new Error(added.error.message)
  const webhook = new Webhook(added.secret)
  return {
    secret: added.secret,
    async get(path: string, headers: Readonly<Record<string, string>> = {}) {
      const [id, at] = [randomUUID(), new Date()]
      return fetch(gateway.url + path, {
        headers: {
          ...headers,
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
          'webhook-signature': webhook.sign(id, at, `GET ${path}`),
        },
      })
    },
    async send(
      event: object,
      node: Pick<Gateway, 'url'> = gateway,
      webhookId: string = randomUUID(),
    ) {
      const body = JSON.stringify(event)
      const at = new Date()
      const response = await fetch(`${node.url}/storefront/v1/events`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': webhookId,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
          'webhook-signature': webhook.sign(webhookId, at, body),
        },
        body,
      })
      return { status: response.status, body: (await response.json()) as Record<string, unknown> }
    },
  }
}
