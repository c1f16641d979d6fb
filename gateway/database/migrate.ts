import { sql, type Kysely } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import * as foundation from './migrations/0001-foundation'
import * as masterData from './migrations/0002-master-data'
import * as requisitions from './migrations/0003-requisitions'
import * as rateLimit from './migrations/0004-rate-limit'
import * as demand from './migrations/0005-demand'
import * as auditSeals from './migrations/0006-audit-seals'
import * as leanWrites from './migrations/0007-lean-writes'
import * as approval from './migrations/0008-approval'
import * as revisions from './migrations/0009-revisions'
import * as mail from './migrations/0010-mail'
import * as revalidation from './migrations/0011-revalidation'
import * as quotes from './migrations/0012-quotes'
import * as deadlines from './migrations/0013-deadlines'
import * as buyerSteps from './migrations/0014-buyer-steps'
import * as customerGroups from './migrations/0015-customer-groups'
import * as attachments from './migrations/0016-attachments'
import * as shopStock from './migrations/0017-shop-stock'
import * as stockHolds from './migrations/0018-stock-holds'
import * as stockColumns from './migrations/0019-stock-columns'
import type { Database } from './schema'

/** In the order of their names; a released one never changes. */
const migrations: Record<string, Migration> = {
  '0001-foundation': foundation,
  '0002-master-data': masterData,
  '0003-requisitions': requisitions,
  '0004-rate-limit': rateLimit,
  '0005-demand': demand,
  '0006-audit-seals': auditSeals,
  '0007-lean-writes': leanWrites,
  '0008-approval': approval,
  '0009-revisions': revisions,
  '0010-mail': mail,
  '0011-revalidation': revalidation,
  '0012-quotes': quotes,
  '0013-deadlines': deadlines,
  '0014-buyer-steps': buyerSteps,
  '0015-customer-groups': customerGroups,
  '0016-attachments': attachments,
  '0017-shop-stock': shopStock,
  '0018-stock-holds': stockHolds,
  '0019-stock-columns': stockColumns,
}

/** Every migration this version knows, in the order they are carried out in. */
export const migrationNames: readonly string[] = Object.keys(migrations).sort()

/**
 * Bring the database up to this version's schema, or to that of the migration `upTo`. Kysely holds an
 * advisory lock meanwhile, so nodes that start together migrate once. Within a transaction it is done
 * or undone with it.
 * @throws when a migration fails; what it had done is rolled back.
 */
export async function migrate(
  db: Kysely<Database>,
  upTo = migrationNames.at(-1) ?? '',
): Promise<readonly string[]> {
  const { error, results } = await migratorOf(db).migrateTo(upTo)
  if (error instanceof Error) throw error
  if (error !== undefined) throw new Error('A migration failed.', { cause: error })
  return (results ?? [])
    .filter((result) => result.status === 'Success')
    .map((result) => result.migrationName)
}

/** What `migrate` would do: nothing, in a database of this version; everything, in an empty one. */
export async function pendingMigrations(db: Kysely<Database>): Promise<readonly string[]> {
  const all = await migratorOf(db).getMigrations()
  return all.filter(({ executedAt }) => executedAt === undefined).map(({ name }) => name)
}

/** Migrations of a later version that the database has been through; none as a rule. */
export async function laterMigrations(db: Kysely<Database>): Promise<readonly string[]> {
  const { rows: tables } = await sql<{ there: boolean }>`
    select to_regclass('kysely_migration') is not null as there`.execute(db)
  if (!tables[0]?.there) return []
  const { rows } = await sql<{ name: string }>`
    select name from kysely_migration where name <> all (${migrationNames}::text[])
    order by name`.execute(db)
  return rows.map(({ name }) => name)
}

function migratorOf(db: Kysely<Database>): Migrator {
  return new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } })
}
