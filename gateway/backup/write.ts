import { createHash } from 'node:crypto'
import { pipeline, Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import { to as copyTo } from 'pg-copy-streams'
import { refuseExisting, writeWhole } from './files'
import {
  backupFormat,
  endOfRows,
  type BackupHeader,
  type BackupTable,
  type BackupTrailer,
} from './format'
import { BackupProblem, outcomeOf, type BackupFailure } from './outcome'
import { highestNumber, insistOnPortable, rowsOf } from './portable'
import { checkBackup } from './read'
import { inSession, migrationLock, type Session } from './session'
import { readSequences, tablesToBackUp } from './tables'

export interface BackupOptions {
  readonly databaseUrl: string
  readonly file: string
  /** Replace a file that is there. */
  readonly force?: boolean
  readonly now?: () => Date
  /** Breaks it off; nothing is left behind. */
  readonly signal?: AbortSignal
}

export interface BackupMade {
  readonly header: BackupHeader
  readonly trailer: BackupTrailer
  /** Length of the file. */
  readonly bytes: number
}

/** Fast rather than small: a backup must not keep a processor from the gateway for long. */
const compression = 3

/**
 * Write everything in a database into one file, as it was at one moment, while gateways go on. The
 * memory it takes does not grow with the database. The file is read back before it gets its name.
 */
export function backUp(
  options: BackupOptions,
): Promise<(BackupMade & { readonly ok: true }) | BackupFailure> {
  const { databaseUrl, file, force = false, now = () => new Date(), signal } = options
  return outcomeOf(async () => {
    // Before the database is asked for anything.
    await refuseExisting(file, force)
    const work = async (session: Session): Promise<BackupMade> => {
      const header = await beginSnapshot(session, now())
      let trailer: BackupTrailer | undefined
      const lines = Readable.from(contents(session, header, (made) => (trailer = made)))
      // Whatever breaks off is told by the last of the streams.
      const packed = pipeline(lines, createGzip({ level: compression }), () => undefined)
      const bytes = await writeWhole(file, packed, {
        force,
        check: async (draft) => void (await checkBackup(draft, signal)),
      })
      if (!trailer) throw new Error('The backup was written without its end.')
      return { header, trailer, bytes }
    }
    return inSession(databaseUrl, work, signal)
  })
}

/** Open the transaction all rows are read in, and see what there is to be read. */
async function beginSnapshot({ client }: Session, now: Date): Promise<BackupHeader> {
  // No migration is under way when the snapshot is taken, and none can begin before the locks of
  // the tables keep it waiting: the columns read here are those of the rows.
  await client.query(`select pg_advisory_lock_shared(${migrationLock})`)
  await client.query('begin isolation level repeatable read read only')
  const found = await client.query<{ exists: boolean }>(
    `select to_regclass('kysely_migration') is not null
      and to_regclass('installation') is not null as exists`,
  )
  if (!found.rows[0]?.exists) throw nothingHere()
  const tables = await tablesToBackUp(client)
  const names = tables.map(({ table }) => `"${table}"`).join(', ')
  await client.query(`lock table ${names} in access share mode`)
  await client.query(`select pg_advisory_unlock_shared(${migrationLock})`)
  await insistOnPortable(client, tables)
  const migrations = await client.query<{ name: string }>(
    'select name from kysely_migration order by name',
  )
  const installation = await client.query<{ gateway: string; epoch: string }>(
    'select gateway_id as gateway, epoch from installation',
  )
  const [identity] = installation.rows
  if (!identity) throw nothingHere()
  return {
    app: 'kontor',
    format: backupFormat,
    migrations: migrations.rows.map(({ name }) => name),
    ...identity,
    createdAt: now.toISOString(),
    tables: [...tables],
    sequences: await readSequences(client),
    highest: await highestNumber(client, tables),
  }
}

function nothingHere(): BackupProblem {
  return new BackupProblem(
    'no_kontor_database',
    'There is no data of Kontor’s in this database: no gateway has ever been started on it.',
  )
}

/** The lines of the file, before they are packed. Rows go by in the pieces they come in. */
async function* contents(
  session: Session,
  header: BackupHeader,
  made: (trailer: BackupTrailer) => void,
): AsyncGenerator<Buffer> {
  const whole = createHash('sha256')
  const content = createHash('sha256')
  const rows: Record<string, number> = {}
  const head = line(header)
  whole.update(head)
  yield head
  for (const table of header.tables) {
    const parts = tableLines(session, table, header.tables, (count) => {
      rows[table.table] = count
    })
    for await (const part of parts) {
      whole.update(part)
      content.update(part)
      yield part
    }
  }
  const trailer = { rows, sha256: whole.digest('hex'), contentSha256: content.digest('hex') }
  made(trailer)
  yield line(trailer)
}

async function* tableLines(
  { client }: Session,
  table: BackupTable,
  all: readonly BackupTable[],
  done: (rows: number) => void,
): AsyncGenerator<Buffer> {
  yield line(table)
  const copy = client.query(copyTo(`copy ${rowsOf(table, all)} to stdout`))
  let rows = 0
  for await (const part of copy as AsyncIterable<Buffer>) {
    rows += countLines(part)
    yield part
  }
  // The rows end before the server has said how many they were: that stands before the next answer.
  await client.query('select')
  if (rows !== copy.rowCount) throw new Error(`Rows of ${table.table} were counted wrongly.`)
  done(rows)
  yield Buffer.from(`${endOfRows}\n`)
}

function line(value: object): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n`)
}

/** Each row is one line: COPY writes the line breaks within values otherwise. */
function countLines(part: Buffer): number {
  let count = 0
  for (let at = part.indexOf(10); at !== -1; at = part.indexOf(10, at + 1)) count += 1
  return count
}
