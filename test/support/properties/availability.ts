import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { availabilityOf, stockFigures } from '../../../domain/availability/availability'
import { commitmentsNotContained } from '../../../domain/availability/commitments'
import { placeLine } from '../../../domain/availability/place-line'
import { dayAt, project } from '../../../domain/availability/projection'
import { availabilityCase, placement } from './availability-cases'
import { availabilityByLivingThrough, liveThrough } from './availability-reference'
import { assertHolds, timeoutOf } from './cases'
import type { Cases } from './cases'

/** What must hold of every position. */
export function describeAvailabilityProperties(cases: Cases): void {
  describe(`availability over ${cases.runs} random cases`, { timeout: timeoutOf(cases) }, () => {
    it('is what living through it day by day finds', () => {
      const met = new Set<string>()
      assertHolds(
        fc.property(availabilityCase, ({ input, wish }) => {
          const answer = availabilityOf(input, wish)
          expect(answer).toEqual(availabilityByLivingThrough(input, wish))
          met.add('confirmed' in answer ? `${answer.kind} ${answer.confirmed}` : answer.kind)
        }),
        cases,
      )
      // Else the property would hold of nothing.
      expect([...met].sort()).toEqual([
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
      const met = new Set<string>()
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
      expect([...met].sort()).toEqual([
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
