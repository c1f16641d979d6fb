import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Change } from '../../../../contract/feed'
import { positionsOf, stockBlockOf } from '../../../../domain/availability/stock-block'
import { swedishWorkCalendar } from '../../../../domain/swedish-holidays'
import { lineAvailability } from '../../../../renderer/state/line-availability'
import { itemsOf } from '../../../../main/replica/items'
import { createReplica } from '../../../../renderer/state/replica'
import { createStockIndex } from '../../../../renderer/state/stock-index'
import { article, change, position, uuid } from '../../../fakes/desk/entities'

const articles = ['A', 'B', 'C']
// A and B travel in the first block, C in the second.
const known = articles.map((id) =>
  change('article', id, article({ id, called: id, block: id === 'C' ? 1 : 0 })),
)
const warehouses = ['STO', 'GBG']
const step = fc.oneof(
  fc.record({
    kind: fc.constant('block' as const),
    id: fc.constantFrom('0', '1'),
    articles: fc.option(fc.subarray(articles)),
    onHand: fc.integer({ min: 0, max: 50 }),
  }),
  fc.record({
    kind: fc.constant('order' as const),
    id: fc.integer({ min: 1, max: 4 }),
    lines: fc.option(
      fc.array(
        fc.record({
          articleId: fc.constantFrom(...articles),
          warehouseId: fc.constantFrom(...warehouses),
          quantity: fc.integer({ min: 1, max: 9 }),
        }),
        { maxLength: 4 },
      ),
    ),
  }),
)

test('finds what going through all blocks and orders would find', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const replica = createReplica()
      const stock = createStockIndex(replica)
      const changes = steps.map((one, at): Change => {
        if (one.kind === 'order') {
          const value = one.lines && {
            orderId: uuid(one.id),
            exportedAt: null,
            lines: one.lines.map((line) => ({ ...line, plannedDate: null })),
          }
          return change('commitment', uuid(one.id), value, at + 1)
        }
        const mine = one.articles?.filter((id) => (id === 'C') === (one.id === '1'))
        const value =
          mine &&
          stockBlockOf(
            Object.fromEntries(mine.map((id) => [id, { STO: position({ onHand: one.onHand }) }])),
          )
        return change('stock_block', one.id, value ?? null, at + 1)
      })
      replica.apply(itemsOf(known))
      for (const one of changes) replica.apply(itemsOf([one]))

      for (const id of articles) {
        const [positions = {}] = [...replica.all('stock_block').values()]
          .filter((block) => block.articles.includes(id))
          .map((block) => positionsOf(block, id))
        expect(stock.of(id)?.positions ?? {}).toEqual(positions)
        for (const warehouse of warehouses) {
          const demand = [...replica.all('commitment').values()]
            .flatMap(({ lines }) => lines)
            .filter((line) => line.articleId === id && line.warehouseId === warehouse)
            .reduce((sum, { quantity }) => sum + quantity, 0)
          const found = (stock.of(id)?.demands.get(warehouse) ?? []).reduce(
            (sum, { quantity }) => sum + quantity,
            0,
          )
          expect(found).toBe(demand)
        }
      }
    }),
    { numRuns: 200 },
  )
})

test('gives the same object until something of the article changes', () => {
  const replica = createReplica()
  const stock = createStockIndex(replica)
  replica.apply(
    itemsOf([
      ...known,
      change('stock_block', '0', stockBlockOf({ A: { STO: position() }, B: { STO: position() } })),
    ]),
  )
  const before = [stock.of('A'), stock.of('B')]
  replica.apply(
    itemsOf([
      change('commitment', uuid(1), {
        orderId: uuid(1),
        exportedAt: null,
        lines: [{ articleId: 'A', warehouseId: 'STO', quantity: 1_000, plannedDate: null }],
      }),
    ]),
  )
  expect(stock.of('A')).not.toBe(before[0])
  expect(stock.of('B')).toBe(before[1])
})

test('an order of our own lowers what can be delivered at once, and once when the report has it', () => {
  const replica = createReplica()
  const stock = createStockIndex(replica)
  replica.apply(itemsOf(known))
  const context = {
    warehouses: [{ id: 'STO', name: 'Stockholm', openToWebshop: true, priority: 1 }],
    today: '2026-11-23',
    calendar: swedishWorkCalendar(2026, 2027),
  }
  const now = () => {
    const [answer] = lineAvailability(stock.of('A'), 1_000, context)
    return answer?.answer?.kind === 'deliverable' ? answer.answer.quantity : answer?.answer?.kind
  }
  const report = (observedAt: string, onHand: number, version: number) =>
    replica.apply(
      itemsOf([
        change(
          'stock_block',
          '0',
          stockBlockOf({ A: { STO: position({ onHand, observedAt }) } }),
          version,
        ),
      ]),
    )
  const order = (exportedAt: string | null, version: number) =>
    replica.apply(
      itemsOf([
        change(
          'commitment',
          uuid(1),
          {
            orderId: uuid(1),
            exportedAt,
            lines: [{ articleId: 'A', warehouseId: 'STO', quantity: 4_000, plannedDate: null }],
          },
          version,
        ),
      ]),
    )
  report('2026-11-23T08:00:00.000Z', 10_000, 1)
  expect(now()).toBe(10_000)
  order(null, 1)
  expect(now()).toBe(6_000)
  order('2026-11-23T09:00:00.000Z', 2)
  expect(now()).toBe(6_000)
  // The source now reports the order as backlog of its own: here simply as less on hand.
  report('2026-11-23T10:00:00.000Z', 6_000, 2)
  expect(now()).toBe(6_000)
})
