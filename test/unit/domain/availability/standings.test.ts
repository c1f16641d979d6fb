import fc from 'fast-check'
import { expect, test } from 'vitest'
import { availabilityOf, stockFigures } from '../../../../domain/availability/availability'
import { commitmentsNotContained } from '../../../../domain/availability/commitments'
import { stockBlockOf, NO_DAY } from '../../../../domain/availability/stock-block'
import {
  balancesOf,
  BELOW_SAFETY,
  LATE,
  standingKinds,
  standingsOf,
} from '../../../../domain/availability/standings'
import { addDays, dayNumber } from '../../../../domain/calendar'
import { ONE_UNIT } from '../../../../domain/units'

const today = '2026-11-23'
const calendar = { holidays: new Set<string>() }
const units = (most: number) => fc.integer({ min: -most, max: most }).map((n) => n * 500)
const some = fc.integer({ min: 1, max: 6 }).map((n) => n * 500)
const date = fc.option(fc.integer({ min: -3, max: 4 }).map((days) => addDays(today, days)))
const position = fc.record({
  onHand: units(6),
  safetyStock: fc.constantFrom(0, 0, 1_000),
  leadTimeDays: fc.constantFrom(null, 3),
  source: fc.constant('ERP'),
  observedAt: fc.constantFrom('2026-11-23T08:00:00.000Z', '2026-11-23T10:00:00.000Z'),
  backlog: fc.array(fc.record({ quantity: some, plannedDate: date }), { maxLength: 3 }),
  inbound: fc.array(fc.record({ quantity: some, date, confirmed: fc.boolean() }), { maxLength: 4 }),
})
const demand = fc.record({
  quantity: some,
  plannedDate: date,
  exportedAt: fc.constantFrom(null, '2026-11-23T09:00:00.000Z'),
})
const each = <T>(values: fc.Arbitrary<T>) =>
  fc.dictionary(
    fc.constantFrom('A', 'B', '7'),
    fc.dictionary(fc.constantFrom('STO', 'GBG'), values),
    {
      noNullPrototype: true,
    },
  )

test('a block is counted as each of its balances is', () => {
  fc.assert(
    fc.property(each(position), each(fc.array(demand, { maxLength: 3 })), (positions, demands) => {
      const block = stockBlockOf(positions)
      const demandsOf = (id: string) => demands[id] && new Map(Object.entries(demands[id]))
      const standings = standingsOf(block, demandsOf, today)
      for (const [article, byWarehouse] of Object.entries(positions)) {
        const { from, to } = balancesOf(block, article)
        expect(to - from).toBe(Object.keys(byWarehouse).length)
        for (const [n, [warehouse, one]] of Object.entries(byWarehouse).entries()) {
          const commitments = commitmentsNotContained(demands[article]?.[warehouse] ?? [], one)
          const input = { position: one, commitments, today, calendar }
          const answer = availabilityOf(input, ONE_UNIT)
          const figures = stockFigures(input)
          const at = from + n
          expect(standingKinds[standings.kind[at]!]).toBe(answer.kind)
          expect(standings.deliverable[at]).toBe(figures.deliverable)
          expect(standings.day[at]).toBe(
            answer.kind === 'promised' ? dayNumber(answer.date) : NO_DAY,
          )
          const marks = standings.marks[at]!
          expect((marks & LATE) > 0).toBe(figures.uncertainInbound.late > 0)
          expect((marks & BELOW_SAFETY) > 0).toBe(figures.deliverable < one.safetyStock)
        }
      }
    }),
    { numRuns: 500 },
  )
})
