import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { availabilityOf, stockFigures } from '../../../domain/availability/availability'
import type { AvailabilityInput } from '../../../domain/availability/availability'
import { commitmentsNotContained } from '../../../domain/availability/commitments'
import { placeLine } from '../../../domain/availability/place-line'
import type { PlacementOption } from '../../../domain/availability/place-line'
import type { StockPosition } from '../../../domain/availability/position'
import { dayAt, project } from '../../../domain/availability/projection'
import { addDays } from '../../../domain/calendar'
import { availabilityByLivingThrough, liveThrough } from './availability-reference'
import { assertHolds, timeoutOf } from './cases'
import type { Cases } from './cases'

// Year ends, both changes of the clocks, a leap day and plain days, with weekends and feasts near.
const today = fc.constantFrom(
  '2026-11-23',
  '2026-12-30',
  '2027-12-31',
  '2026-03-28',
  '2026-10-24',
  '2028-02-28',
)
/** Largest quantities: small enough to tie and miss by one all the time, or as large as real ones. */
const scale = fc.constantFrom(12, 40_000)
const source = { source: fc.constant('erp'), observedAt: fc.constant('2026-11-23T06:00:00.000Z') }

function quantityTo(largest: number): fc.Arbitrary<number> {
  return fc.integer({ min: 1, max: largest })
}

/** Days around today; the negative ones are past due. */
function near(date: string): fc.Arbitrary<string | null> {
  return fc.option(
    fc.integer({ min: -2, max: 12 }).map((days) => addDays(date, days)),
    { nil: null, freq: 6 },
  )
}

interface Load {
  /** The most that a backlog line or a commitment takes. */
  readonly largest: number
  /** The most movements of a kind. */
  readonly lines: number
}

function positionOn(date: string, { largest, lines }: Load): fc.Arbitrary<StockPosition> {
  const quantity = quantityTo(largest)
  const maxLength = lines
  // As much as is demanded, on the whole, so that the answer hangs in the balance.
  const inbound = fc.record({
    quantity: quantityTo(2 * largest),
    date: near(date),
    confirmed: fc.boolean(),
  })
  return fc.record({
    onHand: fc.oneof(
      fc.constant(0),
      fc.integer({ min: -largest, max: 0 }),
      fc.integer({ min: 0, max: 4 * largest }),
      fc.integer({ min: 0, max: 4 * largest }),
    ),
    safetyStock: fc.oneof(fc.constant(0), fc.constant(0), quantity),
    leadTimeDays: fc.option(fc.integer({ min: 0, max: 14 }), { nil: null, freq: 2 }),
    backlog: fc.array(fc.record({ quantity, plannedDate: near(date) }), { maxLength }),
    inbound: fc.array(inbound, { maxLength, size: 'max' }),
    ...source,
  })
}

function commitmentsOn(date: string, { largest, lines }: Load) {
  const commitment = fc.record({ quantity: quantityTo(largest), plannedDate: near(date) })
  return fc.array(commitment, { maxLength: Math.ceil(lines / 2) })
}

function calendarOn(date: string) {
  return fc
    .array(
      fc.integer({ min: 0, max: 20 }).map((days) => addDays(date, days)),
      { maxLength: 8 },
    )
    .map((holidays) => ({ holidays: new Set(holidays) }))
}

/** A position on a day, and two quantities of its own size to ask for. */
const availabilityCase = fc.tuple(today, scale).chain(([date, largest]) =>
  fc.record({
    input: fc.record<AvailabilityInput>({
      position: positionOn(date, { largest, lines: 6 }),
      commitments: commitmentsOn(date, { largest, lines: 6 }),
      today: fc.constant(date),
      calendar: calendarOn(date),
    }),
    wish: quantityTo(largest),
    other: quantityTo(largest),
    plannedDate: near(date),
  }),
)

/** Little in its way, so that several warehouses have some of a line and none has all. */
function shelfOn(date: string): fc.Arbitrary<Omit<PlacementOption, 'warehouseId'>> {
  const load: Load = { largest: 12, lines: 1 }
  return fc.record({ position: positionOn(date, load), commitments: commitmentsOn(date, load) })
}

const placement = fc.tuple(today, fc.integer({ min: 1, max: 4 })).chain(([date, step]) =>
  fc.record({
    options: fc
      .oneof(
        { weight: 1, arbitrary: fc.array(shelfOn(date), { maxLength: 1 }) },
        { weight: 6, arbitrary: fc.array(shelfOn(date), { minLength: 2, maxLength: 4 }) },
      )
      .map((options) =>
        options.map((option, index): PlacementOption => ({ warehouseId: `w${index}`, ...option })),
      ),
    quantity: quantityTo(25).map((packs) => packs * step),
    context: fc.record({
      wantedWarehouseId: fc.constantFrom(null, 'w0', 'w1', 'w2', 'w9'),
      today: fc.constant(date),
      calendar: calendarOn(date),
      step: fc.constant(step),
    }),
  }),
)

/** What must hold of every position. */
export function describeAvailabilityProperties(cases: Cases): void {
  describe(`availability over ${cases.runs} random cases`, { timeout: timeoutOf(cases) }, () => {
    it('is what living through it day by day finds', () => {
      const met = new Set<string>(); const tally: Record<string, number> = {}; const mAdd = met.add.bind(met); met.add = (k) => { tally[k] = (tally[k] ?? 0) + 1; return mAdd(k) }
      assertHolds(
        fc.property(availabilityCase, ({ input, wish }) => {
          const answer = availabilityOf(input, wish)
          expect(answer).toEqual(availabilityByLivingThrough(input, wish))
          met.add('confirmed' in answer ? `${answer.kind} ${answer.confirmed}` : answer.kind)
        }),
        cases,
      )
      // Else the property would hold of nothing.
      console.log('TALLY ' + JSON.stringify(tally)); expect([...met].sort()).toEqual([
        'deliverable false',
        'deliverable true',
        'lead_time',
        'out_of_stock',
        'promised false',
        'promised true',
      ])
    })

    it('projects the balance and the deliverable quantity of every single day', () => {
      assertHolds(
        fc.property(availabilityCase, ({ input }) => {
          const projection = project(input)
          const days = liveThrough(input)
          for (const [index, { date, closing }] of days.entries()) {
            const least = Math.min(...days.slice(index).map((later) => later.closing))
            expect(dayAt(projection, date)).toMatchObject({ balance: closing, deliverable: least })
          }
          expect(dayAt(projection, '9999-12-31').balance).toBe(days.at(-1)!.closing)
        }),
        cases,
      )
    })

    it('falls by an approved quantity on every day, once', () => {
      assertHolds(
        fc.property(availabilityCase, ({ input, wish: approved }) => {
          const before = project(input)
          const after = project({
            ...input,
            commitments: [...input.commitments, { quantity: approved, plannedDate: null }],
          })
          expect(after.days.map(({ deliverable }) => deliverable)).toEqual(
            before.days.map(({ deliverable }) => deliverable - approved),
          )
          expect(stockFigures(input).deliverable - after.days[0].deliverable).toBe(approved)
        }),
        cases,
      )
    })

    it('stays put while an order is exported and the source is read again', () => {
      assertHolds(
        fc.property(availabilityCase, ({ input, wish, plannedDate }) => {
          const order = { quantity: wish, plannedDate }
          const seen = (exportedAt: string | null, observedAt: string, inReport: boolean) => {
            const { backlog } = input.position
            const position = {
              ...input.position,
              observedAt,
              backlog: inReport ? [...backlog, order] : backlog,
            }
            const own = commitmentsNotContained([{ ...order, exportedAt }], position)
            const commitments = [...input.commitments, ...own]
            return project({ position, commitments, today: input.today })
          }
          const ordered = seen(null, '2026-11-23T06:00:00.000Z', false)
          const exported = seen('2026-11-23T06:05:00.000Z', '2026-11-23T06:00:00.000Z', false)
          const readAgain = seen('2026-11-23T06:05:00.000Z', '2026-11-23T06:10:00.000Z', true)
          expect(exported).toEqual(ordered)
          expect(readAgain).toEqual(ordered)
        }),
        cases,
      )
    })

    it('can be promised for the day it names, and for no smaller wish later', () => {
      assertHolds(
        fc.property(availabilityCase, ({ input, wish, other }) => {
          const [less, more] = [Math.min(wish, other), Math.max(wish, other)]
          const forLess = availabilityOf(input, less)
          const forMore = availabilityOf(input, more)
          if (forMore.kind === 'deliverable') expect(forLess.kind).toBe('deliverable')
          if (forMore.kind !== 'promised') return
          expect(['deliverable', 'promised']).toContain(forLess.kind)
          if (forLess.kind === 'promised') expect(forLess.date <= forMore.date).toBe(true)
          // What leaves on the promised day takes nothing that is promised later.
          const sold = { quantity: more, plannedDate: forMore.date }
          const after = liveThrough({ ...input, commitments: [...input.commitments, sold] })
          for (const { date, closing } of after) {
            if (date >= forMore.date) expect(closing >= input.position.safetyStock).toBe(true)
          }
        }),
        cases,
      )
    })

    it('places a line where no other warehouse answers better, and splits what it can', () => {
      const met = new Set<string>(); const tally: Record<string, number> = {}; const mAdd = met.add.bind(met); met.add = (k) => { tally[k] = (tally[k] ?? 0) + 1; return mAdd(k) }
      assertHolds(
        fc.property(placement, ({ options, quantity: wish, context }) => {
          const placed = placeLine(wish, options, context)
          if (!placed) {
            expect(options).toEqual([])
            return
          }
          met.add(placed.reason)
          const { wantedWarehouseId, step } = context
          const answers = options.map((option) => ({
            warehouseId: option.warehouseId,
            availability: availabilityByLivingThrough({ ...option, ...context }, wish),
          }))
          expect(placed.answers).toEqual(answers)
          const wanted = answers.filter(({ warehouseId }) => warehouseId === wantedWarehouseId)
          const inOrder = [...wanted, ...answers.filter((answer) => !wanted.includes(answer))]
          const now = inOrder.find(({ availability }) => availability.kind === 'deliverable')
          const dates = (kind: 'promised' | 'lead_time') =>
            answers
              .flatMap(({ availability }) =>
                availability.kind === kind ? [availability.date] : [],
              )
              .sort()
          const datedAs = (kind: 'promised' | 'lead_time') =>
            inOrder.find(
              ({ availability }) =>
                availability.kind === kind && availability.date === dates(kind)[0],
            )
          const expected = now ?? datedAs('promised') ?? datedAs('lead_time') ?? inOrder[0]
          expect({ warehouseId: placed.warehouseId, availability: placed.availability }).toEqual(
            expected,
          )

          const has = options.map((option) => {
            const least = Math.min(
              ...liveThrough({ ...option, ...context }).map(({ closing }) => closing),
            )
            return Math.max(0, Math.floor((least - option.position.safetyStock) / step) * step)
          })
          const able = has.filter((each) => each > 0).length
          if (placed.reason === 'wanted' || placed.reason === 'delivers_now' || able < 2) {
            expect(placed.split).toBeNull()
            return
          }
          const { parts, missing } = placed.split!
          met.add(missing === 0 ? 'split fills it' : 'split falls short')
          expect(missing).toBe(Math.max(0, wish - has.reduce((sum, each) => sum + each, 0)))
          expect(parts.reduce((sum, part) => sum + part.quantity, missing)).toBe(wish)
          expect(new Set(parts.map((part) => part.warehouseId)).size).toBe(parts.length)
          for (const part of parts) {
            const option = options.find(({ warehouseId }) => warehouseId === part.warehouseId)!
            const answer = availabilityOf({ ...option, ...context }, part.quantity)
            expect(answer.kind).toBe('deliverable')
            expect(part.quantity % step).toBe(0)
          }
        }),
        cases,
      )
      console.log('TALLY ' + JSON.stringify(tally)); expect([...met].sort()).toEqual([
        'delivers_now',
        'earliest_promise',
        'nothing_better',
        'shortest_lead_time',
        'split falls short',
        'split fills it',
        'wanted',
      ])
    })
  })
}
