import { describe, expect, test } from 'vitest'
import { asksBuyer, buyerProblem, limitProblems } from '../../../../domain/approval/buyers'
import type { StepTaker } from '../../../../domain/approval/policy'
import {
  approveAsBuyer,
  approveSteps,
  isDone,
  pendingSteps,
  skipStep,
  type ApprovalStep,
} from '../../../../domain/approval/steps'
import type { CustomerGroup } from '../../../../domain/company'
import { anyOf, approvers, deciders } from './rules'

const at = '2026-11-23T10:00:00.000Z'
const buyer: StepTaker = { kind: 'buyer' }
const vera = { id: 'vera', name: 'Vera Vd' }

/** Clara is the only approver; limits reach unless said otherwise. */
const clara = (withinLimit = true) => ({
  userId: 'clara',
  name: 'Clara',
  roles: ['approver'] as const,
  accounts: new Set<string>(),
  standsInFor: new Set<string>(),
  withinLimit,
})
const context = { companyId: 'berg', canDecide: () => true, approverIds: ['clara'] }

function step(tier: number, by: StepTaker, ...approvals: ApprovalStep['approvals']): ApprovalStep {
  return { tier, by, because: [{ ruleId: 'r', name: 'R', findings: [] }], approvals }
}
const byClara = { by: { id: 'clara', name: 'Clara' }, at, withinLimit: true }

describe('a buyer step', () => {
  test('is nobody’s of the seller’s', () => {
    expect(approveSteps([step(1, buyer)], clara(), context, at)).toEqual({ kind: 'not_yours' })
  })

  test('is taken by one of the customer’s, and with it all that is asked is done', () => {
    expect(approveAsBuyer([step(1, buyer)], vera, at, false)).toEqual({
      kind: 'taken',
      isLast: true,
      steps: [step(1, buyer, { by: vera, at, withinLimit: true })],
    })
  })

  test('goes on to whoever is asked after it, and waits for whoever is asked before', () => {
    const steps = [step(1, buyer), step(2, approvers)]
    const taken = approveAsBuyer(steps, vera, at, true)
    expect(taken).toMatchObject({ isLast: false, steps: [{ approvals: [{ by: vera }] }, {}] })
    expect(taken?.steps).toHaveLength(2)
    expect(approveAsBuyer([step(1, approvers), step(2, buyer)], vera, at, false)).toBe(null)
    expect(approveAsBuyer([step(1, buyer, byClara)], vera, at, false)).toBe(null)
  })

  test('is taken beside one of the seller’s in the same tier, in whichever order', () => {
    const steps = [step(1, buyer), step(1, anyOf('clara'))]
    const first = approveAsBuyer(steps, vera, at, false)
    expect(first?.isLast).toBe(false)
    const second = approveSteps(first?.steps ?? [], clara(), context, at)
    expect(second).toMatchObject({ kind: 'taken', isLast: true })
    const other = approveSteps(steps, clara(), context, at)
    if (other.kind !== 'taken') throw new Error(other.kind)
    expect(other.isLast).toBe(false)
    expect(approveAsBuyer(other.steps, vera, at, false)?.isLast).toBe(true)
  })

  test('leaves the last word to the seller where something is not the customer’s to answer for', () => {
    const taken = approveAsBuyer([step(3, buyer)], vera, at, true)
    expect(taken?.isLast).toBe(false)
    expect(taken?.steps[1]).toEqual({ tier: 3, by: deciders, because: [], approvals: [] })
    expect(pendingSteps(taken?.steps ?? [])).toEqual([taken?.steps[1]])
  })

  test('gives nobody of the seller’s a higher limit', () => {
    const beyond = { ...byClara, withinLimit: false }
    const taken = approveAsBuyer([step(1, approvers, beyond), step(2, buyer)], vera, at, false)
    expect(taken?.isLast).toBe(false)
    expect(taken?.steps.at(-1)).toMatchObject({ by: deciders, because: [] })
    const last = approveSteps([step(1, buyer), step(2, approvers)], clara(false), context, at)
    expect(last).toEqual({ kind: 'not_yours' })
  })

  test('is let go by an approver, who then answers for it', () => {
    const skip = { by: { id: 'clara', name: 'Clara' }, at, reason: 'she said yes on the phone' }
    const skipped = skipStep([step(1, buyer)], 0, clara(), context, skip)
    if (!skipped.ok) throw new Error(skipped.problem)
    expect(skipped.steps.every(isDone)).toBe(false)
    expect(approveSteps(skipped.steps, clara(), context, at)).toMatchObject({
      kind: 'taken',
      isLast: true,
    })
    const among = skipStep([step(1, buyer), step(2, approvers)], 0, clara(), context, skip)
    expect(among).toMatchObject({ ok: true, steps: [{ skipped: skip }, { approvals: [] }] })
    if (among.ok) expect(among.steps).toHaveLength(2)
  })

  test('is asked for only when it is its turn', () => {
    expect(asksBuyer({})).toBe(false)
    expect(asksBuyer({ steps: [step(1, buyer)] })).toBe(true)
    expect(asksBuyer({ steps: [step(1, approvers), step(2, buyer)] })).toBe(false)
    expect(asksBuyer({ steps: [step(1, approvers, byClara), step(2, buyer)] })).toBe(true)
  })
})

describe('somebody of the customer’s may order so much', () => {
  const group = (
    orderingRight: CustomerGroup['orderingRight'],
    limit: Partial<CustomerGroup['orderLimit']> = {},
  ) =>
    ({
      orderingRight,
      orderLimit: { perOrder: null, perPeriod: null, period: 'month', currency: 'SEK', ...limit },
    }) as const
  const bought = { currency: 'SEK', total: 100, whole: 100, used: 50 }

  test('with the right to order, and no limit or one that reaches', () => {
    expect(buyerProblem(group('order'), bought)).toBe(null)
    expect(buyerProblem(group('order', { perOrder: 100, perPeriod: 150 }), bought)).toBe(null)
  })

  test('not without the right, whatever the limits', () => {
    for (const has of ['lists', 'requisition'] as const)
      expect(buyerProblem(group(has), bought)).toEqual({ code: 'may_not_order', has })
  })

  test('not beyond a limit by a single öre', () => {
    expect(buyerProblem(group('order', { perOrder: 99 }), bought)).toEqual({
      code: 'over_order_limit',
      limit: 99,
      total: 100,
    })
    expect(buyerProblem(group('order', { perPeriod: 149, period: 'year' }), bought)).toEqual({
      code: 'over_period_limit',
      limit: 149,
      used: 50,
      total: 100,
      period: 'year',
    })
    const both = group('order', { perOrder: 99, perPeriod: 149 })
    expect(limitProblems(both.orderLimit, bought)).toHaveLength(2)
  })

  test('a part by the whole for an order, and by itself for a period', () => {
    const part = { ...bought, whole: 180 }
    expect(buyerProblem(group('order', { perOrder: 179, perPeriod: 150 }), part)).toEqual({
      code: 'over_order_limit',
      limit: 179,
      total: 180,
    })
    expect(buyerProblem(group('order', { perOrder: 180, perPeriod: 150 }), part)).toBe(null)
  })

  test('not by a limit in another currency; where there is no limit its currency is none either', () => {
    expect(buyerProblem(group('order', { perOrder: 1_000, currency: 'EUR' }), bought)).toEqual({
      code: 'limit_in_other_currency',
      limitCurrency: 'EUR',
    })
    expect(buyerProblem(group('order', { currency: 'EUR' }), bought)).toBe(null)
  })
})
