import { expect, test } from 'vitest'
import { placeLines, type LineToPlace } from '../../../../domain/availability/place-lines'
import type { PlacementOption } from '../../../../domain/availability/place-line'
import { swedishWorkCalendar } from '../../../../domain/swedish-holidays'
import { ONE_UNIT } from '../../../../domain/units'

const context = {
  today: '2026-11-23',
  calendar: swedishWorkCalendar(2026, 2027),
  step: ONE_UNIT,
}

function option(warehouseId: string, onHand: number): PlacementOption {
  return {
    warehouseId,
    position: {
      onHand: onHand * ONE_UNIT,
      safetyStock: 0,
      leadTimeDays: 7,
      backlog: [],
      inbound: [],
      source: 'erp',
      observedAt: '2026-11-23T06:00:00.000Z',
    },
    commitments: [],
  }
}

function line(id: string, quantity: number, rest: Partial<LineToPlace> = {}): LineToPlace {
  return {
    id,
    quantity: quantity * ONE_UNIT,
    plannedDate: null,
    wantedWarehouseId: null,
    chosenWarehouseId: null,
    ...rest,
  }
}

const where = (lines: readonly LineToPlace[], options: readonly PlacementOption[]) =>
  Object.fromEntries(
    [...placeLines(lines, options, context)].map(([id, { warehouseId }]) => [id, warehouseId]),
  )

test('what one line takes the next cannot be promised', () => {
  const options = [option('STO', 10), option('GBG', 10)]
  expect(where([line('1', 6), line('2', 6), line('3', 4)], options)).toEqual({
    1: 'STO',
    2: 'GBG',
    3: 'STO',
  })
})

test('many lines on one day take as much together as each by itself', () => {
  const lines = Array.from({ length: 12 }, (_, at) => line(String(at), 1))
  const placed = Object.values(where(lines, [option('STO', 7), option('GBG', 5)]))
  expect(placed.filter((id) => id === 'STO')).toHaveLength(7)
  expect(placed.filter((id) => id === 'GBG')).toHaveLength(5)
})

test('a choice stands, takes from there, and leaves it known what nobody chose', () => {
  const lines = [line('1', 10, { chosenWarehouseId: 'GBG' }), line('2', 10)]
  const placed = placeLines(lines, [option('STO', 10), option('GBG', 10)], context)
  expect(placed.get('1')).toMatchObject({ warehouseId: 'GBG', placement: { warehouseId: 'STO' } })
  expect(placed.get('2')?.warehouseId).toBe('STO')
})

test('a choice that is no option is none, and without options there is no place', () => {
  expect(where([line('1', 1, { chosenWarehouseId: 'UME' })], [option('STO', 1)])).toEqual({
    1: 'STO',
  })
  expect(where([line('1', 1)], [])).toEqual({ 1: null })
})

test('what was seen stands where it delivers no later than then, and what is chosen goes before it', () => {
  const options = [option('STH', 50), option('GBG', 50)]
  const seen = { kind: 'deliverable', warehouseId: 'GBG' } as const
  expect(where([line('1', 20)], options)).toEqual({ 1: 'STH' })
  expect(where([line('1', 20, { seen })], options)).toEqual({ 1: 'GBG' })
  // The second can no longer be had from there at once.
  expect(where([line('1', 40, { seen }), line('2', 40, { seen })], options)).toEqual({
    1: 'GBG',
    2: 'STH',
  })
  expect(where([line('1', 20, { seen, chosenWarehouseId: 'STH' })], options)).toEqual({ 1: 'STH' })
  const promised = { kind: 'promised', warehouseId: 'UME', date: '2026-11-24' } as const
  expect(where([line('1', 20, { seen: promised })], options)).toEqual({ 1: 'STH' })
})
