import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { sql, type Kysely } from 'kysely'
import { pino } from 'pino'
import { Webhook } from 'standardwebhooks'
import type { AvailabilityAnswer } from '../../../contract/availability'
import type {
  ProblemDocument,
  StorefrontChangesPage,
  StorefrontEventInput,
  StorefrontReceipt,
} from '../../../contract/storefront'
import { connect } from '../../../gateway/database/connect'
import type { Database } from '../../../gateway/database/schema'
import type { GatewayContext } from '../../../gateway/gateway-context'
import { placeOrder } from '../../../gateway/requisitions/place-order'
import { openInstallation } from '../../../gateway/installation'
import { loadSeed } from '../../../gateway/seed'
import type { Seed } from '../../../gateway/seed'
import { addShop } from '../../../gateway/storefront/manage-shops'
import { storefrontRoutes } from '../../../gateway/storefront/routes'
import { testDatabase } from '../../support/postgres'
import { insertSeller } from './seller-data'

export interface Answer<Body = unknown> {
  readonly status: number
  readonly headers: Headers
  readonly body: Body
  readonly text: string
}

/** A node of the gateway's storefront: real HTTP on its own port, its own pool of connections. */
export interface Node {
  readonly url: string
  readonly db: Kysely<Database>
  readonly context: GatewayContext
  /** What was logged, as pino wrote it. Level 50 is an error. */
  readonly logged: readonly { readonly level: number; readonly msg: string }[]
  close(): Promise<void>
}

/** How a request differs from a well-made one. */
export interface Signing {
  readonly id?: string
  /** Seconds from now. */
  readonly age?: number
  readonly secret?: string
  readonly headers?: Readonly<Record<string, string | null>>
}

/** A migrated database with a small seller, one node, and a shop that knows its secret. */
export class Webshop {
  readonly node: Node
  readonly secret: string
  readonly databaseUrl: string
  readonly #drop: () => Promise<void>
  readonly #more: Node[] = []

  private constructor(node: Node, secret: string, databaseUrl: string, drop: () => Promise<void>) {
    this.node = node
    this.secret = secret
    this.databaseUrl = databaseUrl
    this.#drop = drop
  }

  /** @param options.seed a whole seller instead of the small one */
  static async open(
    options: { readonly now?: () => Date; readonly seed?: () => Seed } = {},
  ): Promise<Webshop> {
    const database = await testDatabase()
    const node = await startNode(database.url, options.now)
    if (options.seed) {
      await openInstallation(node.db)
      const { shop } = await loadSeed(node.context, options.seed)
      return new Webshop(node, shop.secret, database.url, database.drop)
    }
    await insertSeller(node.db)
    const added = await addShop(node.db, { id: 'shop', name: 'Butiken', pushUrl: null })
    if (!added.ok) throw new Error(added.error.message)
    return new Webshop(node, added.secret, database.url, database.drop)
  }

  get db(): Kysely<Database> {
    return this.node.db
  }

  /** Another node on the same database. */
  async anotherNode(): Promise<Node> {
    const node = await startNode(this.databaseUrl, this.node.context.now)
    this.#more.push(node)
    return node
  }

  async close(): Promise<void> {
    for (const node of [this.node, ...this.#more]) await node.close()
    await this.#drop()
  }

  /** Post an event, or any other body, signed as a shop does it. */
  async send<Body = StorefrontReceipt & ProblemDocument>(
    body: StorefrontEventInput | string | Buffer,
    signing: Signing = {},
    node: Node = this.node,
  ): Promise<Answer<Body>> {
    const bytes = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body)
    return this.#fetch(`${node.url}/storefront/v1/events`, bytes.toString(), signing, {
      method: 'POST',
      body: bytes,
      headers: { 'content-type': 'application/json' },
    })
  }

  /** Read the changes feed; `query` is what stands after the path, as it is. */
  async changes<Body = StorefrontChangesPage & ProblemDocument>(
    query = '',
    signing: Signing = {},
    node: Node = this.node,
  ): Promise<Answer<Body>> {
    const path = `/storefront/v1/changes${query}`
    return this.#fetch(`${node.url}${path}`, `GET ${path}`, signing, {})
  }

  /** Ask what can be delivered; `query` is what stands after the path, as it is. */
  async availability<Body = AvailabilityAnswer & ProblemDocument>(
    query: string,
    signing: Signing & { readonly method?: string } = {},
  ): Promise<Answer<Body>> {
    const path = `/storefront/v1/availability${query}`
    const { method = 'GET' } = signing
    return this.#fetch(`${this.node.url}${path}`, `GET ${path}`, signing, { method })
  }

  /**
   * Every change of what has been answered, from a cursor on, page by page. The feed stops below the
   * oldest transaction that still runs anywhere in the server, and other tests have theirs in it.
   */
  async allChanges(since = '', limit = 100) {
    await this.#othersDone()
    const changes: StorefrontChangesPage['changes'][number][] = []
    let cursor = since
    for (;;) {
      const { body } = await this.changes(`?since=${cursor}&limit=${limit}`)
      changes.push(...body.changes)
      cursor = body.cursor
      if (!body.more) return { changes, cursor }
    }
  }

  async #othersDone(): Promise<void> {
    const { rows } = await sql<{ next: string }>`
      select pg_snapshot_xmax(pg_current_snapshot())::text as next`.execute(this.db)
    const next = rows[0]?.next ?? '0'
    const areDone = async () => {
      const found = await sql<{ done: boolean }>`
        select pg_snapshot_xmin(pg_current_snapshot()) >= ${next}::xid8 as done`.execute(this.db)
      return found.rows[0]?.done === true
    }
    while (!(await areDone())) await new Promise((resolve) => setTimeout(resolve, 10))
  }

  async #fetch<Body>(
    url: string,
    content: string,
    signing: Signing,
    init: { method?: string; body?: string | Buffer; headers?: Record<string, string> },
  ): Promise<Answer<Body>> {
    const id = signing.id ?? randomUUID()
    const at = new Date(this.node.context.now().getTime() + (signing.age ?? 0) * 1_000)
    const headers = new Headers({
      ...init.headers,
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      // By the library that shops use, so that we and they mean the same.
      'webhook-signature': new Webhook(signing.secret ?? this.secret).sign(id, at, content),
    })
    for (const [name, value] of Object.entries(signing.headers ?? {})) {
      if (value === null) headers.delete(name)
      else headers.set(name, value)
    }
    const response = await fetch(url, { ...init, headers } as RequestInit)
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') ?? false
    const { status } = response
    return {
      status,
      headers: response.headers,
      text,
      body: (isJson && text !== '' ? JSON.parse(text) : text) as Body,
    }
  }
}

async function startNode(databaseUrl: string, now: () => Date = () => new Date()): Promise<Node> {
  const logged: { level: number; msg: string }[] = []
  const log = pino({ level: 'debug' }, { write: (line: string) => logged.push(JSON.parse(line)) })
  const connection = connect(databaseUrl, { maxConnections: 8, onError: () => undefined })
  const context: GatewayContext = { db: connection.db, log, now, wake: () => undefined }
  const app = new Hono().route('/storefront/v1', storefrontRoutes(context, { placeOrder }))
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise<void>((resolve) => {
    if (server.listening) resolve()
    else server.once('listening', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    db: connection.db,
    context,
    logged,
    async close() {
      await new Promise((resolve) => {
        server.close(resolve)
        if ('closeAllConnections' in server) server.closeAllConnections()
      })
      await connection.close()
    },
  }
}
