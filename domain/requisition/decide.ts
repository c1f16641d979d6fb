import type { Company } from '../company'
import type { MinorUnits } from '../units'
import type { RequisitionState } from './states'

/** What a decision looks at. */
export interface DecidableRequisition {
  readonly state: RequisitionState
  readonly revision: number
  readonly net: MinorUnits
  /** Lines that nobody has a price for. */
  readonly unpricedLineIds: readonly string[]
  readonly claimedBy: { readonly id: string; readonly name: string } | null
  readonly companyStatus: Company['status']
}

export interface Decider {
  readonly id: string
  /** Total without VAT up to which this person may approve; null is no limit. */
  readonly approvalLimit: MinorUnits | null
}

export type Decision =
  | { readonly kind: 'claim' }
  | { readonly kind: 'release' }
  | { readonly kind: 'approve'; readonly revision: number }
  | { readonly kind: 'reject'; readonly revision: number }
  | { readonly kind: 'return'; readonly revision: number }

export type DecisionRefusal =
  | { readonly kind: 'already_decided'; readonly state: RequisitionState }
  | { readonly kind: 'wrong_state'; readonly state: RequisitionState }
  | { readonly kind: 'other_revision'; readonly revision: number }
  | { readonly kind: 'claimed_by_other'; readonly by: string }
  | { readonly kind: 'not_claimed' }
  | { readonly kind: 'above_limit'; readonly limit: MinorUnits; readonly total: MinorUnits }
  | { readonly kind: 'price_missing'; readonly lineIds: readonly string[] }
  | { readonly kind: 'company_blocked' }
  | { readonly kind: 'company_closed' }

/**
 * What a decision leads to, or why it may not be taken. Approving orders at once: an order is what
 * `ordered` means, so the caller places it in the same transaction.
 *
 * A company on hold can be sold to by someone who may decide, since that is why they were asked; a
 * blocked or closed one by nobody.
 */
export function decide(
  requisition: DecidableRequisition,
  decision: Decision,
  decider: Decider,
):
  | { readonly ok: true; readonly state: RequisitionState }
  | { readonly ok: false; readonly refusal: DecisionRefusal } {
  const refuse = (refusal: DecisionRefusal) => ({ ok: false, refusal }) as const
  const { state, claimedBy } = requisition

  if (state !== 'submitted' && state !== 'in_review') {
    const decided =
      state === 'ordered' || state === 'rejected' || state === 'returned' || state === 'withdrawn'
    return refuse({ kind: decided ? 'already_decided' : 'wrong_state', state })
  }
  if ('revision' in decision && decision.revision !== requisition.revision) {
    return refuse({ kind: 'other_revision', revision: requisition.revision })
  }
  if (decision.kind === 'claim') return { ok: true, state: 'in_review' }
  if (decision.kind === 'release') {
    if (!claimedBy) return refuse({ kind: 'not_claimed' })
    return { ok: true, state }
  }
  if (claimedBy && claimedBy.id !== decider.id) {
    return refuse({ kind: 'claimed_by_other', by: claimedBy.name })
  }
  switch (decision.kind) {
    case 'reject':
      return { ok: true, state: 'rejected' }
    case 'return':
      return { ok: true, state: 'returned' }
    case 'approve': {
      if (requisition.companyStatus === 'closed') return refuse({ kind: 'company_closed' })
      if (requisition.companyStatus === 'blocked') return refuse({ kind: 'company_blocked' })
      if (requisition.unpricedLineIds.length > 0) {
        return refuse({ kind: 'price_missing', lineIds: requisition.unpricedLineIds })
      }
      const { approvalLimit } = decider
      if (approvalLimit !== null && requisition.net > approvalLimit) {
        return refuse({ kind: 'above_limit', limit: approvalLimit, total: requisition.net })
      }
      return { ok: true, state: 'ordered' }
    }
  }
}
