import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  dueNow,
  expiresAt,
  noDeadlines,
  type Deadlines,
  type WaitingRequisition,
} from '../../../../domain/approval/deadlines'
import type { ApprovalStep } from '../../../../domain/approval/steps'
import { requisitionStates } from '../../../../domain/requisition/states'
import { anyOf, approvers } from './rules'

const deadlines: Deadlines = { releaseHours: 4, remindDays: 1, escalateDays: 2, expireDays: 30 }
/** Friday, ten in the morning in Stockholm. */
const friday = '2026-11-20T09:00:00.000Z'
const named: ApprovalStep = { tier: 1, by: anyOf('anna'), because: [], approvals: [] }

function waiting(change: Partial<WaitingRequisition> = {}): WaitingRequisition {
  return {
    state: 'submitted',
    receivedAt: friday,
    steps: [named],
    claimedBy: null,
    outcome: null,
    ...change,
  }
}

const calendar = { holidays: new Set<string>() }
const at = (now: string) => ({ now, timeZone: 'Europe/Stockholm', calendar })
const due = (now: string, change?: Partial<WaitingRequisition>, set = deadlines) =>
  dueNow(waiting(change), set, at(now))

describe('what waits', () => {
  test('is reminded of after so many working days, at the same time of day', () => {
    expect(due('2026-11-23T08:59:59.999Z')).toEqual({ due: null, next: '2026-11-23T09:00:00Z' })
    expect(due('2026-11-23T09:00:00.000Z')).toEqual({
      due: { kind: 'nudge', release: false, remind: true, escalated: null },
      next: '2026-11-24T09:00:00Z',
    })
  })

  test('is reminded of once, and again when the next step waits', () => {
    const reminder = { at: '2026-11-23T09:00:00.000Z', by: null }
    expect(due('2026-11-23T12:00:00.000Z', { reminder }).due).toBeNull()
    const approval = {
      by: { id: 'rolf', name: 'Rolf' },
      at: '2026-11-23T10:00:00.000Z',
      withinLimit: true,
    }
    const steps = [
      { ...named, approvals: [approval] },
      { ...named, tier: 2, by: approvers },
    ]
    expect(due('2026-11-24T09:59:00.000Z', { reminder, steps }).due).toBeNull()
    expect(due('2026-11-24T10:00:00.000Z', { reminder, steps }).due).toMatchObject({ remind: true })
  })

  test('no holiday counts, and a day on which the clock changes is a day', () => {
    const christmas = { holidays: new Set(['2026-12-24', '2026-12-25']) }
    const wednesday = waiting({ receivedAt: '2026-12-23T09:00:00.000Z' })
    const { next } = dueNow(wednesday, deadlines, {
      ...at('2026-12-23T10:00:00.000Z'),
      calendar: christmas,
    })
    expect(next).toBe('2026-12-28T09:00:00Z')
    // Summer time ends on the Sunday between: ten in the morning is an hour later by UTC.
    expect(due('2026-10-23T09:00:00.000Z', { receivedAt: '2026-10-23T08:00:00.000Z' }).next).toBe(
      '2026-10-26T09:00:00Z',
    )
  })

  test('goes to any approver where those named let it wait, and only there', () => {
    const reminder = { at: '2026-11-23T09:00:00.000Z', by: null }
    const now = '2026-11-24T09:00:00.000Z'
    expect(due(now, { reminder }).due).toMatchObject({
      remind: false,
      escalated: [{ ...named, escalatedAt: now }],
    })
    expect(due(now, { reminder, steps: [{ ...named, escalatedAt: friday }] }).due).toBeNull()
    expect(due(now, { reminder, steps: [{ ...named, by: approvers }] }).due).toBeNull()
    expect(due(now, { reminder, steps: undefined }).due).toBeNull()
    const later = { ...named, tier: 2 }
    expect(due(now, { reminder, steps: [named, later] }).due).toMatchObject({
      escalated: [{ escalatedAt: now }, later],
    })
  })

  test('is let go by who claimed it and did nothing', () => {
    const claimedBy = { at: '2026-11-20T10:00:00.000Z' }
    expect(due('2026-11-20T13:59:59.000Z', { claimedBy }).due).toBeNull()
    expect(due('2026-11-20T14:00:00.000Z', { claimedBy }).due).toMatchObject({ release: true })
  })
})

describe('the wait begins anew', () => {
  const monday = '2026-11-23T08:00:00.000Z'
  test('when the seller’s people have changed it: nothing is due that was due before', () => {
    const now = '2026-12-20T10:00:00.000Z'
    expect(due(now).due).toEqual({ kind: 'expire' })
    const revisedAt = '2026-12-20T09:59:00.000Z'
    expect(due(now, { revisedAt })).toEqual({ due: null, next: '2026-12-21T09:59:00Z' })
  })

  test('when a step is skipped: the next is not escalated for it', () => {
    const skipped = { by: { id: 'max', name: 'Max' }, at: monday, reason: 'Borta.' }
    const steps = [
      { ...named, skipped },
      { ...named, tier: 2, by: anyOf('rolf') },
    ]
    expect(due('2026-11-24T07:59:00.000Z', { steps }).due).toBeNull()
    expect(due('2026-11-25T08:00:00.000Z', { steps }).due).toMatchObject({
      escalated: [{ skipped }, { escalatedAt: '2026-11-25T08:00:00.000Z' }],
    })
  })
})

describe('expiry', () => {
  test('comes so many days after the last that happened, whatever else is due', () => {
    expect(due('2026-12-20T08:59:59.000Z').due).toMatchObject({ kind: 'nudge' })
    expect(due('2026-12-20T09:00:00.000Z')).toEqual({ due: { kind: 'expire' }, next: null })
    const outcome = { at: '2026-12-01T09:00:00.000Z' }
    expect(due('2026-12-20T09:00:00.000Z', { state: 'returned', outcome })).toEqual({
      due: null,
      next: '2026-12-31T09:00:00.000Z',
    })
    expect(due('2026-12-31T09:00:00.000Z', { state: 'returned', outcome }).due).toEqual({
      kind: 'expire',
    })
  })

  test('never touches what a quote answers, which has a last day of its own', () => {
    const outcome = { at: friday, quote: { id: 'q', number: 'Q-30001' } }
    const answered = { state: 'returned', outcome } as const
    expect(due('2036-01-01T00:00:00.000Z', answered)).toEqual({ due: null, next: null })
    // Sent in anew, it waits for us like any other.
    expect(due('2036-01-01T00:00:00.000Z', { state: 'submitted', outcome: null }).due).toEqual({
      kind: 'expire',
    })
  })

  test('never touches what is finished', () => {
    const finished = requisitionStates.filter(
      (state) => !['submitted', 'in_review', 'returned'].includes(state),
    )
    expect(finished).toHaveLength(5)
    for (const state of finished) {
      expect(due('2036-01-01T00:00:00.000Z', { state, outcome: { at: friday } })).toEqual({
        due: null,
        next: null,
      })
      expect(expiresAt(waiting({ state }), deadlines)).toBeNull()
    }
  })
})

test('without deadlines nothing is ever due', () => {
  expect(due('2036-01-01T00:00:00.000Z', { claimedBy: { at: friday } }, noDeadlines)).toEqual({
    due: null,
    next: null,
  })
})

test('what is said to come next is due then, and nothing before it', () => {
  const days = fc.option(fc.integer({ min: 1, max: 40 }))
  const set = fc.record({
    releaseHours: days,
    remindDays: days,
    escalateDays: days,
    expireDays: days,
  })
  const minutes = fc.integer({ min: 0, max: 60 * 24 * 60 })
  fc.assert(
    fc.property(set, minutes, fc.boolean(), (chosen, passed, isClaimed) => {
      const start = Date.parse(friday)
      const now = new Date(start + passed * 60_000).toISOString()
      const requisition = waiting(isClaimed ? { claimedBy: { at: friday } } : {})
      const { due: first, next } = dueNow(requisition, chosen, at(now))
      fc.pre(next !== null)
      const just = new Date(Date.parse(next ?? now) - 1).toISOString()
      expect(dueNow(requisition, chosen, at(just)).due === null).toBe(first === null)
      expect(dueNow(requisition, chosen, at(next ?? now)).due).not.toBeNull()
      expect(Date.parse(next ?? now)).toBeGreaterThan(Date.parse(now))
    }),
  )
})
