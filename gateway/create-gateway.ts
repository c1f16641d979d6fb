import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { Logger } from 'pino'
import { signInLimits } from './access/sign-in'
import { serveConsoles } from './console/namespace'
import { connect, type Connection } from './database/connect'
import { startEmbeddedPostgres, type EmbeddedPostgres } from './database/embedded/start'
import { migrate } from './database/migrate'
import { followFeed } from './feed/tail'
import type { GatewayContext } from './gateway-context'
import { httpApp } from './http/app'
import { drainOf } from './http/drain'
import { addressesBehind } from './http/identify'
import { openInstallation } from './installation'
import { startJobs } from './jobs/start'
import { createLog } from './log'
import { createMetrics } from './metrics'

/** What a console asks, a search above all, must not keep the database busy for longer. */
const questionTimeoutMs = 5_000
const mostQuestionsAtOnce = 6

export interface GatewayOptions {
  /** Address to listen on; loopback unless told otherwise. */
  readonly host?: string
  /** 0 takes any free port. */
  readonly port?: number
  /** A PostgreSQL server. Without it the gateway runs its own, in `dataDir`. */
  readonly databaseUrl?: string
  /** Where the embedded database lives; needed without `databaseUrl`. */
  readonly dataDir?: string
  /** Web origins that may open a socket. The console needs none. */
  readonly allowedOrigins?: readonly string[]
  readonly maxConnections?: number
  /** Proxies of ours in front, by which `X-Forwarded-For` is read; 0, the header means nothing. */
  readonly trustProxy?: number
  readonly log?: Logger
  /** The clock, so that tests can turn it. */
  readonly now?: () => Date
}

export interface Gateway {
  /** Where it listens, e.g. `http://127.0.0.1:4100`. */
  readonly url: string
  /** What the gateway's parts share; for tools that run in its process. */
  readonly context: GatewayContext
  /** Stop taking requests, finish those at hand, say goodbye to the consoles, close the database. */
  close(): Promise<void>
}

/** Why a gateway could not start, in words for the person who started it. */
export class GatewayStartError extends Error {
  readonly code: string
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/**
 * Start a gateway: its database, the schema's migrations, the feed, HTTP and sockets.
 * @throws GatewayStartError when something it needs is not to be had; whatever had been started is
 * closed again.
 */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const log = options.log ?? createLog()
  const closers: (() => Promise<void>)[] = []
  const closeAll = async () => {
    for (const close of closers.splice(0).reverse()) {
      await close().catch((error: unknown) => log.error({ err: error }, 'something did not close'))
    }
  }
  try {
    const { connection, questions, following } = await openDatabase(options, log, closers)
    const migrated = await migrate(connection.db)
    if (migrated.length > 0) log.info({ migrated }, 'the database was brought up to this version')
    const installation = await openInstallation(connection.db)

    let wake = () => {}
    const context: GatewayContext = {
      db: connection.db,
      log,
      now: options.now ?? (() => new Date()),
      wake: () => wake(),
    }
    const tail = await followFeed({ db: following.db, log }, following.pool)
    closers.push(() => tail.close())
    wake = () => tail.wake()

    const metrics = createMetrics()
    const stopMeasuring = tail.onMove(() => metrics.feedPosition.set(tail.position()))
    closers.push(async () => {
      await Promise.resolve()
      stopMeasuring()
    })
    const jobs = startJobs(context, tail, metrics)
    closers.push(() => jobs.stop())

    const trustedHops = options.trustProxy ?? 0
    const app = httpApp({
      context,
      tail,
      metrics,
      limits: signInLimits(connection.pool),
      addressOf: addressesBehind(trustedHops),
    })
    const answer = getRequestListener(app.fetch)
    const server = createServer((request, response) => void answer(request, response))
    server.requestTimeout = 60_000
    server.headersTimeout = 20_000
    const consoles = serveConsoles(server, {
      context,
      tail,
      metrics,
      installation: { gateway: installation.gatewayId, epoch: installation.epoch },
      allowedOrigins: options.allowedOrigins ?? [],
      trustedHops,
      questions: questions.db,
    })
    const drain = drainOf(server)
    const host = options.host ?? '127.0.0.1'
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => {
        const message =
          error.code === 'EADDRINUSE'
            ? `Port ${options.port} is taken. Stop what uses it, or choose another with --port.`
            : `Cannot listen on ${host}:${options.port}: ${error.message}`
        reject(new GatewayStartError('cannot_listen', message, { cause: error }))
      })
      server.listen(options.port ?? 0, host, resolve)
    })
    closers.push(() => drain.close((withinMs) => consoles.close(withinMs)))
    const { port } = server.address() as AddressInfo
    const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
    log.info({ url }, 'the gateway is listening')
    return { url, context, close: closeAll }
  } catch (error) {
    await closeAll()
    throw error
  }
}

async function openDatabase(
  options: GatewayOptions,
  log: Logger,
  closers: (() => Promise<void>)[],
): Promise<Readonly<Record<'connection' | 'questions' | 'following', Connection>>> {
  let url = options.databaseUrl
  if (url === undefined) {
    if (options.dataDir === undefined) {
      throw new GatewayStartError(
        'no_database',
        'Say where the data is to live (--data-dir) or which PostgreSQL to use (--database-url).',
      )
    }
    const embedded = await startEmbedded(options.dataDir, log)
    closers.push(() => embedded.stop())
    url = embedded.url
  }
  const onError = (error: Error) => log.warn({ err: error }, 'a database connection was lost')
  const connection = connect(url, { maxConnections: options.maxConnections ?? 20, onError })
  closers.push(() => connection.close())
  // Apart from the others, so that no search keeps a command waiting for a connection.
  const questions = connect(url, {
    maxConnections: mostQuestionsAtOnce,
    statementTimeoutMs: questionTimeoutMs,
    onError,
  })
  closers.push(() => questions.close())
  // One listens, one reads, one calls the others: however busy the commands, the feed goes on.
  const following = connect(url, { maxConnections: 3, onError })
  closers.push(() => following.close())
  try {
    await connection.pool.query('select 1')
  } catch (error) {
    throw new GatewayStartError(
      'database_unreachable',
      `The database cannot be reached: ${(error as Error).message}`,
      { cause: error },
    )
  }
  return { connection, questions, following }
}

async function startEmbedded(dataDir: string, log: Logger): Promise<EmbeddedPostgres> {
  const started = await startEmbeddedPostgres({ dataDir, log: log.child({ part: 'postgres' }) })
  if (!started.ok) throw new GatewayStartError(started.error.code, started.error.message)
  return started.server
}
