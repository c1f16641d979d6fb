import { randomBytes } from 'node:crypto'
import {
  chmod,
  chown,
  lchown,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import type { Account } from './account'
import type { Binaries } from './binaries'
import { newPassword, writePassword } from './credentials'
import { failure, systemCode, type DatabaseLog, type Failure } from './outcome'
import { followServerLog } from './server-log'
import {
  clusterArgument,
  endOf,
  spawnServerProgram,
  workplaceFor,
  type Workplace,
} from './server-process'
import { provisionCluster } from './single-user'

/** What lies at a cluster's path: nothing yet, or a cluster this server can open. Only looks. */
export async function inspectCluster(
  cluster: string,
  major: string,
): Promise<{ readonly ok: true; readonly kind: 'absent' | 'present' } | Failure> {
  const notOurs = (): Failure =>
    failure('data_dir_unusable', `${cluster} is not a PostgreSQL cluster.`, { path: cluster })
  let names: readonly string[]
  try {
    names = await readdir(cluster)
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT') return { ok: true, kind: 'absent' }
    if (systemCode(thrown) === 'ENOTDIR') return notOurs()
    throw thrown
  }
  if (names.length === 0) return { ok: true, kind: 'absent' }
  if (!names.includes('PG_VERSION')) return notOurs()
  const found = (await readFile(join(cluster, 'PG_VERSION'), 'utf8')).trim()
  if (!/^\d+(\.\d+)?$/.test(found)) return notOurs()
  if (found === major) return { ok: true, kind: 'present' }
  return failure(
    'wrong_major_version',
    `The database in ${cluster} was made by PostgreSQL ${found}, and this is PostgreSQL ${major}.`,
    { path: cluster, found, expected: major },
  )
}

const draftPrefix = 'postgres.new-'

/**
 * Makes a cluster with its role, its database and its password. It is made under another name next
 * to its place and moved there when it is whole and on the disk, so a crash leaves nothing half.
 */
export async function createCluster(options: {
  readonly dataDir: string
  readonly cluster: string
  readonly binaries: Binaries
  readonly account: Account | undefined
  readonly log: DatabaseLog
}): Promise<{ readonly ok: true } | Failure> {
  const { dataDir, cluster, binaries, account, log } = options
  await removeDrafts(dataDir)
  const draft = join(dataDir, `${draftPrefix}${randomBytes(6).toString('hex')}`)
  try {
    await mkdir(draft, { mode: 0o700 })
    if (account) await chown(draft, account.uid, account.gid)
    const workplace = await workplaceFor(draft, account)
    const initialised = await runInitdb(workplace, binaries.initdb, log)
    if (!initialised.ok) return initialised
    await writeFile(join(draft, 'pg_hba.conf'), hostRules)
    const password = newPassword()
    const provisioned = await provisionCluster(workplace, binaries.postgres, password, log)
    if (!provisioned.ok) return provisioned
    await writePassword(draft, password, account)
    await syncFile(join(draft, 'pg_hba.conf'))
    await syncFile(draft)
    await rename(draft, cluster)
    await syncFile(dataDir)
    return { ok: true }
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

/** Only the gateway's role, only from this machine, only with its password. */
const hostRules = 'host all kontor 127.0.0.1/32 scram-sha-256\n'

async function runInitdb(
  workplace: Workplace,
  initdb: string,
  log: DatabaseLog,
): Promise<{ readonly ok: true } | Failure> {
  const args = [
    '-D',
    clusterArgument(workplace),
    '--username=postgres',
    '--encoding=UTF8',
    // The same order and the same upper and lower case on every system and for ever: no index
    // breaks when the system's own collations change.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--data-checksums',
    // The superuser has no password and nobody may use it over a connection.
    '--auth=reject',
    '--no-instructions',
  ]
  const child = spawnServerProgram(workplace, initdb, args, 'ignore')
  const output = child.stderr ? followServerLog(child.stderr, log) : undefined
  const end = await endOf(child)
  if (end.problem === undefined) await output?.ended
  if (end.code === 0) return { ok: true }
  return failure('init_failed', 'A new database could not be made.', {
    ...end,
    log: output?.tail() ?? '',
  })
}

async function removeDrafts(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (name.startsWith(draftPrefix))
      // An initdb whose owner was killed may still be writing into it for a moment.
      await rm(join(dataDir, name), {
        recursive: true,
        force: true,
        maxRetries: 20,
        retryDelay: 50,
      })
  }
}

/** Forces a file, or the names in a folder, to the disk. Windows cannot open folders. */
async function syncFile(path: string): Promise<void> {
  const isFolder = (await stat(path)).isDirectory()
  if (isFolder && process.platform === 'win32') return
  const file = await open(path, isFolder ? 'r' : 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/**
 * Sees to it that an existing cluster belongs to the server's user and is closed to others, which
 * the server insists on: a copy put back by root belongs to root.
 */
export async function adoptCluster(
  cluster: string,
  account: Account | undefined,
): Promise<{ readonly ok: true } | Failure> {
  if (process.platform === 'win32') return { ok: true }
  const { uid, mode } = await stat(cluster)
  if (account !== undefined) {
    // The cluster itself comes last: when it has its new owner, everything in it has.
    if (uid !== account.uid) await chownTree(cluster, account)
  } else if (uid !== process.getuid?.()) {
    return failure(
      'data_dir_unusable',
      `The database in ${cluster} belongs to another user (uid ${uid}).`,
      { path: cluster, uid },
    )
  }
  if ((mode & 0o777) !== 0o700) await chmod(cluster, 0o700)
  return { ok: true }
}

async function chownTree(path: string, account: Account): Promise<void> {
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const inside = join(path, entry.name)
    if (entry.isDirectory()) await chownTree(inside, account)
    else await lchown(inside, account.uid, account.gid)
  }
  await chown(path, account.uid, account.gid)
}
