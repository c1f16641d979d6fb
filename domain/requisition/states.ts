/** The states a requisition passes through; see `decide.ts` for who may move it where. */
export const requisitionStates = [
  'submitted',
  'in_review',
  'approved',
  'ordered',
  'returned',
  'rejected',
  'withdrawn',
  'expired',
] as const
export type RequisitionState = (typeof requisitionStates)[number]

export const requisitionKinds = ['list', 'quote_request', 'proposal'] as const
export type RequisitionKind = (typeof requisitionKinds)[number]

export const orderStates = [
  'placed',
  'confirmed',
  'part_delivered',
  'delivered',
  'cancelled',
] as const
export type OrderState = (typeof orderStates)[number]

/** Someone still has to do something about it. */
export function isOpen(state: RequisitionState): boolean {
  return (
    state === 'submitted' || state === 'in_review' || state === 'approved' || state === 'returned'
  )
}

/** It waits for one of the seller's people. */
export function awaitsDecision(state: RequisitionState): boolean {
  return state === 'submitted' || state === 'in_review'
}
