import { randomBytes } from 'node:crypto'
import { Client, DatabaseError } from 'pg'
import { inject } from 'vitest'

const queryCanceled = '57014'

export interface TestDatabase {
  readonly url: string
  /** Removes the database, whoever is still connected to it. */
  drop(): Promise<void>
}

/**
 * A database of its own on this worker's PostgreSQL, migrated and without any rows. With
 * `migrated: false` an empty one, for tests of the migrations themselves.
 */
export async function testDatabase(
  options: { readonly migrated?: boolean } = {},
): Promise<TestDatabase> {
  const url = new URL(addressOfServer())
  const template = options.migrated === false ? 'template0' : 'kontor'
  const name = `test_${randomBytes(8).toString('hex')}`
  await administer(url, `create database ${name} template ${template} strategy file_copy`)
  const drop = (): Promise<void> => remove(url, name)
  const own = new URL(url)
  own.pathname = `/${name}`
  return { url: own.href, drop }
}

function addressOfServer(): string {
  const worker = Number(process.env['VITEST_POOL_ID'])
  const address = inject('postgresUrls')[worker - 1]
  if (address === undefined) throw new Error(`There is no PostgreSQL for worker ${worker}.`)
  return address
}

/**
 * Dropping waits for every process of the server, with a transaction open that holds up the feeds of all
 * its databases: better a database left behind, which goes with the server, than that.
 */
async function remove(url: URL, name: string): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      await administer(
        url,
        `set statement_timeout = '3s'`,
        `drop database if exists ${name} with (force)`,
      )
      return
    } catch (error) {
      if (!(error instanceof DatabaseError && error.code === queryCanceled)) throw error
    }
  }
}

/** From a database that nobody copies: a template must have no connections while it is copied. */
async function administer(url: URL, ...statements: readonly string[]): Promise<void> {
  const maintenance = new URL(url)
  maintenance.pathname = '/template1'
  const client = new Client({ connectionString: maintenance.href })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}
