import fc from 'fast-check'
import type { AvailabilityInput } from '../../../domain/availability/availability'
import type { PlacementOption } from '../../../domain/availability/place-line'
import type { StockPosition } from '../../../domain/availability/position'
import { addDays } from '../../../domain/calendar'

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
export const availabilityCase = fc.tuple(today, scale).chain(([date, largest]) =>
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

/** A line to be placed among warehouses. */
export const placement = fc.tuple(today, fc.integer({ min: 1, max: 4 })).chain(([date, step]) =>
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
