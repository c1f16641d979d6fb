import type { Reminder } from '../approval/deadlines'
import {
  approveSteps,
  pendingSteps,
  skipStep,
  stepsOf,
  type ApprovalStep,
  type SkipProblem,
  type StepContext,
  type StepPerson,
} from '../approval/steps'
import type { Company } from '../company'
import type { Instant, MinorUnits, Ppm } from '../units'
import { wholeNet, type WholeBefore } from './split'
import type { RequisitionState } from './states'

/** What a decision looks at. */
export interface DecidableRequisition {
  readonly state: RequisitionState
  readonly revision: number
  readonly net: MinorUnits
  /** Lines that nobody has a price for. */
  readonly unpricedLineIds: readonly string[]
  readonly claimedBy: { readonly id: string; readonly name: string } | null
  readonly companyId: string
  readonly companyStatus: Company['status']
  /** What its policy demands; absent where no rule does. */
  readonly steps?: readonly ApprovalStep[] | undefined
  readonly reminder?: Reminder | undefined
  /** What people of ours have made of the revision; absent where nobody has. */
  readonly edited?: EditedRevision | undefined
  /** What it was split from; absent where it never was. */
  readonly whole?: WholeBefore | undefined
}

/** What is known of a revision that people of the seller's have written or repriced. */
export interface EditedRevision {
  readonly byUserIds: readonly string[]
  /** The largest discount among the prices set by hand; null where there is none to tell. */
  readonly discount: Ppm | null
  /** Of the document; null where it is not known. */
  readonly margin: Ppm | null
}

export interface Decider extends StepPerson {
  readonly name: string
  /** Total without VAT up to which this person may approve; null is no limit. */
  readonly approvalLimit: MinorUnits | null
  /** How far they may go with prices by themselves; null or absent is no limit. */
  readonly discountLimit?: Ppm | null
  readonly marginFloor?: Ppm | null
}

/** The people beside whoever decides; see `StepContext`. */
export type Colleagues = Pick<StepContext, 'canDecide' | 'approverIds'>

export type Decision =
  | { readonly kind: 'claim' }
  | { readonly kind: 'release' }
  | { readonly kind: 'approve'; readonly revision: number }
  | { readonly kind: 'reject'; readonly revision: number }
  | { readonly kind: 'return'; readonly revision: number }
  | { readonly kind: 'remind'; readonly revision: number }
  /** `step` is its place in the list of steps. */
  | {
      readonly kind: 'skip'
      readonly revision: number
      readonly step: number
      readonly reason: string
    }
  | { readonly kind: 'edit'; readonly revision: number }
  | { readonly kind: 'revive'; readonly revision: number }
  | { readonly kind: 'split'; readonly revision: number }

export type DecisionRefusal =
  | { readonly kind: 'already_decided'; readonly state: RequisitionState }
  | { readonly kind: 'wrong_state'; readonly state: RequisitionState }
  | { readonly kind: 'not_expired'; readonly state: RequisitionState }
  | { readonly kind: 'other_revision'; readonly revision: number }
  | { readonly kind: 'claimed_by_other'; readonly by: string }
  | { readonly kind: 'not_claimed' }
  | { readonly kind: 'reminded_lately'; readonly at: Instant }
  | { readonly kind: 'cannot_skip'; readonly problem: SkipProblem }
  /** The steps to be taken now are others'. */
  | { readonly kind: 'not_your_step'; readonly pending: readonly ApprovalStep[] }
  | { readonly kind: 'above_limit'; readonly limit: MinorUnits; readonly total: MinorUnits }
  /** They would be the only one to approve what they made themselves, beyond what they may alone. */
  | ({ readonly kind: 'own_work' } & BeyondOwn)
  | { readonly kind: 'price_missing'; readonly lineIds: readonly string[] }
  | { readonly kind: 'company_blocked' }
  | { readonly kind: 'company_closed' }

/** A limit of somebody's own that a revision goes beyond. */
export interface BeyondOwn {
  readonly limit: 'discount' | 'margin'
  readonly value: Ppm
  readonly allowed: Ppm
}
/** Whoever is reminded more often than this, in milliseconds, stops listening. */
export const betweenReminders = 3_600_000

/** What a decision leads to. */
export interface Decided {
  readonly state: RequisitionState
  /** As they stand after an approval, where rules demand any. */
  readonly steps?: readonly ApprovalStep[] | undefined
}

/**
 * What a decision leads to, or why it may not be taken. The last approval orders at once: an order is
 * what `ordered` means, so the caller places it in the same transaction. One that leaves steps open
 * keeps it `in_review`.
 *
 * A company on hold can be sold to by someone who may decide, since that is why they were asked; a
 * blocked or closed one by nobody.
 */
export function decide(
  requisition: DecidableRequisition,
  decision: Decision,
  decider: Decider,
  { canDecide, approverIds }: Colleagues,
  at: Instant,
):
  | { readonly ok: true; readonly decided: Decided }
  | { readonly ok: false; readonly refusal: DecisionRefusal } {
  const lead = (decided: Decided) => ({ ok: true, decided }) as const
  const refuse = (refusal: DecisionRefusal) => ({ ok: false, refusal }) as const
  const { state, claimedBy } = requisition

  if (decision.kind === 'revive') {
    if (state !== 'expired') return refuse({ kind: 'not_expired', state })
  } else if (state !== 'submitted' && state !== 'in_review') {
    return refuse({ kind: state === 'approved' ? 'wrong_state' : 'already_decided', state })
  }
  if ('revision' in decision && decision.revision !== requisition.revision) {
    return refuse({ kind: 'other_revision', revision: requisition.revision })
  }
  if (decision.kind === 'revive') return lead({ state: 'submitted' })
  if (decision.kind === 'claim') return lead({ state: 'in_review' })
  if (decision.kind === 'release') {
    if (!claimedBy) return refuse({ kind: 'not_claimed' })
    return lead({ state })
  }
  if (decision.kind === 'remind') {
    const last = requisition.reminder?.at
    return last !== undefined && Date.parse(at) - Date.parse(last) < betweenReminders
      ? refuse({ kind: 'reminded_lately', at: last })
      : lead({ state })
  }
  if (claimedBy && claimedBy.id !== decider.userId) {
    return refuse({ kind: 'claimed_by_other', by: claimedBy.name })
  }
  switch (decision.kind) {
    case 'reject':
      return lead({ state: 'rejected' })
    case 'return':
      return lead({ state: 'returned' })
    case 'skip': {
      const skip = { by: { id: decider.userId, name: decider.name }, at, reason: decision.reason }
      const context = { companyId: requisition.companyId, canDecide, approverIds }
      const skipped = skipStep(stepsOf(requisition), decision.step, decider, context, skip)
      return skipped.ok
        ? lead({ state: 'in_review', steps: skipped.steps })
        : refuse({ kind: 'cannot_skip', problem: skipped.problem })
    }
    case 'edit':
    case 'split':
      return lead({ state })
    case 'approve': {
      if (requisition.companyStatus === 'closed') return refuse({ kind: 'company_closed' })
      if (requisition.companyStatus === 'blocked') return refuse({ kind: 'company_blocked' })
      if (requisition.unpricedLineIds.length > 0) {
        return refuse({ kind: 'price_missing', lineIds: requisition.unpricedLineIds })
      }
      const { approvalLimit: limit } = decider
      const steps = stepsOf(requisition)
      // What one may not approve whole one may not approve in parts.
      const total = wholeNet(requisition.net, requisition.whole)
      const isBelowLimit = limit === null || total <= limit
      const beyond = beyondOwn(requisition.edited, decider)
      const withinLimit = isBelowLimit && beyond === null
      const context = { companyId: requisition.companyId, canDecide, approverIds }
      const taken = approveSteps(steps, { ...decider, withinLimit }, context, at)
      if (taken.kind === 'not_yours') {
        return refuse({ kind: 'not_your_step', pending: pendingSteps(steps) })
      }
      if (taken.kind === 'above_limit') {
        if (isBelowLimit && beyond) return refuse({ kind: 'own_work', ...beyond })
        return refuse({ kind: 'above_limit', limit: limit ?? 0, total })
      }
      return lead({
        state: taken.isLast ? 'ordered' : 'in_review',
        steps: requisition.steps && taken.steps,
      })
    }
  }
}

/**
 * The limit of a person's own that a revision they have written or repriced goes beyond; null where it
 * goes beyond none, or is not their work. Beyond it they are not its only approver.
 */
export function beyondOwn(
  edited: EditedRevision | undefined,
  {
    userId,
    discountLimit = null,
    marginFloor = null,
  }: Pick<Decider, 'userId' | 'discountLimit' | 'marginFloor'>,
): BeyondOwn | null {
  if (!edited?.byUserIds.includes(userId)) return null
  const { discount, margin } = edited
  if (discountLimit !== null && discount !== null && discount > discountLimit) {
    return { limit: 'discount', value: discount, allowed: discountLimit }
  }
  if (marginFloor !== null && margin !== null && margin < marginFloor) {
    return { limit: 'margin', value: margin, allowed: marginFloor }
  }
  return null
}
