import type { KnownDocument } from './revision'
import type { RequisitionState } from './states'

/** What a customer's acceptance of a proposal leads to. One that has been accepted is `already` so. */
export type Acceptance =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'already' }
  | { readonly kind: 'refused'; readonly refusal: AcceptanceRefusal }

/** `pointer` is a JSON pointer into what was sent. */
export interface AcceptanceRefusal {
  readonly pointer: string
  readonly problem:
    | { readonly code: 'unknown_contact' }
    | { readonly code: 'unknown_document' }
    | { readonly code: 'document_of_other_company' }
    | { readonly code: 'revision_not_current'; readonly current: number }
    | { readonly code: 'nothing_to_accept'; readonly state: RequisitionState }
}

/** A requisition as far as accepting looks at it. */
export interface ProposedDocument extends KnownDocument {
  readonly hasProposal: boolean
  /** The last revision but one that was accepted as proposed, which made the one after it; null for none. */
  readonly acceptedRevision: number | null
}

/**
 * Whether a contact may accept what the seller has proposed; what they may order is judged with the
 * content.
 */
export function judgeAcceptance(
  known: ProposedDocument | null,
  contact: { readonly companyId: string } | null,
  revision: number,
): Acceptance {
  const refuse = (pointer: string, problem: AcceptanceRefusal['problem']): Acceptance => ({
    kind: 'refused',
    refusal: { pointer, problem },
  })
  if (!contact) return refuse('/contact', { code: 'unknown_contact' })
  if (!known) return refuse('/id', { code: 'unknown_document' })
  if (known.companyId !== contact.companyId) {
    return refuse('/contact', { code: 'document_of_other_company' })
  }
  if (known.acceptedRevision === revision) return { kind: 'already' }
  if (revision !== known.revision) {
    return refuse('/revision', { code: 'revision_not_current', current: known.revision })
  }
  return known.state === 'returned' && known.hasProposal
    ? { kind: 'accepted' }
    : refuse('/id', { code: 'nothing_to_accept', state: known.state })
}
