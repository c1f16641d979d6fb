import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { stockBlockSchema } from '../../../contract/entities'
import { positionsOf } from '../../../domain/availability/stock-block'
import { restore } from '../../../gateway/backup/restore'
import { createGateway } from '../../../gateway/create-gateway'
import { migrationNames } from '../../../gateway/database/migrate'
import { createLog } from '../../../gateway/log'
import { ConsoleClient } from '../../support/console-client'
import { signInAs } from '../../support/gateway'
import { testDatabase } from '../../support/postgres'
import type { ReleaseDay } from '../../support/release-day'

const folder = 'test/fixtures/databases'
const versions = (await readdir(folder))
  .filter((name) => name.endsWith('.backup'))
  .map((name) => name.slice(0, -'.backup'.length))

test('there is a database of every released version', async () => {
  const changelog = await readFile('CHANGELOG.md', 'utf8')
  // The one that is being worked on has its database when it is released.
  const released = [...changelog.matchAll(/^## (\d+\.\d+\.\d+)(?! – unreleased)/gm)]
  for (const [, version] of released) expect(versions).toContain(version)
  expect(versions.length).toBeGreaterThan(0)
})

type Snapshot = Readonly<Record<string, { readonly version: number; readonly value: object }>>

/** What an entity says; stock by article and warehouse, in whatever form it travelled. */
function said(key: string, value: object | undefined): object {
  if (value === undefined) throw new Error(`There is no ${key} any more`)
  if (!key.startsWith('stock_block ')) return value
  if ('positions' in value) return value.positions as object
  const block = stockBlockSchema.parse(value)
  return Object.fromEntries(block.articles.map((one) => [one, positionsOf(block, one)]))
}

describe.each(versions)('a database of %s', (version) => {
  test('is brought up to this version, reads as it did and goes on', async () => {
    const day = JSON.parse(await readFile(join(folder, `${version}.json`), 'utf8')) as ReleaseDay
    const database = await testDatabase({ migrated: false })
    const restored = await restore({
      databaseUrl: database.url,
      file: join(folder, `${version}.backup`),
    })
    expect(restored).toMatchObject({ ok: true })
    const gateway = await createGateway({
      databaseUrl: database.url,
      log: createLog({ level: 'silent' }),
    })
    try {
      const { rows } = await sql<{ name: string }>`
        select name from kysely_migration order by name`.execute(gateway.context.db)
      expect(rows.map(({ name }) => name)).toEqual(migrationNames)

      const token = await signInAs(gateway, day.username)
      const karin = await ConsoleClient.open(gateway.url, token)
      const replica = karin.snapshot()
      expect(Object.keys(replica)).toEqual(Object.keys(day.replica))
      // A later version may tell more of an entity, anew or in another form, and nothing else of what was told.
      for (const [key, { version: told, value }] of Object.entries(day.replica as Snapshot)) {
        const now = (replica as Snapshot)[key]
        expect(said(key, now?.value), key).toMatchObject(said(key, value))
        expect(now?.version, key).toBeGreaterThanOrEqual(told)
      }

      // What waited to be decided is decided, and the orders are numbered on.
      const open = karin
        .all('requisition')
        .find(({ value }) => value.shop.documentId === 'answered')
      if (!open) throw new Error('nothing waits')
      const numbers = karin.all('order').map(({ value }) => value.number)
      const answer = await karin.command('requisition.approve', open.id, open.version, {
        revision: open.value.revision,
      })
      expect(answer).toMatchObject({ ok: true })
      expect(numbers).not.toContain(answer.ok && answer.result['orderNumber'])
      await karin.until('the order', () => karin.all('order').length === numbers.length + 1)

      // The audit goes on from where it was, without a gap.
      const gaps = await sql`
        select aggregate_id from audit where aggregate_kind = 'requisition'
        group by aggregate_id having count(*) <> max(version)`.execute(gateway.context.db)
      expect(gaps.rows).toEqual([])
      karin.close()
    } finally {
      await gateway.close()
      await database.drop()
    }
  })
})
