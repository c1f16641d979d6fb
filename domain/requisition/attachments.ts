import type { RequisitionState } from './states'

/** Who is shown an attachment: the seller's people, or whoever of the customer's is shown the document as well. */
export const attachmentVisibilities = ['internal', 'customer'] as const

/**
 * Whether files may be attached to a requisition, and shown to its customer. What is under way has its
 * papers, and so has what was ordered: a signed drawing often comes after the order. What ended without an
 * order gets no more; an expired one is revived first. Hidden from the customer and taken off a file can be
 * in every state: one that was shown by mistake must not stay to be fetched.
 */
export function takesAttachments(state: RequisitionState): boolean {
  return state !== 'rejected' && state !== 'withdrawn' && state !== 'expired'
}
