import { expect, test } from 'vitest'
import type { DemandedStep } from '../../../../domain/approval/evaluate'
import { untaken } from '../../../../domain/approval/steps'
import { decideQuote, isExpired, type QuoteDecision } from '../../../../domain/quote/decide'
import { quoteStates, type QuoteState } from '../../../../domain/quote/states'
import { quote, submit, today } from './rules'

const step: DemandedStep = { tier: 1, by: { kind: 'approvers' }, because: [] }

const reviewer = {
  userId: 'k',
  name: 'Karin',
  roles: ['approver'],
  accounts: new Set<string>(),
  standsInFor: new Set<string>(),
  approvalLimit: null,
} as const
const approve = {
  kind: 'approve',
  revision: 1,
  reviewer,
  colleagues: { canDecide: () => true, approverIds: ['k'] },
  at: '2026-11-23T10:00:00.000Z',
} as const satisfies QuoteDecision

const simple = (kind: Exclude<QuoteDecision['kind'], 'submit_for_review' | 'approve'>) =>
  ({ kind, revision: 1 }) as const

/** What each decision makes of each state; what is not named is refused. */
const ways: readonly (readonly [QuoteDecision, Partial<Record<QuoteState, QuoteState>>])[] = [
  [simple('edit'), { draft: 'draft', in_review: 'draft', ready: 'draft' }],
  [submit, { draft: 'ready' }],
  [approve, { in_review: 'ready' }],
  [simple('refuse'), { in_review: 'draft' }],
  [simple('send'), { ready: 'sent' }],
  [
    simple('withdraw'),
    {
      draft: 'withdrawn',
      in_review: 'withdrawn',
      ready: 'withdrawn',
      sent: 'withdrawn',
      countered: 'withdrawn',
    },
  ],
  [
    simple('new_version'),
    { countered: 'draft', declined: 'draft', expired: 'draft', withdrawn: 'draft' },
  ],
  [simple('accept'), { sent: 'accepted' }],
  [simple('counter'), { sent: 'countered' }],
  [simple('decline'), { sent: 'declined' }],
]

test.each(ways)('$kind leads only where it may', (decision, to) => {
  for (const state of quoteStates) {
    const verdict = decideQuote(quote({ state, steps: untaken([step]) }), decision, today)
    const expected = to[state]
    const isSaidBefore =
      (decision.kind === 'accept' && state === 'ordered') ||
      (decision.kind === 'decline' && state === 'declined')
    if (isSaidBefore) expect(verdict).toEqual({ kind: 'already' })
    else if (expected)
      expect(verdict).toMatchObject({ kind: 'decided', decided: { state: expected } })
    else expect(verdict).toEqual({ kind: 'refused', refusal: { kind: 'wrong_state', state } })
  }
})

test('no step demanded and within the writer’s limit, it is ready at once', () => {
  const asked = (approvalLimit: number | null, demanded: readonly DemandedStep[] = []) =>
    decideQuote(quote(), { ...submit, submitter: { userId: 'e', approvalLimit }, demanded }, today)
  expect(asked(100_000)).toMatchObject({ decided: { state: 'ready', steps: [] } })
  expect(asked(99_999)).toMatchObject({
    decided: { state: 'in_review', steps: [{ by: { kind: 'deciders' }, approvals: [] }] },
  })
  expect(asked(null, [step])).toMatchObject({
    decided: { state: 'in_review', steps: [{ by: { kind: 'approvers' } }] },
  })
})

test('nobody is the only one to approve what is above their limit', () => {
  const inReview = quote({ state: 'in_review', steps: untaken([step]) })
  const above = { ...approve, reviewer: { ...reviewer, approvalLimit: 99_999 } }
  const first = decideQuote(inReview, above, today)
  expect(first).toMatchObject({ kind: 'refused', refusal: { kind: 'above_limit' } })
  expect(decideQuote(inReview, approve, today)).toMatchObject({
    decided: { state: 'ready', steps: [{ approvals: [{ by: { id: 'k' } }] }] },
  })
})

test('nobody is the only one to approve what they wrote beyond their own limits', () => {
  const edited = { byUserIds: ['k'], discount: 120_000, margin: 250_000 }
  const limits = { approvalLimit: null, discountLimit: 100_000, marginFloor: 200_000 }
  const submitted = (submitter: { userId: string }, as = edited) =>
    decideQuote(quote({ edited: as }), { ...submit, submitter: { ...limits, ...submitter } }, today)
  expect(submitted({ userId: 'k' })).toMatchObject({
    decided: { state: 'in_review', steps: [{ by: { kind: 'deciders' } }] },
  })
  expect(submitted({ userId: 'other' })).toMatchObject({ decided: { state: 'ready' } })
  expect(submitted({ userId: 'k' }, { ...edited, discount: 100_000 })).toMatchObject({
    decided: { state: 'ready' },
  })
  expect(submitted({ userId: 'k' }, { ...edited, discount: 0, margin: 199_999 })).toMatchObject({
    decided: { state: 'in_review' },
  })

  const asked = (steps: readonly DemandedStep[], userId: string) =>
    decideQuote(
      quote({ state: 'in_review', steps: untaken(steps), edited }),
      { ...approve, reviewer: { ...reviewer, ...limits, userId } },
      today,
    )
  const anybody: DemandedStep = { tier: 1, by: { kind: 'deciders' }, because: [] }
  expect(asked([anybody], 'k')).toEqual({
    kind: 'refused',
    refusal: { kind: 'own_work', limit: 'discount', value: 120_000, allowed: 100_000 },
  })
  expect(asked([anybody], 'other')).toMatchObject({ decided: { state: 'ready' } })
  // What a rule demands is theirs to take; one step more is added for somebody else.
  const because = [{ ruleId: 'r', name: 'Rabatt' }] as unknown as DemandedStep['because']
  expect(asked([{ ...step, because }], 'k')).toMatchObject({
    decided: { state: 'in_review', steps: [{ approvals: [{}] }, { by: { kind: 'deciders' } }] },
  })
})

test.each([
  [{ lineCount: 0 }, { kind: 'no_lines' }],
  [{ unpricedLineIds: ['2'] }, { kind: 'price_missing', lineIds: ['2'] }],
  [{ validUntil: '2026-11-22' }, { kind: 'validity_past', validUntil: '2026-11-22' }],
  [{ companyStatus: 'blocked' }, { kind: 'company_blocked' }],
  [{ companyStatus: 'closed' }, { kind: 'company_closed' }],
  [{ requisitionState: 'ordered' }, { kind: 'requisition_ordered' }],
  [{ requisitionState: 'withdrawn' }, { kind: 'requisition_closed', state: 'withdrawn' }],
  [{ requisitionState: 'rejected' }, { kind: 'requisition_closed', state: 'rejected' }],
  [{ requisitionState: 'expired' }, { kind: 'requisition_closed', state: 'expired' }],
] as const)('with %o it neither goes out nor is ordered', (overrides, refusal) => {
  for (const [state, decision] of [
    ['draft', submit],
    ['ready', simple('send')],
    ['sent', simple('accept')],
  ] as const) {
    expect(decideQuote(quote({ ...overrides, state }), decision, today)).toEqual({
      kind: 'refused',
      refusal,
    })
  }
})

test('who has asked for something else since accepts no more, but may answer otherwise', () => {
  const revised = quote({ state: 'sent', wasSent: true, isRequisitionRevised: true })
  expect(decideQuote(revised, simple('accept'), today)).toEqual({
    kind: 'refused',
    refusal: { kind: 'requisition_revised' },
  })
  for (const kind of ['counter', 'decline'] as const) {
    expect(decideQuote(revised, simple(kind), today)).toMatchObject({ kind: 'decided' })
  }
})

test('on its last day it can be accepted, the day after it is over', () => {
  const sent = quote({ state: 'sent', wasSent: true, validUntil: today })
  expect(decideQuote(sent, simple('accept'), today).kind).toBe('decided')
  expect(isExpired(sent, today)).toBe(false)
  expect(isExpired(sent, '2026-11-24')).toBe(true)
})

test('a version is counted only where the one before went out', () => {
  const begun = (wasSent: boolean) =>
    decideQuote(quote({ state: 'withdrawn', wasSent }), simple('new_version'), today)
  expect(begun(true)).toMatchObject({ decided: { state: 'draft', revision: 2 } })
  expect(begun(false)).toMatchObject({ decided: { state: 'draft', revision: 1 } })
})

test('what is said of another version is refused, also where it is said again', () => {
  const ordered = quote({ state: 'ordered', revision: 2 })
  expect(decideQuote(ordered, simple('accept'), today)).toEqual({
    kind: 'refused',
    refusal: { kind: 'other_revision', revision: 2 },
  })
})
