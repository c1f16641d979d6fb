import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished, test } from 'vitest'
import { started, tidyUpAfterEach, temporaryFolder } from '../../support/embedded'
import { testDatabase } from '../../support/postgres'
import { restoreDrill } from '../../support/restore/drill'

tidyUpAfterEach()

async function serverDatabase(migrated: boolean): Promise<string> {
  const database = await testDatabase({ migrated })
  onTestFinished(() => database.drop())
  return database.url
}

/** A PostgreSQL of its own that counts its transactions from the beginning. */
async function embeddedDatabase(): Promise<string> {
  const { url } = await started({ dataDir: temporaryFolder() })
  return url
}

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'kontor-drill-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}

test('a working day on a server is restored into an embedded database', async () => {
  await restoreDrill({
    source: await serverDatabase(true),
    targets: [await embeddedDatabase(), await serverDatabase(false)],
    folder: await folder(),
    commands: 15,
  })
}, 90_000)

test('a working day on an embedded database is restored into a server', async () => {
  await restoreDrill({
    source: await embeddedDatabase(),
    targets: [await serverDatabase(false), await serverDatabase(false)],
    folder: await folder(),
    commands: 15,
  })
}, 90_000)
