import type { Kysely } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import * as foundation from './migrations/0001-foundation'
import * as masterData from './migrations/0002-master-data'
import * as requisitions from './migrations/0003-requisitions'
import * as rateLimit from './migrations/0004-rate-limit'
import * as demand from './migrations/0005-demand'
import type { Database } from './schema'

/** In the order of their names; a released one never changes. */
const migrations: Record<string, Migration> = {
  '0001-foundation': foundation,
  '0002-master-data': masterData,
  '0003-requisitions': requisitions,
  '0004-rate-limit': rateLimit,
  '0005-demand': demand,
}

/**
 * Bring the database up to this version's schema. Kysely holds an advisory lock meanwhile, so nodes
 * that start together migrate once.
 * @throws when a migration fails; what it had done is rolled back.
 */
export async function migrate(db: Kysely<Database>): Promise<readonly string[]> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrations) },
  })
  const { error, results } = await migrator.migrateToLatest()
  if (error instanceof Error) throw error
  if (error !== undefined) throw new Error('A migration failed.', { cause: error })
  return (results ?? [])
    .filter((result) => result.status === 'Success')
    .map((result) => result.migrationName)
}
