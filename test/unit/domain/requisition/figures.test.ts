import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deliveryChange, type Delivery } from '../../../../domain/availability/delivery'
import {
  figureChanges,
  hasChanges,
  heldBack,
  overCredit,
  type DocumentFigures,
  type FigureRow,
  type LineFigures,
  type PriceFigure,
  type SeenFigures,
} from '../../../../domain/requisition/figures'

const price = (kronor: number, rest: Partial<PriceFigure> = {}): PriceFigure => ({
  amount: Math.round(kronor * 1_000_000),
  basis: 'net',
  rebate: 0,
  ...rest,
})
const at = (date: string, warehouseId = 'STH'): Delivery => ({
  kind: 'promised',
  warehouseId,
  date,
})
const now: Delivery = { kind: 'deliverable', warehouseId: 'STH' }
const row = (figures: Partial<LineFigures> = {}, id = '1'): FigureRow & LineFigures => ({
  id,
  quantity: 3_000,
  vatRate: 250_000,
  price: price(10),
  resolved: price(10),
  delivery: now,
  ...figures,
})
const document: DocumentFigures = { net: 3_000, overCredit: 0, status: 'active' }
const asNow = (
  lines: readonly (FigureRow & LineFigures)[],
  rest: Partial<DocumentFigures> = {},
  creditLimit: number | null = 100_000,
) => ({ lines, document: { ...document, ...rest }, currency: 'SEK', creditLimit })
const seen = (
  lines: readonly (FigureRow & LineFigures)[],
  rest: Partial<DocumentFigures> = {},
): SeenFigures => ({
  ...document,
  ...rest,
  lines: Object.fromEntries(
    lines.map(({ id, price: ordered, resolved, delivery }) => [
      id,
      { price: ordered, resolved, delivery },
    ]),
  ),
})
/** What differs on the one line. */
const whats = (before: Partial<LineFigures>, after: Partial<LineFigures>) =>
  figureChanges(seen([row(before)]), asNow([row(after)])).lines.flatMap(({ changes }) =>
    changes.map(({ what }) => what),
  )

describe('a line', () => {
  test.each<[string, Partial<LineFigures>, Partial<LineFigures>, string[]]>([
    ['nothing', {}, {}, []],
    [
      'a price that costs the row an öre more',
      { price: price(10) },
      { price: price(10.005) },
      ['price'],
    ],
    ['one that costs it less than that', { price: price(10) }, { price: price(10.001) }, []],
    ['another way to the same price', {}, { resolved: price(12.5, { rebate: 200_000 }) }, []],
    ['today’s price', {}, { resolved: price(11) }, ['resolved']],
    ['no price any more', {}, { resolved: null }, ['resolved']],
    ['a price where there was none', { resolved: null }, {}, ['resolved']],
    ['a later day', { delivery: at('2026-12-01') }, { delivery: at('2026-12-02') }, ['delivery']],
    ['an earlier day', { delivery: at('2026-12-02') }, { delivery: at('2026-12-01') }, []],
    ['on a day instead of at once', {}, { delivery: at('2026-12-01') }, ['delivery']],
    ['at once instead of on a day', { delivery: at('2026-12-01') }, {}, []],
    ['no stock any more', { delivery: at('2026-12-01') }, { delivery: null }, ['delivery']],
    ['from elsewhere', {}, { delivery: { ...now, warehouseId: 'GBG' } }, ['delivery']],
    [
      'as many days, counted from the day after',
      { delivery: { kind: 'lead_time', warehouseId: 'STH', days: 5, date: '2026-12-01' } },
      { delivery: { kind: 'lead_time', warehouseId: 'STH', days: 5, date: '2026-12-02' } },
      [],
    ],
  ])('%s', (_what, before, after, expected) => {
    expect(whats(before, after)).toEqual(expected)
  })

  test('where today’s price is left out of what was seen, it was what is ordered at', () => {
    const stated = { net: 3_000, lines: { '1': { price: price(10) } } }
    expect(figureChanges(stated, asNow([row({ delivery: null })]))).toEqual({
      document: [],
      lines: [],
    })
    expect(hasChanges(figureChanges(stated, asNow([row({ resolved: price(9) })])))).toBe(true)
  })

  test('rows of one article are told apart, and one called like an object’s own is a row like any', () => {
    const rows = [row({}, 'constructor'), row({}, '__proto__'), row({}, '3')]
    const stated: SeenFigures = { net: 3_000, lines: { '3': { price: price(10), delivery: now } } }
    expect(hasChanges(figureChanges(stated, asNow(rows)))).toBe(false)
    const late = [...rows.slice(0, 2), row({ delivery: at('2026-12-01') }, '3')]
    expect(figureChanges(stated, asNow(late)).lines.map(({ id }) => id)).toEqual(['3'])
  })
})

describe('the whole', () => {
  const changed = (
    before: Partial<DocumentFigures>,
    after: Partial<DocumentFigures>,
    limit: number | null = 100_000,
  ) => figureChanges(seen([], before), asNow([], after, limit)).document.map(({ what }) => what)

  test('its net is the one that was seen', () => {
    expect(changed({}, { net: 3_001 })).toEqual(['net'])
  })

  test('credit: from within to over it always counts, and past it a tenth of the limit', () => {
    expect(changed({}, { overCredit: 1 })).toEqual(['overCredit'])
    expect(changed({ overCredit: 1 }, { overCredit: 10_001 })).toEqual([])
    expect(changed({ overCredit: 1 }, { overCredit: 10_002 })).toEqual(['overCredit'])
    expect(changed({ overCredit: 500 }, { overCredit: 0 })).toEqual([])
  })

  test('a hold counts when it is put on, not when it is lifted', () => {
    expect(changed({}, { status: 'on_hold' })).toEqual(['status'])
    expect(changed({ status: 'on_hold' }, {})).toEqual([])
  })

  test('what was not stated was not before them', () => {
    const changes = figureChanges(
      { net: 3_000, lines: {} },
      asNow([row({ resolved: price(99) })], { status: 'on_hold', overCredit: 9 }),
    )
    expect(hasChanges(changes)).toBe(false)
  })

  test('without a limit no credit is exceeded', () => {
    expect(overCredit(null, 10, 10)).toBe(0)
    expect(overCredit(19, 10, 10)).toBe(1)
    expect(overCredit(20, 10, 10)).toBe(0)
  })
})

describe('whatever the figures', () => {
  const date = fc.integer({ min: 1, max: 9 }).map((day) => `2026-12-0${day}`)
  const warehouseId = fc.constantFrom('STH', 'GBG')
  const delivery: fc.Arbitrary<Delivery | null> = fc.oneof(
    fc.constant(null),
    fc.record({ kind: fc.constantFrom('deliverable', 'out_of_stock'), warehouseId }),
    fc.record({ kind: fc.constant('promised'), warehouseId, date }),
    fc.record({
      kind: fc.constant('lead_time'),
      warehouseId,
      date,
      days: fc.integer({ min: 0, max: 3 }),
    }),
  ) as fc.Arbitrary<Delivery | null>
  const figure = fc.option(
    fc.record({
      amount: fc.integer({ min: 0, max: 50_000_000 }),
      basis: fc.constantFrom('net' as const, 'gross' as const),
      rebate: fc.integer({ min: 0, max: 1_000_000 }),
    }),
  )
  const rows = fc.uniqueArray(
    fc.record({
      id: fc.string({ maxLength: 12 }),
      quantity: fc.integer({ min: 1, max: 100_000 }),
      vatRate: fc.constantFrom(0, 60_000, 250_000),
      price: figure,
      resolved: figure,
      delivery,
    }),
    { selector: ({ id }) => id, maxLength: 6 },
  )

  test('what is as it was seen is no change, and what changed is told of that row with both figures', () => {
    fc.assert(
      fc.property(rows, fc.nat(), delivery, figure, (lines, which, other, otherPrice) => {
        expect(hasChanges(figureChanges(seen(lines), asNow(lines)))).toBe(false)
        const at_ = lines.length === 0 ? -1 : which % lines.length
        const after = lines.map((line, at) =>
          at === at_ ? { ...line, delivery: other, resolved: otherPrice } : line,
        )
        const { lines: changed } = figureChanges(seen(lines), asNow(after))
        for (const { id, changes } of changed) {
          expect(id).toBe(lines[at_]?.id)
          for (const { what, seen: was, now: is } of changes) {
            expect(was).toEqual(lines[at_]?.[what])
            expect(is).toEqual(after[at_]?.[what])
            expect(is).not.toEqual(was)
          }
        }
      }),
    )
  })

  test('a promise is later one way exactly where it is sooner the other', () => {
    const opposite = { later: 'sooner', sooner: 'later' } as const
    fc.assert(
      fc.property(delivery, delivery, (a, b) => {
        const there = deliveryChange(a, b)
        expect(deliveryChange(b, a)).toBe(there && opposite[there])
        expect(deliveryChange(a, a)).toBeNull()
      }),
    )
  })
})

test('what a hold takes from a line is told where nobody was shown its delivery, and only there', () => {
  const late: Delivery = { kind: 'lead_time', warehouseId: 'STH', days: 5, date: '2026-11-30' }
  const free = new Map<string, Delivery | null>([['1', now]])
  const unseen: SeenFigures = { ...document, lines: { 1: { price: price(10) } } }
  const told = [{ id: '1', changes: [{ what: 'delivery', seen: now, now: late }] }]
  expect(heldBack(unseen, [row({ delivery: late })], free)).toEqual(told)
  expect(heldBack({ lines: {} }, [row({ delivery: late })], free)).toEqual(told)
  expect(heldBack(unseen, [row()], free)).toEqual([])
  // What was stated is compared with what is so already.
  expect(heldBack(seen([row({ delivery: late })]), [row({ delivery: late })], free)).toEqual([])
})
