import type { RequisitionState } from './states'

/** What is known of a document that a webshop sends again. */
export interface KnownDocument {
  readonly companyId: string
  readonly revision: number
  readonly state: RequisitionState
}

/**
 * What a document is to what is known of it.
 * - `first`: nobody has heard of it.
 * - `next`: the customer's answer to a requisition that was returned.
 * - `again`: a revision that has been taken in; whether it says the same is for the caller to see.
 */
export type Arrival =
  | { readonly kind: 'first' }
  | { readonly kind: 'next' }
  | { readonly kind: 'again' }
  | { readonly kind: 'refused'; readonly refusal: RevisionRefusal }

/** `pointer` is a JSON pointer into the document. */
export type RevisionRefusal = {
  readonly pointer: string
  readonly problem:
    | { readonly code: 'document_of_other_company' }
    | { readonly code: 'revision_not_next'; readonly expected: number }
    | { readonly code: 'not_returned'; readonly state: RequisitionState }
}

/** Where a revision of a document belongs. Revisions count from 1; only a returned one has a next. */
export function arrivalOf(
  known: KnownDocument | null,
  sent: { readonly revision: number; readonly companyId: string },
): Arrival {
  if (!known) {
    return sent.revision === 1 ? { kind: 'first' } : refuse(notNext(1))
  }
  if (known.companyId !== sent.companyId) {
    return refuse({ pointer: '/contact', problem: { code: 'document_of_other_company' } })
  }
  if (sent.revision <= known.revision) return { kind: 'again' }
  if (sent.revision > known.revision + 1) return refuse(notNext(known.revision + 1))
  return known.state === 'returned'
    ? { kind: 'next' }
    : refuse({ pointer: '/revision', problem: { code: 'not_returned', state: known.state } })
}

function notNext(expected: number): RevisionRefusal {
  return { pointer: '/revision', problem: { code: 'revision_not_next', expected } }
}

function refuse(refusal: RevisionRefusal): Arrival {
  return { kind: 'refused', refusal }
}
