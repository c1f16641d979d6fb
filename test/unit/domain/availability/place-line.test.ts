import { describe, expect, it } from 'vitest'
import { openedWarehouses, placeLine } from '../../../../domain/availability/place-line'
import type { PlacementContext } from '../../../../domain/availability/place-line'
import { option, TODAY, units } from '../../../support/domain/stock'

const context: PlacementContext = {
  wantedWarehouseId: null,
  today: TODAY,
  calendar: { holidays: new Set() },
  step: 1_000,
}
const wanting = (wantedWarehouseId: string) => ({ ...context, wantedWarehouseId })
const inbound = (date: string, quantity = units(99)) => ({
  inbound: [{ quantity, date, confirmed: true }],
})

/** Where ten units are placed, and why. */
function placed(options: Parameters<typeof placeLine>[1], asked: PlacementContext = context) {
  const placement = placeLine(units(10), options, asked)
  return placement && `${placement.warehouseId}: ${placement.reason}`
}

describe('placeLine', () => {
  const empty = option('empty')
  const north = option('north', { onHand: units(10) })
  const south = option('south', { onHand: units(50) })

  it('takes the wanted warehouse when it delivers now', () => {
    expect(placed([north, south], wanting('south'))).toBe('south: wanted')
    expect(placed([north, south], wanting('north'))).toBe('north: wanted')
  })

  it('takes the first that delivers now when the wanted one does not, or none is wanted', () => {
    expect(placed([empty, north, south], wanting('empty'))).toBe('north: delivers_now')
    expect(placed([south, north])).toBe('south: delivers_now')
    expect(placed([north, south], wanting('closed'))).toBe('north: delivers_now')
  })

  it('delivers now before it promises, even from the wanted one', () => {
    const soon = option('soon', inbound('2026-11-24'))
    expect(placed([soon, south], wanting('soon'))).toBe('south: delivers_now')
  })

  it('takes the earliest promise, by order among equals, the wanted one first', () => {
    const late = option('late', inbound('2026-12-24'))
    const soon = option('soon', inbound('2026-11-30'))
    const also = option('also', inbound('2026-11-30'))
    expect(placed([late, soon, also])).toBe('soon: earliest_promise')
    expect(placed([late, soon, also], wanting('also'))).toBe('also: earliest_promise')
    expect(placed([late, soon, also], wanting('late'))).toBe('soon: earliest_promise')
    const newYear = option('new-year', inbound('2027-01-02'))
    expect(placed([newYear, late])).toBe('late: earliest_promise')
  })

  it('prefers a promise to a lead time, and the shortest lead time', () => {
    const far = option('far', inbound('2027-11-30'))
    const nine = option('nine', { leadTimeDays: 9 })
    const ten = option('ten', { leadTimeDays: 10 })
    expect(placed([ten, far, nine])).toBe('far: earliest_promise')
    expect(placed([ten, nine, empty])).toBe('nine: shortest_lead_time')
    expect(placed([empty, ten, nine], wanting('ten'))).toBe('nine: shortest_lead_time')
  })

  it('stays where it was wanted, or with the first, when nothing helps', () => {
    expect(placed([empty, option('bare')])).toBe('empty: nothing_better')
    expect(placed([empty, option('bare')], wanting('bare'))).toBe('bare: nothing_better')
  })

  it('places nothing where no warehouse is opened', () => {
    expect(placeLine(units(1), [], context)).toBeNull()
  })

  it('counts our own orders and the safety stock', () => {
    const taken = { ...north, commitments: [{ quantity: 1, plannedDate: null }] }
    expect(placed([taken, south])).toBe('south: delivers_now')
    const kept = option('kept', { onHand: units(10), safetyStock: 1 })
    expect(placed([kept, south])).toBe('south: delivers_now')
  })

  it('lists every answer in the order of priority, the chosen one’s beside it', () => {
    const placement = placeLine(units(10), [empty, north], wanting('north'))
    expect(placement?.answers).toEqual([
      { warehouseId: 'empty', availability: { kind: 'out_of_stock', deliverableNow: 0 } },
      {
        warehouseId: 'north',
        availability: { kind: 'deliverable', quantity: units(10), confirmed: true },
      },
    ])
    expect(placement?.availability).toEqual(placement?.answers[1]?.availability)
  })
})

describe('a split', () => {
  const options = [
    option('a', { onHand: units(4) }),
    option('b', { onHand: units(5) }),
    option('c', { onHand: units(6) }),
  ]
  const split = (quantity: number, asked: PlacementContext = context) =>
    placeLine(quantity, options, asked)?.split

  it('takes what each has, in order, the wanted one first', () => {
    expect(split(units(10))).toEqual({
      parts: [
        { warehouseId: 'a', quantity: units(4) },
        { warehouseId: 'b', quantity: units(5) },
        { warehouseId: 'c', quantity: units(1) },
      ],
      missing: 0,
    })
    expect(split(units(10), wanting('c'))?.parts).toEqual([
      { warehouseId: 'c', quantity: units(6) },
      { warehouseId: 'a', quantity: units(4) },
    ])
  })

  it('says what is missing', () => {
    expect(split(units(20))).toMatchObject({ missing: units(5) })
    expect(split(units(15))).toMatchObject({ missing: 0 })
  })

  it('is of whole packs', () => {
    const packs = { ...context, step: units(2) }
    expect(split(units(14), packs)).toEqual({
      parts: [
        { warehouseId: 'a', quantity: units(4) },
        { warehouseId: 'b', quantity: units(4) },
        { warehouseId: 'c', quantity: units(6) },
      ],
      missing: 0,
    })
  })

  it('goes down to a thousandth', () => {
    const crumbs = [option('a', { onHand: 1 }), option('b', { onHand: 2 })]
    expect(placeLine(3, crumbs, { ...context, step: 1 })?.split).toEqual({
      parts: [
        { warehouseId: 'a', quantity: 1 },
        { warehouseId: 'b', quantity: 2 },
      ],
      missing: 0,
    })
  })

  it('is not offered where one delivers it all, or only one has any', () => {
    expect(split(units(6))).toBeNull()
    const alone = placeLine(units(9), [option('a', { onHand: units(4) }), option('b')], context)
    expect(alone?.split).toBeNull()
  })

  it('leaves own orders and safety stock alone', () => {
    const held = [
      option('a', { onHand: units(9), safetyStock: units(5) }),
      {
        ...option('b', { onHand: units(9) }),
        commitments: [{ quantity: units(6), plannedDate: null }],
      },
    ]
    expect(placeLine(units(10), held, context)?.split).toEqual({
      parts: [
        { warehouseId: 'a', quantity: units(4) },
        { warehouseId: 'b', quantity: units(3) },
      ],
      missing: units(3),
    })
  })
})

it('openedWarehouses leaves the closed ones out, by priority, then by id', () => {
  const warehouse = (id: string, priority: number, openToWebshop = true) => ({
    id,
    name: id,
    openToWebshop,
    priority,
  })
  const opened = openedWarehouses(
    [
      warehouse('d', 20),
      warehouse('c', 10),
      warehouse('b', 1, false),
      warehouse('a', 10),
      warehouse('e', 9),
    ],
    null,
  )
  expect(opened.map(({ id }) => id)).toEqual(['e', 'a', 'c', 'd'])
})
