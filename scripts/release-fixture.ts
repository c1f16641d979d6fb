import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { backUp } from '../gateway/backup/write'
import { createGateway } from '../gateway/create-gateway'
import { startEmbeddedPostgres } from '../gateway/database/embedded/start'
import { createLog } from '../gateway/log'
// What the tests are provided with, which the support's types speak of.
import '../test/support/postgres-server'
import { makeReleaseConsole } from '../test/support/release-console'
import { makeReleaseDay } from '../test/support/release-day'
import { projectFolder } from './build'
import { SetupProblem } from './electron-runtime/setup-problem'
import { runProgram } from './program'

/**
 * Makes the database that is kept of this version, and the files of a console on it, for the tests of
 * every later one.
 */
await runProgram(async () => {
  const { version } = JSON.parse(await readFile(join(projectFolder, 'package.json'), 'utf8')) as {
    version: string
  }
  const databases = join(projectFolder, 'test', 'fixtures', 'databases')
  const consoles = join(projectFolder, 'test', 'fixtures', 'consoles')
  const dataDir = await mkdtemp(join(tmpdir(), 'kontor-release-'))
  const log = createLog({ level: 'warn' })
  try {
    const started = await startEmbeddedPostgres({ dataDir, log })
    if (!started.ok) throw new SetupProblem(started.error.message)
    const { server } = started
    try {
      const gateway = await createGateway({ databaseUrl: server.url, log })
      const day = await makeReleaseDay(gateway)
      await gateway.close()
      await mkdir(databases, { recursive: true })
      const file = join(databases, `${version}.backup`)
      const made = await backUp({ databaseUrl: server.url, file, force: true })
      if (!made.ok) throw new SetupProblem(made.error.message)
      await writeFile(join(databases, `${version}.json`), `${JSON.stringify(day)}\n`)
      process.stdout.write(`${file} and its .json: ${made.bytes} bytes\n`)

      const folder = join(consoles, version)
      await rm(folder, { recursive: true, force: true })
      const again = await createGateway({ databaseUrl: server.url, log })
      const kept = await makeReleaseConsole(again, { username: day.username, folder, app: version })
      await writeFile(`${folder}.json`, `${JSON.stringify(kept)}\n`)
      process.stdout.write(`${folder} and its .json\n`)
    } finally {
      await server.stop()
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
  return 0
})
