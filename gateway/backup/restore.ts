import { pipeline } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import { v4 as uuid } from 'uuid'
import { record } from '../audit/record'
import { sealState } from '../audit/seal'
import { migrate, migrationNames } from '../database/migrate'
import { inTransaction, sqlState, type Transaction } from '../database/transaction'
import type { BackupHeader, BackupTable } from './format'
import { BackupProblem, outcomeOf, type BackupFailure } from './outcome'
import { checkBackup, readBackup, type BackupPart } from './read'
import { inSession, migrationLock, type Session } from './session'
import { relationsIn, tablesToBackUp } from './tables'

export interface RestoreOptions {
  /** An empty database, of any PostgreSQL. */
  readonly databaseUrl: string
  readonly file: string
  /** Leave the sessions out: everybody signs in anew. */
  readonly signEverybodyOut?: boolean
}

export interface Restored {
  readonly header: BackupHeader
  /** Minted now: cursors from before are worth nothing, and every console begins from a snapshot. */
  readonly epoch: string
  /** Rows of all tables together. */
  readonly rows: number
}

/**
 * Put a backup into an empty database and bring it up to this version's schema. All of it happens in
 * one transaction: a restore that breaks off leaves the database as empty as it was. The file is read
 * twice, once to see that it is in order before anything is written.
 */
export function restore(
  options: RestoreOptions,
): Promise<(Restored & { readonly ok: true }) | BackupFailure> {
  const { databaseUrl, file, signEverybodyOut = false } = options
  return outcomeOf(async () => {
    const { header } = await checkBackup(file)
    insistOnKnown(header, file)
    return inSession(databaseUrl, async (session) => {
      await insistOnEmpty(session)
      await countPast(session, header.highest)
      const epoch = uuid()
      const rows = await inTransaction(session.db, async (tx) => {
        // A gateway that is started meanwhile waits here, and finds all of it or nothing.
        await session.client.query(`select pg_advisory_xact_lock(${migrationLock})`)
        await insistOnEmpty(session)
        await migrate(tx, header.migrations.at(-1))
        const copied = await copyAll(session, header, file)
        await migrate(tx)
        await beginEpoch(tx, header, { epoch, signEverybodyOut })
        return copied
      })
      // So that the first queries are planned on what is there. Not worth failing for.
      const tables = await tablesToBackUp(session.client)
      const names = tables.map(({ table }) => `"${table}"`).join(', ')
      await session.client.query(`analyze ${names}`).catch(() => undefined)
      return { header, epoch, rows }
    })
  })
}

/** The backup's schema must be one that this version has been through. */
function insistOnKnown({ migrations }: BackupHeader, file: string): void {
  const isKnown = migrations.every((name, at) => migrationNames[at] === name)
  if (isKnown) return
  throw new BackupProblem(
    'backup_too_new',
    `${file} was made by a later version of Kontor (its schema is ${migrations.at(-1)}). Restore it with that version.`,
  )
}

async function insistOnEmpty({ client }: Session): Promise<void> {
  const relations = await relationsIn(client)
  if (relations.length === 0) return
  throw new BackupProblem(
    'database_not_empty',
    `A backup is restored into an empty database only, and this one has tables (${relations.slice(0, 3).join(', ')}, …). Make a new database, or name a new data folder.`,
  )
}

/**
 * Use up transaction numbers until the database is past those that the backup's rows have: whoever
 * reads the feed, or pushes to a shop, stops below the oldest transaction that is still running.
 */
async function countPast({ client }: Session, highest: number): Promise<void> {
  await client.query('set synchronous_commit to off')
  await client.query(`
    do $$ begin
      while pg_current_xact_id() <= '${BigInt(highest)}'::xid8 loop commit; end loop;
    end $$`)
  await client.query('set synchronous_commit to on')
}

async function copyAll(session: Session, header: BackupHeader, file: string): Promise<number> {
  await insistOnTables(session, header, file)
  const parts = readBackup(file)
  let rows = 0
  try {
    for (;;) {
      const { value: part, done } = await parts.next()
      if (done === true) break
      if (part.kind === 'table') rows += await copyTable(session, part.table, parts, file)
    }
  } finally {
    await parts.return(undefined)
  }
  for (const { sequence, value, called } of header.sequences) {
    await session.client.query('select setval($1::regclass, $2, $3)', [
      `"${sequence}"`,
      value,
      called,
    ])
  }
  return rows
}

/** What is in the file must be what the schema has, no more and no less. */
async function insistOnTables({ client }: Session, header: BackupHeader, file: string) {
  const described = (tables: readonly BackupTable[]) =>
    JSON.stringify(
      tables.map(({ table, columns }) => `${table} ${[...columns].sort().join()}`).sort(),
    )
  if (described(await tablesToBackUp(client)) === described(header.tables)) return
  throw new BackupProblem('backup_damaged', `${file} does not hold the tables of its own schema.`)
}

async function copyTable(
  { client }: Session,
  { table, columns }: BackupTable,
  parts: AsyncGenerator<BackupPart>,
  file: string,
): Promise<number> {
  const names = columns.map((column) => `"${column}"`).join(', ')
  const copy = client.query(copyFrom(`copy "${table}" (${names}) from stdin`))
  let rows = 0
  const bytes = async function* () {
    // Not `for await`, which would end the reading of what comes after this table.
    for (;;) {
      const { value: part } = (await parts.next()) as { readonly value?: BackupPart }
      if (part?.kind === 'table_end') rows = part.rows
      if (part?.kind !== 'rows') return
      yield part.bytes
    }
  }
  try {
    await pipeline(bytes, copy)
  } catch (error) {
    // Class 22 and 23: a value that is none, a key that is twice, a row that refers to nothing.
    if (!/^2[23]/.test(sqlState(error) ?? '')) throw error
    const message = `${file} does not fit its own schema: ${(error as Error).message} (${table}).`
    throw new BackupProblem('backup_damaged', message, { cause: error })
  }
  return rows
}

/** Make what was copied a database of its own time: no cursor of the one it comes from fits it. */
async function beginEpoch(
  tx: Transaction,
  header: BackupHeader,
  { epoch, signEverybodyOut }: { readonly epoch: string; readonly signEverybodyOut: boolean },
): Promise<void> {
  await tx.updateTable('installation').set({ epoch, feed_floor: 0 }).execute()
  if (signEverybodyOut) await tx.deleteFrom('session').execute()
  const { latest } = await sealState(tx)
  record(tx, [
    {
      type: 'database.restored',
      actor: { kind: 'system', name: 'gateway' },
      aggregateKind: 'installation',
      aggregateId: header.gateway,
      version: 0,
      data: {
        gateway: header.gateway,
        epoch: header.epoch,
        createdAt: header.createdAt,
        newEpoch: epoch,
        signedEverybodyOut: signEverybodyOut,
        // From where the anchors go on. As text, which is what this connection gives for 8 bytes.
        seal: String(latest?.n ?? 0),
      },
      origin: { via: 'gateway', task: 'restore' },
    },
  ])
}
