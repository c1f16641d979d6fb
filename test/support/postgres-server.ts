import { rm } from 'node:fs/promises'
import type { TestProject } from 'vitest/node'
import { connect } from '../../gateway/database/connect'
import { startEmbeddedPostgres } from '../../gateway/database/embedded/start'
import { migrate } from '../../gateway/database/migrate'
import { quietLog } from './quiet-log'
import { makeRunFolder } from './run-folder'

declare module 'vitest' {
  interface ProvidedContext {
    /**
     * Addresses of the run's PostgreSQL servers, one for each worker; the database `kontor` of each is
     * the migrated template.
     */
    readonly postgresUrls: readonly string[]
  }
}

/** No power cut is survived here: for tests whose subject is not what survives one. */
const fastFlags = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'autovacuum=off',
  'max_connections=200',
].flatMap((setting) => ['-c', setting])

/**
 * Vitest global setup: a PostgreSQL for each worker, since an open transaction in one database holds up
 * the feed and the seals of all others on its server. Its database `kontor` is migrated once and then
 * left alone, so that `testDatabase` can copy it.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const servers: TestServer[] = []
  const teardown = async (): Promise<void> => {
    for (const server of servers.splice(0)) await server.stop()
  }
  try {
    while (servers.length < (project.config.maxWorkers ?? 1)) servers.push(await start())
  } catch (thrown) {
    await teardown()
    throw thrown
  }
  project.provide(
    'postgresUrls',
    servers.map(({ url }) => url),
  )
  return teardown
}

interface TestServer {
  readonly url: string
  stop(): Promise<void>
}

async function start(): Promise<TestServer> {
  const dataDir = await makeRunFolder('postgres')
  const removeDataDir = (): Promise<void> => rm(dataDir, { recursive: true, force: true })
  const started = await startEmbeddedPostgres({ dataDir, log: quietLog, extraFlags: fastFlags })
  if (!started.ok) {
    await removeDataDir()
    throw new Error(started.error.message, { cause: started.error })
  }
  const { server } = started
  const stop = async (): Promise<void> => {
    await server.stop()
    await removeDataDir()
  }
  const { db, close } = connect(server.url, { maxConnections: 2, onError: () => undefined })
  try {
    await migrate(db)
  } catch (thrown) {
    await stop()
    throw thrown
  } finally {
    await close()
  }
  return { url: server.url, stop }
}
