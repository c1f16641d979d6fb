import { describe, expect, it } from 'vitest'
import {
  availableToPromise,
  dayAt,
  project,
  promiseDate,
} from '../../../../domain/availability/projection'
import { stock, TODAY, units } from '../../../support/domain/stock'

/** Balance and deliverable quantity in whole units, a line for each day that changes them. */
function table(...input: Parameters<typeof stock>) {
  return project(stock(...input)).days.map(
    ({ date, balance, deliverable }) => `${date}: ${balance / 1_000}, ${deliverable / 1_000}`,
  )
}

describe('project', () => {
  it('without inbound is on hand − backlog', () => {
    expect(
      table({ onHand: units(7), backlog: [{ quantity: units(3), plannedDate: null }] }),
    ).toEqual(['2026-11-23: 4, 4'])
    expect(
      table({ onHand: units(7), backlog: [{ quantity: units(3), plannedDate: '2027-03-01' }] })[0],
    ).toBe('2026-11-23: 7, 4')
  })

  it('has what is promised later in the way of today', () => {
    expect(
      table({
        onHand: units(100),
        backlog: [{ quantity: units(100), plannedDate: '2027-03-15' }],
        inbound: [{ quantity: units(20), date: '2026-11-30', confirmed: true }],
      }),
    ).toEqual(['2026-11-23: 100, 20', '2026-11-30: 120, 20', '2027-03-15: 20, 20'])
  })

  it('counts backlog and own orders without a date, due, or past due, today', () => {
    const dates = [null, '2026-11-22', '2026-11-23', '2020-01-01']
    const demand = dates.map((plannedDate) => ({ quantity: units(1), plannedDate }))
    expect(table({ onHand: units(10), backlog: demand })).toEqual(['2026-11-23: 6, 6'])
    expect(table({ onHand: units(10) }, { commitments: demand })).toEqual(['2026-11-23: 6, 6'])
    expect(table({ onHand: units(10), backlog: demand }, { commitments: demand })).toEqual([
      '2026-11-23: 2, 2',
    ])
  })

  it('counts own orders of a later day on that day', () => {
    const commitments = [{ quantity: units(4), plannedDate: '2026-11-25' }]
    expect(table({ onHand: units(10) }, { commitments })).toEqual([
      '2026-11-23: 10, 6',
      '2026-11-25: 6, 6',
    ])
  })

  it('counts inbound due today today, confirmed or not', () => {
    const line = { quantity: units(5), date: TODAY }
    expect(table({ inbound: [{ ...line, confirmed: true }] })).toEqual(['2026-11-23: 5, 5'])
    expect(table({ inbound: [{ ...line, confirmed: false }] })).toEqual(['2026-11-23: 5, 5'])
  })

  it('leaves unconfirmed inbound out when told', () => {
    const input = stock({
      inbound: [
        { quantity: units(5), date: '2026-11-25', confirmed: false },
        { quantity: units(3), date: '2026-11-26', confirmed: true },
      ],
    })
    expect(project(input, { confirmedOnly: true }).days).toEqual([
      { date: TODAY, balance: 0, deliverable: 0 },
      { date: '2026-11-26', balance: 3_000, deliverable: 3_000 },
    ])
  })

  it('counts late and undated inbound on no day, and sums it apart', () => {
    const { days, uncertain } = project(
      stock({
        inbound: [
          { quantity: units(5), date: '2026-11-22', confirmed: true },
          { quantity: units(6), date: '2026-11-09', confirmed: true },
          { quantity: units(7), date: '2026-11-20', confirmed: false },
          { quantity: units(8), date: null, confirmed: true },
          { quantity: units(9), date: null, confirmed: false },
        ],
      }),
    )
    expect(days).toEqual([{ date: TODAY, balance: 0, deliverable: 0 }])
    expect(uncertain).toEqual({ late: units(18), lateSince: '2026-11-09', undated: units(17) })
    expect(project(stock()).uncertain).toEqual({ late: 0, lateSince: null, undated: 0 })
  })

  it('puts the movements of a day together', () => {
    expect(
      table({
        backlog: [{ quantity: units(4), plannedDate: '2026-12-01' }],
        inbound: [
          { quantity: units(3), date: '2026-12-01', confirmed: true },
          { quantity: units(2), date: '2026-12-01', confirmed: false },
        ],
      }),
    ).toEqual(['2026-11-23: 0, 0', '2026-12-01: 1, 1'])
  })
})

describe('dayAt', () => {
  const projection = project(
    stock({ inbound: [{ quantity: units(5), date: '2026-12-31', confirmed: true }] }),
  )

  it('is the last movement up to a date', () => {
    expect(dayAt(projection, '2026-12-30').date).toBe(TODAY)
    expect(dayAt(projection, '2026-12-31').date).toBe('2026-12-31')
    expect(dayAt(projection, '2027-06-01').date).toBe('2026-12-31')
    expect(dayAt(projection, '2026-01-01').date).toBe(TODAY)
  })
})

describe('promising', () => {
  const day = { date: TODAY, balance: units(9), deliverable: units(5) }

  it('keeps the safety stock, and shows nothing below 0', () => {
    expect(availableToPromise(day, units(2))).toBe(units(3))
    expect(availableToPromise(day, units(5))).toBe(0)
    expect(availableToPromise(day, units(6))).toBe(0)
  })

  it('takes the first day that covers the quantity and the safety stock', () => {
    const projection = project(
      stock({
        onHand: units(1),
        inbound: [
          { quantity: units(4), date: '2026-12-01', confirmed: true },
          { quantity: units(5), date: '2026-12-02', confirmed: true },
        ],
      }),
    )
    expect(promiseDate(projection, units(1), 0)).toBe(TODAY)
    expect(promiseDate(projection, units(5), 0)).toBe('2026-12-01')
    expect(promiseDate(projection, units(5), 1)).toBe('2026-12-02')
    expect(promiseDate(projection, units(10), 0)).toBe('2026-12-02')
    expect(promiseDate(projection, units(10) + 1, 0)).toBeNull()
  })
})
