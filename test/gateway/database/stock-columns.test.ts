import { sql, type Kysely } from 'kysely'
import { expect, test } from 'vitest'
import { stockBlockSchema } from '../../../contract/entities'
import { positionsOf } from '../../../domain/availability/stock-block'
import { up } from '../../../gateway/database/migrations/0019-stock-columns'
import { startTestGateway } from '../../support/gateway'
import { load, smallSeller } from '../../support/small-seller'

test('what an older version told of stock is told anew as this one tells it', async () => {
  const gateway = await startTestGateway()
  try {
    const { db } = gateway.context
    await load(gateway, smallSeller)
    const told = () =>
      db
        .selectFrom('feed')
        .select(['kind', 'id', 'version', 'value'])
        .where('kind', 'in', ['article', 'stock_block'])
        .orderBy('kind')
        .orderBy('id')
        .execute()
    const before = await told()
    expect(before.filter(({ kind }) => kind === 'stock_block').length).toBeGreaterThan(0)
    // As the version before had it.
    await sql`update feed set value = '{"positions":{}}' where kind = 'stock_block'`.execute(db)
    await sql`update feed set value = (value::jsonb - 'block')::json where kind = 'article'`.execute(
      db,
    )
    await up(db as unknown as Kysely<unknown>)
    // Names may stand in another order; what they say is the same.
    const said = (rows: typeof before) =>
      rows.map(({ kind, id, value }) => {
        if (kind === 'article') return { kind, id, value }
        const block = stockBlockSchema.parse(value)
        return { kind, id, value: block.articles.map((one) => [one, positionsOf(block, one)]) }
      })
    expect(said(await told())).toEqual(said(before))
    for (const [at, { version }] of (await told()).entries()) {
      expect(version).toBe((before[at]?.version ?? 0) + 1)
    }
  } finally {
    await gateway.close()
  }
})
