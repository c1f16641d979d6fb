import fc from 'fast-check'
import { expect, test } from 'vitest'
import { untaken } from '../../../../domain/approval/steps'
import { addDays } from '../../../../domain/calendar'
import {
  decideQuote,
  isExpired,
  type DecidableQuote,
  type QuoteDecision,
} from '../../../../domain/quote/decide'
import { quote, today } from './rules'

const revision = fc.integer({ min: 1, max: 4 })
const kinds = [
  'edit',
  'refuse',
  'withdraw',
  'new_version',
  'counter',
  'decline',
  // Often, so that many histories come to an end.
  ...(['send', 'send', 'send', 'send', 'accept', 'accept', 'accept'] as const),
] as const
const plain = fc.constantFrom(...kinds)
const person = fc.constantFrom(null, 50_000, 500_000)
const demanded = fc.constantFrom<Extract<QuoteDecision, { kind: 'submit_for_review' }>['demanded']>(
  [],
  [{ tier: 1, by: { kind: 'approvers' }, because: [] }],
)

type Act = QuoteDecision | { readonly kind: 'expire' } | { readonly kind: 'days_pass' }

/** Mostly about the present version, else few histories come far. */
const act: fc.Arbitrary<(of: DecidableQuote) => Act> = fc.oneof(
  fc
    .record({ kind: plain, other: fc.option(revision, { freq: 1 }) })
    .map(({ kind, other }) => (of: DecidableQuote): Act => ({
      kind,
      revision: other ?? of.revision,
    })),
  plain.map((kind) => (of: DecidableQuote): Act => ({ kind, revision: of.revision })),
  fc.record({ demanded, approvalLimit: person }).map((asked) => (of: DecidableQuote): Act => ({
    kind: 'submit_for_review',
    revision: of.revision,
    demanded: asked.demanded,
    submitter: { userId: 'e', approvalLimit: asked.approvalLimit },
  })),
  person.map((approvalLimit) => (of: DecidableQuote): Act => ({
    kind: 'approve',
    revision: of.revision,
    reviewer: {
      userId: 'k',
      name: 'Karin',
      roles: ['approver'],
      accounts: new Set(),
      standsInFor: new Set(),
      approvalLimit,
    },
    colleagues: { canDecide: () => true, approverIds: ['k'] },
    at: '2026-11-23T10:00:00.000Z',
  })),
  fc.constantFrom<Act>({ kind: 'expire' }, { kind: 'days_pass' }).map((one) => () => one),
)

test('whatever comes: one order at most, only what is with the customer expires, a sent version stays', () => {
  let ordered = 0
  let expired = 0
  fc.assert(
    fc.property(fc.array(act, { minLength: 5, maxLength: 40 }), (acts) => {
      let now = quote({ validUntil: addDays(today, 2) })
      let day = today
      let orders = 0
      const sent = new Map<number, number>()
      for (const next of acts) {
        const one = next(now)
        const before = now
        if (one.kind === 'days_pass') day = addDays(day, 3)
        else if (one.kind === 'expire') {
          if (!isExpired(now, day)) continue
          expect(before.state).toBe('sent')
          now = { ...now, state: 'expired' }
          expired += 1
        } else {
          const verdict = decideQuote(now, one, day)
          if (verdict.kind !== 'decided') continue
          const { state, revision: version, steps } = verdict.decided
          expect(version).toBeGreaterThanOrEqual(before.revision)
          // As the caller does it: what was accepted is an order before anybody else looks.
          if (state === 'accepted') orders += 1
          now = {
            ...now,
            state: state === 'accepted' ? 'ordered' : state,
            revision: version,
            steps,
            wasSent: state === 'draft' ? false : now.wasSent || state === 'sent',
            net: one.kind === 'edit' ? now.net + 10_000 : now.net,
          }
          if (state === 'sent') {
            expect(sent.has(version), 'a version goes out once').toBe(false)
            sent.set(version, now.net)
          }
        }
        if (now.wasSent) expect(now.net).toBe(sent.get(now.revision))
        if (before.state === 'ordered') expect(now).toEqual(before)
        expect(orders).toBe(now.state === 'ordered' ? 1 : 0)
      }
      ordered += orders
    }),
    { numRuns: 3_000 },
  )
  // The histories did get somewhere.
  expect(ordered).toBeGreaterThan(50)
  expect(expired).toBeGreaterThan(20)
})

test('steps as demanded are what a review begins with', () => {
  const begun = decideQuote(
    quote(),
    {
      kind: 'submit_for_review',
      revision: 1,
      demanded: [{ tier: 2, by: { kind: 'approvers' }, because: [] }],
      submitter: { userId: 'e', approvalLimit: null },
    },
    today,
  )
  expect(begun).toMatchObject({
    decided: { steps: untaken([{ tier: 2, by: { kind: 'approvers' }, because: [] }]) },
  })
})
