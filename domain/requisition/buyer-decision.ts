import { asksBuyer, buyerProblem, type BuyerProblem } from '../approval/buyers'
import type { ApprovalStep } from '../approval/steps'
import type { Company, CustomerGroup } from '../company'
import type { MinorUnits } from '../units'
import type { KnownDocument } from './revision'
import { wholeNet, type WholeBefore } from './split'
import { awaitsDecision, type RequisitionState } from './states'

/** What one of the customer's people, asked to approve what a colleague has sent, says. */
export type BuyerAnswer =
  | { readonly kind: 'approve' }
  /** The colleague sees the reason. */
  | { readonly kind: 'reject'; readonly reason: string }

/** `pointer` is a JSON pointer into what was sent. */
export interface BuyerRefusal {
  readonly pointer: string
  readonly problem:
    | { readonly code: 'unknown_contact' }
    | { readonly code: 'contact_disabled' }
    | { readonly code: 'unknown_document' }
    | { readonly code: 'document_of_other_company' }
    | { readonly code: 'approval_of_other_revision'; readonly current: number }
    | { readonly code: 'no_longer_open'; readonly state: RequisitionState }
    | { readonly code: 'no_buyer_asked' }
    | { readonly code: 'company_blocked'; readonly reason: string | null }
    | { readonly code: 'company_closed'; readonly reason: string | null }
    | BuyerProblem
}

/** A requisition as far as one of the customer's people decides on it. */
export interface AskedDocument extends KnownDocument {
  readonly currency: string
  readonly net: MinorUnits
  readonly whole?: WholeBefore | undefined
  readonly steps?: readonly ApprovalStep[] | undefined
  /** Who of the customer's has rejected it; null where nobody has. */
  readonly rejectedBy: string | null
}

export interface AskedBuyer {
  readonly contact: {
    readonly id: string
    readonly companyId: string
    readonly status: 'active' | 'disabled'
  }
  readonly company: Pick<Company, 'status' | 'statusReason'>
  /** Its rights and limits count. */
  readonly group: Pick<CustomerGroup, 'orderingRight' | 'orderLimit'>
  readonly usedInPeriod: MinorUnits
}

/**
 * Whether a contact may answer for the customer. What has been answered the same by the same person is
 * `already` so. A limit binds whoever says yes; no is for everybody to say who may order.
 */
export function judgeBuyerAnswer(
  known: AskedDocument | null,
  buyer: AskedBuyer | null,
  { revision, answer }: { readonly revision: number; readonly answer: BuyerAnswer },
):
  | { readonly kind: 'answered' }
  | { readonly kind: 'already' }
  | { readonly kind: 'refused'; readonly refusal: BuyerRefusal } {
  const refuse = (pointer: string, problem: BuyerRefusal['problem']) =>
    ({ kind: 'refused', refusal: { pointer, problem } }) as const
  if (!buyer) return refuse('/contact', { code: 'unknown_contact' })
  const { contact, company, group } = buyer
  if (contact.status === 'disabled') return refuse('/contact', { code: 'contact_disabled' })
  if (!known) return refuse('/id', { code: 'unknown_document' })
  if (known.companyId !== contact.companyId) {
    return refuse('/contact', { code: 'document_of_other_company' })
  }
  if (revision !== known.revision) {
    return refuse('/revision', { code: 'approval_of_other_revision', current: known.revision })
  }
  if (wasAnswered(known, contact.id, answer)) return { kind: 'already' }
  if (!awaitsDecision(known.state)) {
    return refuse('/id', { code: 'no_longer_open', state: known.state })
  }
  if (!asksBuyer(known)) return refuse('/id', { code: 'no_buyer_asked' })
  if (answer.kind === 'reject') {
    return group.orderingRight === 'order'
      ? { kind: 'answered' }
      : refuse('/contact', { code: 'may_not_order', has: group.orderingRight })
  }
  if (company.status === 'blocked' || company.status === 'closed') {
    return refuse('/contact', { code: `company_${company.status}`, reason: company.statusReason })
  }
  const problem = buyerProblem(group, {
    currency: known.currency,
    total: known.net,
    whole: wholeNet(known.net, known.whole),
    used: buyer.usedInPeriod,
  })
  return problem ? refuse('/contact', problem) : { kind: 'answered' }
}

function wasAnswered(
  { rejectedBy, steps = [] }: AskedDocument,
  contactId: string,
  answer: BuyerAnswer,
): boolean {
  if (answer.kind === 'reject') return rejectedBy === contactId
  return steps.some(
    ({ by, approvals }) =>
      by.kind === 'buyer' && approvals.some((approval) => approval.by.id === contactId),
  )
}
