import { cp, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { restore } from '../../../gateway/backup/restore'
import { createGateway } from '../../../gateway/create-gateway'
import { createLog } from '../../../gateway/log'
import { ConsoleClient } from '../../support/console-client'
import { signInAs } from '../../support/gateway'
import { replicaDifferences } from '../../support/history/check'
import { testDatabase } from '../../support/postgres'
import { openReleaseDesk, type ReleaseConsole } from '../../support/release-console'
import { temporaryFolder } from '../../support/temporary-folder'

const consoles = 'test/fixtures/consoles'
const versions = (await readdir(consoles))
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length))
const { version: present } = JSON.parse(await readFile('package.json', 'utf8')) as {
  version: string
}
const patience = { timeout: 20_000, interval: 100 }

test('there are the files of a console of every released version', async () => {
  const changelog = await readFile('CHANGELOG.md', 'utf8')
  const released = [...changelog.matchAll(/^## (\d+\.\d+\.\d+)(?! – unreleased)/gm)]
  for (const [, version] of released) expect(versions).toContain(version)
  expect(versions.length).toBeGreaterThan(0)
})

describe.each(versions)('the files of a console of %s', (version) => {
  test('keep what waits to be sent, which is sent once; its replica is had anew', async () => {
    const kept = JSON.parse(
      await readFile(join(consoles, `${version}.json`), 'utf8'),
    ) as ReleaseConsole
    const folder = await temporaryFolder()
    await cp(join(consoles, version), folder, { recursive: true })
    const replicas = await readdir(join(folder, 'replicas'), { recursive: true })
    const sizes = await Promise.all(
      replicas.map(async (name) => (await stat(join(folder, 'replicas', name))).size),
    )
    expect(Math.max(...sizes)).toBeGreaterThan(5_000)

    const database = await testDatabase({ migrated: false })
    onTestFinished(() => database.drop())
    const file = join('test/fixtures/databases', `${version}.backup`)
    expect(await restore({ databaseUrl: database.url, file })).toMatchObject({ ok: true })
    const log = createLog({ level: 'silent' })
    const gateway = await createGateway({ databaseUrl: database.url, log })
    onTestFinished(() => gateway.close())

    const { username, waiting } = kept
    // No gateway at first, so that it can be seen what is made of the files alone.
    const nobody = 'http://127.0.0.1:9'
    const options = { username, folder, app: present, address: nobody }
    const desk = await openReleaseDesk(gateway, options)
    onTestFinished(() => desk.close())
    expect(desk.outbox).toMatchObject(waiting)
    expect(desk.outbox).toHaveLength(waiting.length)
    if (version !== present) expect(await desk.held()).toEqual({})

    desk.moveTo(gateway.url)
    await expect.poll(() => desk.outbox, patience).toEqual([])
    const fresh = await ConsoleClient.open(gateway.url, await signInAs(gateway, username))
    onTestFinished(() => fresh.close())
    const differences = async () =>
      replicaDifferences('the desk', await desk.held(), fresh.snapshot())
    await expect.poll(differences, patience).toEqual([])
    const { db } = gateway.context
    const rows = await db.selectFrom('command').select(['id', 'answer']).execute()
    for (const { id } of waiting) {
      const answers = rows.filter((row) => row.id === id).map(({ answer }) => answer)
      expect(answers).toMatchObject([{ ok: true }])
    }
    const { aggregateId, payload } = waiting[0]!
    const marks = fresh.all('read_mark').map(({ value }) => value)
    expect(marks).toContainEqual(
      expect.objectContaining({ requisitionId: aggregateId, revision: payload['revision'] }),
    )
  })
})
