import type { RequisitionState } from './states'

/** Who is shown an attachment: the seller's people, or whoever of the customer's is shown the document as well. */
export const attachmentVisibilities = ['internal', 'customer'] as const

/**
 * Whether files may be attached to a requisition and taken off it. What is under way has its papers, and
 * so has what was ordered: a signed drawing often comes after the order. What ended without an order is
 * left as it is; an expired one is revived first.
 */
export function takesAttachments(state: RequisitionState): boolean {
  return state !== 'rejected' && state !== 'withdrawn' && state !== 'expired'
}
