import { expect, test } from 'vitest'
import {
  asHeldFor,
  ownHolds,
  withoutHeld,
  type StockHold,
} from '../../../../domain/availability/holds'
import { deliveryOf } from '../../../../domain/availability/delivery'
import { placeLines } from '../../../../domain/availability/place-lines'
import type { PlacementOption } from '../../../../domain/availability/place-line'
import { ONE_UNIT } from '../../../../domain/units'
import { option, TODAY, units } from '../../../support/domain/stock'

const context = { today: TODAY, calendar: { holidays: new Set<string>() }, step: ONE_UNIT }

function hold(overrides: Partial<StockHold> = {}): StockHold {
  return {
    documentId: 'mine',
    lineId: '1',
    articleId: 'A',
    warehouseId: 'STH',
    quantity: units(5),
    plannedDate: null,
    heldAt: 1,
    orderedSince: [],
    ...overrides,
  }
}

const shelf = (count: number, taken = 0): PlacementOption => ({
  ...option('STH', { onHand: units(count), leadTimeDays: 5 }),
  commitments: taken === 0 ? [] : [{ quantity: units(taken), plannedDate: null }],
})

/** What a line of so much is promised. */
function promised(
  quantity: number,
  options: readonly PlacementOption[],
  held?: ReturnType<typeof ownHolds>,
) {
  const line = {
    id: '1',
    quantity: units(quantity),
    plannedDate: null,
    wantedWarehouseId: null,
    chosenWarehouseId: null,
    held: held?.get('1'),
  }
  return deliveryOf(placeLines([line], options, context).get('1'))?.kind
}

test('what is held for others is nobody else’s, of its article and in its warehouse alone', () => {
  const others = [hold({ documentId: 'theirs' })]
  expect(promised(2, withoutHeld('A', [shelf(6)], others))).toBe('lead_time')
  expect(promised(1, withoutHeld('A', [shelf(6)], others))).toBe('deliverable')
  expect(promised(6, withoutHeld('B', [shelf(6)], others))).toBe('deliverable')
  const elsewhere = [hold({ warehouseId: 'GBG' })]
  expect(promised(6, withoutHeld('A', [shelf(6)], elsewhere))).toBe('deliverable')
})

test('whoever holds it gets it, whatever was ordered beside it and held behind it since', () => {
  const mine = hold({ orderedSince: [{ quantity: units(4), plannedDate: null }] })
  const later = hold({ documentId: 'theirs', heldAt: 2, quantity: units(3) })
  const options = withoutHeld('A', [shelf(5, 4)], [later])
  expect(promised(5, options)).toBe('lead_time')
  expect(promised(5, options, ownHolds([mine], [later]))).toBe('deliverable')
})

test('what was held before one’s own is not given back', () => {
  const mine = hold({ heldAt: 2 })
  const earlier = hold({ documentId: 'theirs', heldAt: 1 })
  const options = withoutHeld('A', [shelf(5)], [earlier])
  expect(promised(5, options, ownHolds([mine], [earlier]))).toBe('lead_time')
})

test('a line of more than is held gets no more than anybody', () => {
  const mine = hold({ orderedSince: [{ quantity: units(4), plannedDate: null }] })
  const held = ownHolds([mine], []).get('1')
  const options = [shelf(9, 4)]
  expect(asHeldFor(units(5), held, options)).not.toEqual(options)
  expect(asHeldFor(units(6), held, options)).toEqual(options)
  expect(asHeldFor(units(5), undefined, options)).toEqual(options)
})
