import type { AvailabilityInput } from '../../../domain/availability/availability'
import type { StockPosition } from '../../../domain/availability/position'
import type { PlacementOption } from '../../../domain/availability/place-line'

/** A Monday. */
export const TODAY = '2026-11-23'

/** So many whole units. */
export function units(count: number): number {
  return count * 1_000
}

export function position(overrides: Partial<StockPosition> = {}): StockPosition {
  return {
    onHand: 0,
    safetyStock: 0,
    leadTimeDays: null,
    backlog: [],
    inbound: [],
    source: 'erp',
    observedAt: '2026-11-23T06:00:00.000Z',
    ...overrides,
  }
}

export function stock(
  overrides: Partial<StockPosition> = {},
  rest: Partial<Omit<AvailabilityInput, 'position'>> = {},
): AvailabilityInput {
  return {
    commitments: [],
    today: TODAY,
    calendar: { holidays: new Set() },
    ...rest,
    position: position(overrides),
  }
}

export function option(
  warehouseId: string,
  overrides: Partial<StockPosition> = {},
): PlacementOption {
  return { warehouseId, position: position(overrides), commitments: [] }
}
