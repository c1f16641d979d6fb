import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { serverAccount } from './account'
import { provideBinaries, type Binaries } from './binaries'
import { adoptCluster, createCluster, inspectCluster } from './cluster'
import { databaseName, newPassword, readPassword, roleName, writePassword } from './credentials'
import { settleLeftover } from './leftover'
import { failure, systemCode, type DatabaseLog, type Failure } from './outcome'
import { claimOwnership } from './owner-claim'
import { launchPostmaster, type Postmaster, type ServerEnd } from './postmaster'
import { workplaceFor, type Workplace } from './server-process'
import { replacePassword } from './single-user'
import { watchOver } from './watchdog'

export interface EmbeddedPostgresOptions {
  /** The folder the database lives in; made when it is not there. One process at a time owns it. */
  readonly dataDir: string
  readonly log: DatabaseLog
  /**
   * Where the binaries are copied when they cannot be run where they lie. Default: a folder in
   * `dataDir`; as root `/var/cache/kontor`, since the server's user must be able to reach it.
   */
  readonly cacheDir?: string
  /** The port to serve at; any free one unless told otherwise. */
  readonly port?: number
  /** More flags for the server, after ours: for tests that trade safety for speed. */
  readonly extraFlags?: readonly string[]
  /** How long the server may take to be ready, recovery after a crash included. Default 120,000. */
  readonly timeoutMs?: number
}

export interface EmbeddedPostgres {
  /** With role, password and database: `postgresql://kontor:…@127.0.0.1:49152/kontor?…`. */
  readonly url: string
  readonly port: number
  /** The server's own version: `18.4`. */
  readonly version: string
  /** Process id of the server. */
  readonly pid: number
  /** Ends the server in order and gives the data folder free. May be called more than once. */
  stop(): Promise<void>
  /** Resolves when the server has ended, by `stop` or by itself. */
  readonly exited: Promise<ServerEnd>
}

export type EmbeddedPostgresStart =
  { readonly ok: true; readonly server: EmbeddedPostgres } | Failure

/**
 * Starts the PostgreSQL that comes with us on `dataDir`, making its database first if there is
 * none, and resolves when it answers. What a former owner left behind when it was killed (a server
 * still running, stale lock files, a half-made cluster) is put in order on the way.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgresStart> {
  const dataDir = resolve(options.dataDir)
  try {
    return await startIn(dataDir, options)
  } catch (thrown) {
    const code = systemCode(thrown)
    if (code === undefined) throw thrown
    const { path = dataDir, message } = thrown as NodeJS.ErrnoException
    return failure('data_dir_unusable', `The data folder cannot be used: ${message}`, {
      path,
      code,
    })
  }
}

async function startIn(
  dataDir: string,
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgresStart> {
  const cluster = join(dataDir, 'postgres')
  const account = serverAccount(cluster)
  const cacheDir =
    options.cacheDir ?? (account ? '/var/cache/kontor' : join(dataDir, 'postgres-binaries'))
  const provided = await provideBinaries({ account, cacheDir })
  if (!provided.ok) return provided
  const { binaries } = provided
  // Before the folder is claimed: what another version made is not touched at all.
  const inspected = await inspectCluster(cluster, binaries.major)
  if (!inspected.ok) return inspected

  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const claimed = await claimOwnership(join(dataDir, 'postgres-owner'))
  if (!claimed.ok) return claimed
  const { claim } = claimed
  let started: EmbeddedPostgresStart | undefined
  try {
    started = await startOwned({ ...options, dataDir, cluster, account, binaries })
  } finally {
    if (!started?.ok) await claim.release()
  }
  if (!started.ok) return started
  const { server } = started
  const exited = server.exited.then(async (end) => {
    await claim.release().catch((thrown: unknown) => {
      // The next owner sees by itself that we are gone.
      options.log.warn({ error: String(thrown) }, 'the data folder was not given free')
    })
    return end
  })
  const stop = async (): Promise<void> => {
    await server.stop()
    await exited
  }
  return { ok: true, server: { ...server, exited, stop } }
}

interface OwnedStart extends EmbeddedPostgresOptions {
  readonly cluster: string
  readonly account: ReturnType<typeof serverAccount>
  readonly binaries: Binaries
}

async function startOwned(owned: OwnedStart): Promise<EmbeddedPostgresStart> {
  const { cluster, account, binaries, log } = owned
  // Looked at again: its former owner may have made it while we waited to become the owner.
  const inspected = await inspectCluster(cluster, binaries.major)
  if (!inspected.ok) return inspected
  const prepared =
    inspected.kind === 'absent' ? await createCluster(owned) : await adoptCluster(cluster, account)
  if (!prepared.ok) return prepared

  const workplace = await workplaceFor(cluster, account)
  const settled = await settleLeftover(workplace.cluster, binaries.pgCtl, log)
  if (!settled.ok) return settled
  return serve(owned, workplace, await readPassword(cluster))
}

/** Launches the server with the stored password, or, when that is lost, with a new one. */
async function serve(
  owned: OwnedStart,
  workplace: Workplace,
  stored: string | undefined,
): Promise<EmbeddedPostgresStart> {
  const password = stored ?? newPassword()
  if (stored === undefined) {
    owned.log.warn({}, 'the database password was lost; setting a new one')
    const replaced = await replacePassword(workplace, owned.binaries.postgres, password, owned.log)
    if (!replaced.ok) return replaced
    await writePassword(workplace.cluster, password, workplace.account)
  }
  const launched = await launchPatiently(owned, workplace)
  if (!launched.ok) return launched
  const { postmaster } = launched

  const url = addressOf(postmaster.port, password)
  const greeting = await greet(url)
  if (greeting.kind === 'welcome') {
    const watchdog = watchOver(postmaster.pid, workplace.account, owned.log)
    void postmaster.exited.then(() => watchdog.dismiss())
    const { port, pid, exited, stop } = postmaster
    return { ok: true, server: { url, port, pid, version: greeting.version, exited, stop } }
  }
  await postmaster.stop()
  if (greeting.kind === 'wrong password' && stored !== undefined) {
    return serve(owned, workplace, undefined)
  }
  return failure('start_failed', `The database does not let us in: ${greeting.message}`, {
    log: postmaster.tail(),
  })
}

/** Says `sslmode` so that no setting in the environment asks for a TLS that is not offered here. */
const addressOf = (port: number, password: string): string =>
  `postgresql://${roleName}:${password}@127.0.0.1:${port}/${databaseName}?sslmode=disable`

const portAttempts = 5
const lingeringPatienceMs = 10_000

async function launchPatiently(
  owned: OwnedStart,
  workplace: Workplace,
): Promise<{ readonly ok: true; readonly postmaster: Postmaster } | Failure> {
  const { binaries, log, port, extraFlags = [], timeoutMs = 120_000 } = owned
  const startedAt = Date.now()
  for (let attempt = 1; ;) {
    const { postgres, pgCtl } = binaries
    const request = { workplace, postgres, pgCtl, port, extraFlags, timeoutMs, log }
    const outcome = await launchPostmaster(request)
    switch (outcome.kind) {
      case 'ready':
        return { ok: true, postmaster: outcome.postmaster }
      case 'port taken':
        if (port === undefined && attempt++ < portAttempts) continue
        return failure('start_failed', 'No free port was found for the database.')
      case 'lingering':
        if (Date.now() - startedAt < lingeringPatienceMs) {
          await sleep(100)
          continue
        }
        return failure(
          'start_failed',
          'Processes of a database server that was killed still use the data folder.',
          { log: outcome.log },
        )
      case 'timed out':
        return failure('start_timed_out', `The database was not ready within ${timeoutMs} ms.`, {
          log: outcome.log,
        })
      case 'ended':
        return failure('start_failed', 'The database server ended before it was ready.', {
          ...outcome.end,
          log: outcome.log,
        })
    }
  }
}

type Greeting =
  | { readonly kind: 'welcome'; readonly version: string }
  | { readonly kind: 'wrong password' | 'refused'; readonly message: string }

/** Signs in once: proves the password and the database, which the server's own word does not. */
async function greet(url: string): Promise<Greeting> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  // A server that ends while we are at it is told by the query that fails.
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ server_version: string }>('show server_version')
    return { kind: 'welcome', version: rows[0]?.server_version ?? '' }
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown)
    // 28P01: invalid_password, https://www.postgresql.org/docs/18/errcodes-appendix.html
    const isPassword = (thrown as { code?: string }).code === '28P01'
    return { kind: isPassword ? 'wrong password' : 'refused', message }
  } finally {
    await client.end().catch(() => undefined)
  }
}
