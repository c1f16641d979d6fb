import { describe, expect, it } from 'vitest'
import { availabilityOf, stockFigures } from '../../../../domain/availability/availability'
import { swedishWorkCalendar } from '../../../../domain/swedish-holidays'
import { stock, TODAY, units } from '../../../support/domain/stock'

describe('availabilityOf', () => {
  it('with 0 on hand, backlog 10, inbound 10 on the 1st and 20 on the 15th promises 1 the 15th', () => {
    const input = stock({
      backlog: [{ quantity: units(10), plannedDate: null }],
      inbound: [
        { quantity: units(10), date: '2026-12-01', confirmed: true },
        { quantity: units(20), date: '2026-12-15', confirmed: true },
      ],
    })
    const promised = {
      kind: 'promised',
      date: '2026-12-15',
      confirmed: true,
      deliverableNow: 0,
    }
    expect(availabilityOf(input, units(1))).toEqual(promised)
    expect(availabilityOf(input, units(20))).toEqual(promised)
    expect(availabilityOf(input, units(21)).kind).toBe('out_of_stock')
  })

  it('with 100 on hand, a backlog of 100 in March and 20 inbound next week delivers 20 now', () => {
    const input = stock({
      onHand: units(100),
      backlog: [{ quantity: units(100), plannedDate: '2027-03-15' }],
      inbound: [{ quantity: units(20), date: '2026-11-30', confirmed: true }],
    })
    const deliverable = { kind: 'deliverable', quantity: units(20), confirmed: true }
    expect(availabilityOf(input, units(1))).toEqual(deliverable)
    expect(availabilityOf(input, units(20))).toEqual(deliverable)
    expect(availabilityOf(input, units(20) + 1)).toEqual({
      kind: 'out_of_stock',
      deliverableNow: units(20),
    })
  })

  it('shows the deliverable balance where it covers the safety stock too', () => {
    const input = stock({ onHand: units(10), safetyStock: units(4) })
    expect(availabilityOf(input, units(6))).toEqual({
      kind: 'deliverable',
      quantity: units(10),
      confirmed: true,
    })
    expect(availabilityOf(input, units(6) + 1)).toEqual({
      kind: 'out_of_stock',
      deliverableNow: units(6),
    })
    expect(availabilityOf(stock({ onHand: units(3), safetyStock: units(4) }), 1)).toEqual({
      kind: 'out_of_stock',
      deliverableNow: 0,
    })
  })

  it('counts our own orders at once', () => {
    const commitments = [{ quantity: units(8), plannedDate: null }]
    expect(availabilityOf(stock({ onHand: units(10) }, { commitments }), units(2))).toMatchObject({
      kind: 'deliverable',
      quantity: units(2),
    })
    expect(availabilityOf(stock({ onHand: units(10) }, { commitments }), units(3))).toEqual({
      kind: 'out_of_stock',
      deliverableNow: units(2),
    })
  })

  describe('planned inbound', () => {
    const planned = { quantity: units(5), confirmed: false }
    const sure = { quantity: units(5), confirmed: true }

    it('is promised as such', () => {
      const input = stock({ inbound: [{ ...planned, date: '2026-12-01' }] })
      expect(availabilityOf(input, units(5))).toEqual({
        kind: 'promised',
        date: '2026-12-01',
        confirmed: false,
        deliverableNow: 0,
      })
    })

    it('leaves a promise confirmed that stands without it', () => {
      const input = stock({
        inbound: [
          { ...planned, date: '2026-12-01' },
          { ...sure, date: '2026-12-02', quantity: units(6) },
        ],
      })
      expect(availabilityOf(input, units(5))).toMatchObject({
        date: '2026-12-01',
        confirmed: false,
      })
      expect(availabilityOf(input, units(6))).toMatchObject({ date: '2026-12-02', confirmed: true })
      expect(availabilityOf(input, units(7))).toMatchObject({
        date: '2026-12-02',
        confirmed: false,
      })
    })

    it('does not confirm what only it makes up for later', () => {
      const input = stock({
        backlog: [{ quantity: units(5), plannedDate: '2026-12-20' }],
        inbound: [
          { ...sure, date: '2026-12-01' },
          { ...planned, date: '2026-12-10' },
        ],
      })
      expect(availabilityOf(input, units(5))).toMatchObject({
        date: '2026-12-01',
        confirmed: false,
      })
    })

    it('does not confirm what only it leaves the safety stock for', () => {
      const input = stock({
        safetyStock: units(1),
        inbound: [
          { ...planned, date: '2026-12-01' },
          { ...sure, date: '2026-12-02' },
        ],
      })
      expect(availabilityOf(input, units(5))).toMatchObject({
        date: '2026-12-02',
        confirmed: false,
      })
      expect(availabilityOf(input, units(4))).toMatchObject({
        date: '2026-12-01',
        confirmed: false,
      })
    })

    it('due today is deliverable, as planned', () => {
      const input = stock({ inbound: [{ ...planned, date: TODAY }], safetyStock: units(1) })
      expect(availabilityOf(input, units(4))).toEqual({
        kind: 'deliverable',
        quantity: units(5),
        confirmed: false,
      })
    })
  })

  it('never promises late or undated inbound', () => {
    const input = stock({
      leadTimeDays: 3,
      inbound: [
        { quantity: units(50), date: '2026-11-22', confirmed: true },
        { quantity: units(50), date: null, confirmed: true },
      ],
    })
    expect(availabilityOf(input, units(1))).toEqual({
      kind: 'lead_time',
      days: 3,
      date: '2026-11-26',
      deliverableNow: 0,
    })
  })

  it('prefers inbound to a shorter lead time, and a lead time to nothing', () => {
    const inbound = [{ quantity: units(5), date: '2027-06-01', confirmed: true }]
    const input = stock({ leadTimeDays: 1, inbound })
    expect(availabilityOf(input, units(5)).kind).toBe('promised')
    expect(availabilityOf(input, units(6)).kind).toBe('lead_time')
    expect(availabilityOf(stock({ inbound }), units(6)).kind).toBe('out_of_stock')
  })

  it('counts the lead time in working days', () => {
    const calendar = swedishWorkCalendar(2026, 2027)
    const wait = (today: string, leadTimeDays: number) =>
      availabilityOf(stock({ leadTimeDays }, { today, calendar }), units(1))
    expect(wait('2026-12-23', 1)).toMatchObject({ days: 1, date: '2026-12-28' })
    expect(wait('2026-12-30', 2)).toMatchObject({ days: 2, date: '2027-01-05' })
    expect(wait('2026-12-25', 0)).toMatchObject({ days: 0, date: '2026-12-28' })
    expect(wait('2026-03-27', 1)).toMatchObject({ days: 1, date: '2026-03-30' })
  })
})

describe('stockFigures', () => {
  it('gives the parts and the true figures, below 0 where they are', () => {
    const input = stock(
      {
        onHand: units(5),
        safetyStock: units(2),
        leadTimeDays: 10,
        backlog: [
          { quantity: units(4), plannedDate: null },
          { quantity: units(6), plannedDate: '2026-12-05' },
        ],
        inbound: [
          { quantity: units(1), date: TODAY, confirmed: true },
          { quantity: units(2), date: '2026-12-24', confirmed: true },
          { quantity: units(3), date: '2026-12-24', confirmed: false },
          { quantity: units(7), date: '2026-11-20', confirmed: true },
          { quantity: units(8), date: null, confirmed: false },
        ],
      },
      { commitments: [{ quantity: units(3), plannedDate: '2026-12-01' }] },
    )
    expect(stockFigures(input)).toEqual({
      onHand: units(5),
      backlogReported: units(10),
      ownCommitments: units(3),
      deliverable: units(-7),
      safetyStock: units(2),
      availableToPromise: 0,
      inboundConfirmed: units(3),
      inboundPlanned: units(3),
      uncertainInbound: { late: units(7), lateSince: '2026-11-20', undated: units(8) },
      leadTimeDays: 10,
      source: 'erp',
      observedAt: '2026-11-23T06:00:00.000Z',
    })
  })

  it('keeps the safety stock out of what can be promised', () => {
    expect(stockFigures(stock({ onHand: units(5), safetyStock: units(2) }))).toMatchObject({
      deliverable: units(5),
      availableToPromise: units(3),
    })
  })
})
