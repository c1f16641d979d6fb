import { expect, test } from 'vitest'
import { swedishWorkCalendar } from '../../../../domain/swedish-holidays'
import { placeArticle, validChoice } from '../../../../renderer/state/line-placement'
import type { ArticleStock } from '../../../../renderer/state/stock-index'
import { line, position } from '../../../fakes/desk/entities'

const warehouse = (id: string, priority: number) => ({
  id,
  name: id,
  openToWebshop: true,
  priority,
})
const context = {
  warehouses: [warehouse('STO', 1), warehouse('GBG', 2), warehouse('UME', 3)],
  today: '2026-11-23',
  calendar: swedishWorkCalendar(2026, 2027),
}
const stock: ArticleStock = {
  positions: { STO: position({ onHand: 10_000 }), GBG: position({ onHand: 100_000 }) },
  demands: new Map(),
}
const wanted = (id: string, quantity: number, articleId = 'A') => ({
  ...line({ id, articleId, quantity, at: 10 }),
  warehouseId: null,
})
const from = (lines: readonly ReturnType<typeof wanted>[], choices = {}) =>
  Object.fromEntries(
    [...placeArticle('A', lines, choices, stock, context)].map(([id, one]) => [
      id,
      one.warehouseId,
    ]),
  )

test('what one line takes, the next cannot be promised', () => {
  const lines = [wanted('1', 8_000), wanted('2', 8_000), wanted('3', 1_000, 'B')]
  expect(from(lines)).toEqual({ 1: 'STO', 2: 'GBG' })
  // Chosen elsewhere, the first leaves room for the second.
  expect(from(lines, { 1: 'GBG' })).toEqual({ 1: 'GBG', 2: 'STO' })
  const second = placeArticle('A', lines, {}, stock, context).get('2')
  expect(second?.answers.map(({ answer }) => answer?.kind ?? null)).toEqual([
    'out_of_stock',
    'deliverable',
    null,
  ])
})

test('a choice stands though another could do better, and is known from what nobody chose', () => {
  const lines = [wanted('1', 20_000)]
  const placed = placeArticle('A', lines, { 1: 'STO' }, stock, context).get('1')
  expect(placed).toMatchObject({ warehouseId: 'STO', automaticId: 'GBG' })
})

test('a choice that cannot be had is none', () => {
  const one = wanted('1', 1_000)
  expect(validChoice(one, { 1: 'GBG' }, stock, context)).toBe('GBG')
  for (const gone of ['UME', 'RET', 'toString']) {
    expect(validChoice(one, { 1: gone }, stock, context), gone).toBeNull()
  }
  expect(validChoice(wanted('constructor', 1_000), {}, stock, context)).toBeNull()
})
