import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Delivery } from '../../../../domain/availability/delivery'
import { placeDocument } from '../../../../domain/availability/place-lines'
import type { PriceResolution } from '../../../../domain/pricing/rules'
import type { FigureLine } from '../../../../domain/requisition/figures'
import {
  revalidate,
  type LineNow,
  type ProposedLine,
} from '../../../../domain/requisition/revalidate'
import { swedishWorkCalendar } from '../../../../domain/swedish-holidays'

const sek = { currency: 'SEK', mode: 'per_rate_on_sum' } as const
const cost = (kronor: number) => ({ amount: kronor * 1_000_000, currency: 'SEK' })
const resolution = (kronor: number): PriceResolution => ({
  kind: 'priced',
  unitPrice: { amount: Math.round(kronor * 1_000_000), basis: 'net', currency: 'SEK' },
  rebate: 0,
  listPrice: null,
  vatRate: 250_000,
  source: { kind: 'list_price' },
  steps: [],
  stale: false,
})
const missing: PriceResolution = {
  kind: 'missing',
  reason: 'no_rule',
  listPrice: null,
  vatRate: 250_000,
}
const line = (id: string, kronor = 10): FigureLine => ({
  id,
  quantity: 2_000,
  vatRate: 250_000,
  shown: null,
  resolved: resolution(kronor),
})
const now: Delivery = { kind: 'deliverable', warehouseId: 'STH' }
const as = (id: string, rest: Partial<LineNow> = {}): LineNow => ({
  line: line(id),
  resolved: resolution(10),
  delivery: now,
  cost: cost(6),
  ...rest,
})
const proposed = (delivery: Delivery | null = now): ProposedLine => ({
  delivery,
  deliverable: 5_000,
  cost: cost(6),
})

test('a document that is as it was has changed in nothing', () => {
  const { lines, kept, refreshed, margin } = revalidate(
    [as('1'), as('2')],
    new Map([
      ['1', proposed()],
      ['2', proposed()],
    ]),
    sek,
  )
  expect(lines.map(({ isPriceOther, delivery }) => [isPriceOther, delivery])).toEqual([
    [false, null],
    [false, null],
  ])
  expect(kept).toMatchObject({ net: 4_000, gross: 5_000 })
  expect(refreshed).toEqual(kept)
  expect(margin.kept).toEqual({ kind: 'known', margin: 400_000 })
})

test('sums and margins are told at the prices that are kept and at today’s', () => {
  const { lines, kept, refreshed, margin } = revalidate(
    [
      as('1', { resolved: resolution(12) }),
      as('2', { cost: cost(7) }),
      as('3', { resolved: missing }),
    ],
    new Map(['1', '2', '3'].map((id) => [id, proposed()])),
    sek,
  )
  expect(lines.map(({ isPriceOther }) => isPriceOther)).toEqual([true, false, true])
  expect(lines[1]?.margin).toEqual({
    proposed: 400_000,
    kept: 300_000,
    refreshed: 300_000,
    hasFallen: true,
  })
  expect(kept?.net).toBe(6_000)
  // What has no price today stays at the one that is kept.
  expect(refreshed?.net).toBe(6_400)
  expect(margin.kept).toEqual({ kind: 'known', margin: 366_667 })
})

test('of what nobody wrote down nothing is said, and a cost that nobody knows gives no margin', () => {
  const { lines, margin } = revalidate([as('1', { cost: null })], new Map(), sek)
  expect(lines[0]).toMatchObject({
    delivery: null,
    margin: { proposed: null, kept: null, hasFallen: false },
  })
  expect(margin.kept).toMatchObject({ kind: 'unknown', rowsWithoutCost: 1 })
})

test('rows of one article that share its stock are told by their ids, whatever order they stand in', () => {
  const option = (onHand: number) => [
    {
      warehouseId: 'STH',
      position: {
        onHand,
        safetyStock: 0,
        leadTimeDays: 5,
        backlog: [],
        inbound: [],
        source: 'erp',
        observedAt: '2026-11-23T06:00:00.000Z',
      },
      commitments: [],
    },
  ]
  const context = { today: '2026-11-23', calendar: swedishWorkCalendar(2026, 2027), step: 1 }
  const promises = (rows: readonly { id: string; quantity: number }[], onHand: number) =>
    placeDocument(
      rows.map((row) => ({
        ...row,
        articleId: 'A',
        plannedDate: null,
        wantedWarehouseId: null,
        chosenWarehouseId: null,
      })),
      () => option(onHand),
      context,
    )
  const kinds = (placed: ReturnType<typeof promises>) =>
    new Map(
      [...placed].map(([id, { placement }]) => [id, placement?.availability.kind ?? 'nothing']),
    )
  const delivery = (kind: string): Delivery =>
    kind === 'deliverable'
      ? now
      : { kind: 'lead_time', warehouseId: 'STH', days: 5, date: '2026-11-30' }
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.record({ id: fc.string(), quantity: fc.integer({ min: 1, max: 9 }) }), {
        selector: ({ id }) => id,
        minLength: 1,
        maxLength: 6,
      }),
      fc.nat({ max: 40 }),
      fc.nat({ max: 40 }),
      (rows, then, today) => {
        const [before, after] = [kinds(promises(rows, then)), kinds(promises(rows, today))]
        const { lines } = revalidate(
          rows.map(({ id }) => as(id, { delivery: delivery(after.get(id) ?? '') })),
          new Map(rows.map(({ id }) => [id, proposed(delivery(before.get(id) ?? ''))])),
          sek,
        )
        for (const { id, delivery: change } of lines) {
          const [was, is] = [before.get(id), after.get(id)]
          expect(change).toBe(was === is ? null : is === 'deliverable' ? 'sooner' : 'later')
        }
        // Less stock is never better for the document as a whole, nor more stock worse.
        const better = lines.filter(({ delivery: change }) => change === 'sooner').length
        const worse = lines.filter(({ delivery: change }) => change === 'later').length
        if (today === then) expect(better + worse).toBe(0)
      },
    ),
  )
})
