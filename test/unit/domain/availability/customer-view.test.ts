import { describe, expect, it } from 'vitest'
import { customerView } from '../../../../domain/availability/customer-view'
import type { PlacementOption } from '../../../../domain/availability/place-line'
import type { DisplayRule } from '../../../../domain/availability/stock-display'
import type { StockPosition } from '../../../../domain/availability/position'

const context = {
  // A Monday.
  today: '2026-11-23',
  calendar: { holidays: new Set<string>() },
  staleBefore: '2026-11-22T11:00:00.000Z',
  rule: { kind: 'exact' } as DisplayRule,
}
const pieces = { precision: 0, packMultiple: 0 } as const

function option(warehouseId: string, position: Partial<StockPosition>): PlacementOption {
  return {
    warehouseId,
    commitments: [],
    position: {
      onHand: 0,
      safetyStock: 0,
      leadTimeDays: null,
      backlog: [],
      inbound: [],
      source: 'erp',
      observedAt: '2026-11-23T06:00:00.000Z',
      ...position,
    },
  }
}
const view = (quantity: number, ...options: readonly PlacementOption[]) =>
  customerView(quantity, pieces, options, context)

describe('customerView', () => {
  it('tells of every warehouse by priority what can leave now, and which one is best', () => {
    const seen = view(
      20_000,
      option('near', { onHand: 8_000, leadTimeDays: 3 }),
      option('far', { onHand: 45_000, safetyStock: 5_000 }),
    )
    expect(seen).toMatchObject({
      bestId: 'far',
      split: null,
      warehouses: [
        {
          warehouseId: 'near',
          kind: 'lead_time',
          now: { quantity: 8_000, orMore: false },
          leadTimeDays: 3,
          date: '2026-11-26',
          confirmed: null,
        },
        // What may be taken of it: the safety stock stays.
        { warehouseId: 'far', kind: 'deliverable', now: { quantity: 40_000 }, date: '2026-11-23' },
      ],
    })
  })

  it('never shows less than nothing, however much is promised', () => {
    const { warehouses } = view(1_000, option('w', { onHand: -7_000, safetyStock: 3_000 }))!
    expect(warehouses).toMatchObject([
      { kind: 'out_of_stock', now: { quantity: 0 }, date: null, leadTimeDays: null },
    ])
  })

  it('shows no more decimals than the article is sold in, and never rounds up', () => {
    const { warehouses } = view(1_000, option('w', { onHand: 2_999 }))!
    expect(warehouses[0]?.now).toEqual({ quantity: 2_000, orMore: false })
  })

  it('tells the working day on which inbound can leave, and whether it is only planned', () => {
    const inbound = [{ quantity: 9_000, date: '2026-11-28', confirmed: false }]
    const { warehouses } = view(5_000, option('w', { inbound }))!
    // It comes in on a Saturday.
    expect(warehouses).toMatchObject([
      { kind: 'promised', date: '2026-11-30', confirmed: false, leadTimeDays: null },
    ])
  })

  it('splits in steps that can be ordered, where no warehouse has it all', () => {
    const options = [option('a', { onHand: 17_000 }), option('b', { onHand: 9_000 })]
    const packs = { precision: 0, packMultiple: 5_000 } as const
    expect(customerView(30_000, packs, options, context)?.split).toEqual({
      parts: [
        { warehouseId: 'a', quantity: { quantity: 15_000, orMore: false } },
        { warehouseId: 'b', quantity: { quantity: 5_000, orMore: false } },
      ],
      isWhole: false,
      missing: 10_000,
    })
    expect(customerView(20_000, packs, options, context)?.split).toMatchObject({ isWhole: true })
  })

  it('shows no figure that the rule does not show, in a split either', () => {
    const options = [option('a', { onHand: 80_000 }), option('b', { onHand: 30_000 })]
    const by = (rule: DisplayRule) => customerView(100_000, pieces, options, { ...context, rule })
    const capped = by({ kind: 'capped', at: 50_000 })
    expect(capped).toMatchObject({
      bestId: 'a',
      warehouses: [{ now: { quantity: 50_000, orMore: true } }, { now: { quantity: 30_000 } }],
      split: {
        parts: [
          { quantity: { quantity: 50_000, orMore: true } },
          { quantity: { quantity: 20_000 } },
        ],
        isWhole: true,
        missing: null,
      },
    })
    expect(by({ kind: 'yes_no' })).toMatchObject({
      bestId: 'a',
      warehouses: [{ kind: 'out_of_stock', now: null }, { now: null }],
      split: { parts: [{ quantity: null }, { quantity: null }], isWhole: true, missing: null },
    })
  })

  it('calls a report old that was observed before a moment, and none where there is no such moment', () => {
    const old = option('w', { onHand: 1_000, observedAt: '2026-11-22T10:59:59.999Z' })
    const isStale = (before: string | null) =>
      customerView(1_000, pieces, [old], { ...context, staleBefore: before })?.warehouses[0]
        ?.isStale
    const [same, later] = ['2026-11-22T10:59:59.999Z', '2026-11-22T11:00:00.000Z']
    expect([isStale(same), isStale(later), isStale(null)]).toEqual([false, true, false])
  })

  it('is nothing where no warehouse holds it', () => {
    expect(view(1_000)).toBeNull()
  })
})
