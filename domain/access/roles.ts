/** A person may hold several. */
export const roles = ['rep', 'approver', 'agent', 'admin'] as const
export type Role = (typeof roles)[number]
