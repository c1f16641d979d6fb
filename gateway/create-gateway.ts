import { Server as HttpsServer } from 'node:https'
import type { Logger } from 'pino'
import { signInLimits } from './access/sign-in'
import { openAnchor, type AnchorSettings } from './audit/anchor'
import { keepBackups, type BackupSettings } from './backup/keep'
import { serveConsoles } from './console/namespace'
import { closing, type Closing } from './closing'
import { connect, type Connection } from './database/connect'
import { laterMigrations } from './database/migrate'
import { reachServer, type DatabaseChoice } from './database/reach'
import { upgrade } from './database/upgrade'
import { followFeed } from './feed/tail'
import type { GatewayContext } from './gateway-context'
import { httpApp } from './http/app'
import { drainOf } from './http/drain'
import { addressesBehind } from './http/identify'
import { listen, webServer } from './http/listen'
import { followTls, readCredentials, type Credentials, type TlsFiles } from './http/tls'
import { openInstallation } from './installation'
import { startJobs } from './jobs/start'
import { createLog } from './log'
import type { MailSettings } from './mail/settings'
import { createMetrics } from './metrics'
import { GatewayStartError } from './start-error'

/** What a console asks, a search above all, must not keep the database busy for longer. */
const questionTimeoutMs = 5_000
const mostQuestionsAtOnce = 6
/** How long an answer is waited for on the line that tells whether the database is there. */
const followingTimeoutMs = 5_000
/** Six seconds at the door at most and two for the rest: less than the ten docs/operations.md promises. */
const closeWithinMs = 8_000
const closeGraceMs = 500

export interface GatewayOptions extends DatabaseChoice {
  /** Address to listen on; loopback unless told otherwise. */
  readonly host?: string
  /** 0 takes any free port. */
  readonly port?: number
  /** Where the audit's seals are anchored; with a data folder there, unless this says otherwise. */
  readonly audit?: AnchorSettings
  /** The backups that a gateway with its own database makes by itself. */
  readonly backups?: BackupSettings
  /** How customers are mailed; without, they are not. */
  readonly mail?: MailSettings
  /** Web origins that may open a socket. The console needs none. */
  readonly allowedOrigins?: readonly string[]
  readonly maxConnections?: number
  /** Proxies of ours in front, by which `X-Forwarded-For` is read; 0, the header means nothing. */
  readonly trustProxy?: number
  /** Serve TLS by these files, which may be replaced at any time. */
  readonly tls?: TlsFiles
  /** How long to say that no more work is wanted, and go on working, before closing; 0 by default. */
  readonly drainDelayMs?: number
  readonly log?: Logger
  /** The clock, so that tests can turn it. */
  readonly now?: () => Date
}

export interface Gateway {
  /** Where it listens, e.g. `http://127.0.0.1:4100`. */
  readonly url: string
  /** What the gateway's parts share; for tools that run in its process. */
  readonly context: GatewayContext
  /** Read the certificate's files again now; nothing where there are none. */
  reload(): Promise<void>
  /**
   * Say for `drainDelayMs` that no more work is wanted, then stop taking requests, finish those at
   * hand, say goodbye to the consoles and close the database. Called again it waits no longer.
   */
  close(): Promise<void>
}

export { GatewayStartError }

/**
 * Start a gateway: its database, the schema's migrations, the feed, HTTP and sockets.
 * @throws GatewayStartError when something it needs is not to be had; whatever had been started is
 * closed again.
 */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const log = options.log ?? createLog()
  const closers = closing({ withinMs: closeWithinMs, graceMs: closeGraceMs, log })
  try {
    const credentials = await credentialsOf(options, log)
    const { url: databaseUrl, ...connections } = await openDatabase(options, log, closers)
    const { connection, questions, following } = connections
    const anchor = await openAnchor(options.audit ?? {}, embeddedIn(options), log)
    if (anchor === null)
      log.warn('the audit is sealed but not anchored outside the database; see --audit-anchor')
    const backups = keepBackups(embeddedIn(options), options.backups ?? {}, {
      databaseUrl,
      log,
      now: options.now ?? (() => new Date()),
    })
    await insistOnKnownSchema(connection.db)
    await backups.beforeUpgrade(connection.db)
    const migrated = await upgrade(databaseUrl, onLostConnection(log))
    if (migrated.length > 0) log.info({ migrated }, 'the database was brought up to this version')
    const installation = await openInstallation(connection.db)

    let wake = () => {}
    const context: GatewayContext = {
      db: connection.db,
      log,
      now: options.now ?? (() => new Date()),
      wake: () => wake(),
    }
    // Lines that went dead without a word look as good as any: all that were open then are let go of.
    const tail = await followFeed({ db: following.db, log }, following.pool, () => {
      for (const { breakOff } of Object.values(connections)) breakOff()
    })
    closers.add(() => tail.close())
    wake = () => tail.wake()

    const departure = departureAfter(options.drainDelayMs ?? 0)
    const metrics = createMetrics({
      pools: { commands: connection.pool, questions: questions.pool, feed: following.pool },
      isReady: () => tail.healthy() && !departure.isBegun(),
    })
    const stopMeasuring = tail.onMove(() => metrics.feedPosition.set(tail.position()))
    closers.add(stopMeasuring)
    if (!options.mail) log.info('no mail is sent to customers; see --smtp-url-file')
    const jobs = startJobs(context, tail, metrics, anchor, options.mail ?? null)
    closers.add(() => jobs.stop())
    const backingUp = backups.start(metrics)
    closers.add(() => backingUp.stop())

    const trustedHops = options.trustProxy ?? 0
    const app = httpApp({
      context,
      health: {
        db: following.db,
        tail,
        isDraining: departure.isBegun,
        isMailWell: jobs.mailing?.isWell ?? null,
      },
      tail,
      metrics,
      limits: signInLimits(connection.pool),
      addressOf: addressesBehind(trustedHops),
    })
    const server = webServer(app, credentials)
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
    const listening = await listen(server, options.host ?? '127.0.0.1', options.port ?? 0)
    if (!listening.ok) {
      const { message, cause } = listening
      throw new GatewayStartError('cannot_listen', message, { cause })
    }
    const { url } = listening
    closers.add(() => drain.close((withinMs) => consoles.close(withinMs)))
    const noteValidity = ({ validTo }: Credentials) =>
      metrics.certificateValidTo.set(validTo.getTime() / 1_000)
    if (credentials) noteValidity(credentials)
    const followed =
      server instanceof HttpsServer && options.tls
        ? followTls(server, options.tls, { log, changed: noteValidity })
        : null
    closers.add(() => followed?.stop())
    log.info({ url }, 'the gateway is listening')
    return {
      url,
      context,
      reload: async () => followed?.reload(),
      close: () => departure.begin(() => closers.closeAll()),
    }
  } catch (error) {
    await closers.closeAll()
    throw error
  }
}

/** A departure that is announced for a while before it happens. */
function departureAfter(delayMs: number) {
  let departing: Promise<void> | null = null
  let goNow = () => {}
  return {
    isBegun: () => departing !== null,
    begin(depart: () => Promise<void>): Promise<void> {
      goNow()
      departing ??= new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, delayMs)
        goNow = () => {
          clearTimeout(timer)
          resolve()
        }
      }).then(depart)
      return departing
    },
  }
}

async function credentialsOf({ tls }: GatewayOptions, log: Logger): Promise<Credentials | null> {
  if (tls === undefined) return null
  const read = await readCredentials(tls)
  if (!read.ok) throw new GatewayStartError('wrong_certificate', read.message)
  const { validTo } = read.credentials
  // It may still be replaced, but until then no console takes it.
  if (validTo.getTime() < Date.now()) log.error({ validTo }, 'the certificate is no longer valid')
  return read.credentials
}

/** A database that a later version has been at must not be written to by rules that are no longer its own. */
async function insistOnKnownSchema(db: Connection['db']): Promise<void> {
  const later = await laterMigrations(db)
  if (later.length === 0) return
  throw new GatewayStartError(
    'database_newer',
    `A later version of Kontor has brought the database up to ${later.at(-1)}. Start that version, ` +
      'or go back to a backup from before it.',
  )
}

/** The data folder of a gateway that runs its own database. */
function embeddedIn({ databaseUrl, dataDir }: GatewayOptions): string | undefined {
  return databaseUrl === undefined ? dataDir : undefined
}

async function openDatabase(
  options: GatewayOptions,
  log: Logger,
  closers: Closing,
): Promise<
  { readonly url: string } & Readonly<Record<'connection' | 'questions' | 'following', Connection>>
> {
  const { url, stop } = await reachServer(options, log)
  // Its own database is never left running, nor in the middle of its end.
  closers.add(stop, { always: true })
  const open = (settings: Omit<Parameters<typeof connect>[1], 'onError'>) => {
    const connection = connect(url, { ...settings, onError: onLostConnection(log) })
    const { close, breakOff } = connection
    closers.add(close, { breakOff })
    return connection
  }
  const connection = open({
    maxConnections: options.maxConnections ?? 20,
    mailsCustomers: options.mail !== undefined,
  })
  // Apart from the others, so that no search keeps a command waiting for a connection.
  const questions = open({
    maxConnections: mostQuestionsAtOnce,
    statementTimeoutMs: questionTimeoutMs,
    // The server breaks it off; this is for a server that is not heard any more.
    queryTimeoutMs: 2 * questionTimeoutMs,
    mayScan: true,
  })
  // One listens and calls the others, one reads, one tells whether the database is there: however busy
  // the commands, the feed goes on.
  const following = open({ maxConnections: 3, queryTimeoutMs: followingTimeoutMs })
  try {
    await connection.pool.query('select 1')
  } catch (error) {
    throw new GatewayStartError(
      'database_unreachable',
      `The database cannot be reached: ${(error as Error).message}`,
      { cause: error },
    )
  }
  return { url, connection, questions, following }
}

function onLostConnection(log: Logger): (error: Error) => void {
  return (error) => log.warn({ err: error }, 'a database connection was lost')
}
