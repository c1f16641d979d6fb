import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stockBlockSchema } from '../../../../contract/entities'
import { positionsOf, stockBlockOf } from '../../../../domain/availability/stock-block'

const quantity = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 })
const date = fc.constantFrom(null, '0001-01-01', '1969-12-31', '1970-01-01', '2026-12-04')
const position = fc.record({
  onHand: quantity,
  safetyStock: quantity,
  leadTimeDays: fc.constantFrom(null, 0, 10),
  source: fc.constantFrom('ERP', 'Lagerbyte'),
  observedAt: fc.constantFrom('2026-11-23T12:40:00.000Z', '2026-03-29T01:00:00.001Z'),
  backlog: fc.array(fc.record({ quantity, plannedDate: date }), { maxLength: 3 }),
  inbound: fc.array(fc.record({ quantity, date, confirmed: fc.boolean() }), { maxLength: 3 }),
})
const positions = fc.dictionary(
  fc.constantFrom('RB-2206', '1001', '7', 'Å 1'),
  fc.dictionary(fc.constantFrom('STO', 'GBG', '2'), position, {
    maxKeys: 3,
    noNullPrototype: true,
  }),
  { maxKeys: 4, noNullPrototype: true },
)

test('what goes into columns comes out as it was, also over the line', () => {
  fc.assert(
    fc.property(positions, (whole) => {
      const block = stockBlockSchema.parse(JSON.parse(JSON.stringify(stockBlockOf(whole))))
      expect(block.articles).toEqual(Object.keys(whole))
      for (const [article, byWarehouse] of Object.entries(whole)) {
        expect(positionsOf(block, article)).toEqual(byWarehouse)
      }
      expect(positionsOf(block, 'none')).toEqual({})
    }),
  )
})

test('columns that do not go together are no block', () => {
  const block = () =>
    stockBlockOf({
      A: {
        STO: {
          onHand: 1,
          safetyStock: 0,
          leadTimeDays: null,
          source: 'ERP',
          observedAt: '2026-11-23T12:40:00.000Z',
          backlog: [{ quantity: 1, plannedDate: null }],
          inbound: [],
        },
      },
    })
  const spoilt: readonly ((one: ReturnType<typeof block>) => unknown)[] = [
    ({ balances }) => balances.onHand.pop(),
    ({ balances }) => (balances.article[0] = 1),
    ({ balances }) => (balances.warehouse[0] = -1),
    ({ balances }) => (balances.onHand[0] = 0.5),
    ({ backlog }) => (backlog.balance[0] = 1),
    ({ backlog }) => backlog.day.push(0),
    ({ inbound }) => inbound.confirmed.push(1),
  ]
  expect(stockBlockSchema.safeParse(block()).success).toBe(true)
  for (const spoil of spoilt) {
    const one = block()
    spoil(one)
    expect(stockBlockSchema.safeParse(one).success).toBe(false)
  }
})
