import type { KnownDocument } from './revision'
import type { RequisitionState } from './states'

/**
 * What a customer's withdrawal leads to. Withdrawing what has been withdrawn is no mistake: it is
 * `already` so.
 */
export type Withdrawal =
  | { readonly kind: 'withdrawn' }
  | { readonly kind: 'already' }
  | { readonly kind: 'refused'; readonly refusal: WithdrawalRefusal }

/** `pointer` is a JSON pointer into what was sent. */
export interface WithdrawalRefusal {
  readonly pointer: string
  readonly problem:
    | { readonly code: 'unknown_contact' }
    | { readonly code: 'contact_disabled' }
    | { readonly code: 'unknown_document' }
    | { readonly code: 'document_of_other_company' }
    | { readonly code: 'already_decided'; readonly state: RequisitionState }
}

/** Whether a contact may take a document back, which any contact of its company may while it is open. */
export function judgeWithdrawal(
  known: KnownDocument | null,
  contact: { readonly companyId: string; readonly status: 'active' | 'disabled' } | null,
): Withdrawal {
  const refuse = (pointer: string, problem: WithdrawalRefusal['problem']): Withdrawal => ({
    kind: 'refused',
    refusal: { pointer, problem },
  })

  if (!contact) return refuse('/contact', { code: 'unknown_contact' })
  if (contact.status === 'disabled') return refuse('/contact', { code: 'contact_disabled' })
  if (!known) return refuse('/id', { code: 'unknown_document' })
  if (known.companyId !== contact.companyId) {
    return refuse('/contact', { code: 'document_of_other_company' })
  }
  if (known.state === 'withdrawn') return { kind: 'already' }
  const isOpen =
    known.state === 'submitted' || known.state === 'in_review' || known.state === 'returned'
  return isOpen
    ? { kind: 'withdrawn' }
    : refuse('/id', { code: 'already_decided', state: known.state })
}
