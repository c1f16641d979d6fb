/**
 * Everything that the audit tells of, in the past tense. Nothing else is recorded, and the console has
 * words for each. No schemas: an older console is told of types that it does not know, and shows them.
 */
export const auditTypes = [
  'requisition.submitted',
  'requisition.accepted',
  'requisition.edited',
  'requisition.claimed',
  'requisition.released',
  'requisition.step_approved',
  'requisition.approved',
  'requisition.rejected',
  'requisition.returned',
  'requisition.withdrawn',
  'requisition.expired',
  'requisition.reminded',
  'requisition.escalated',
  'requisition.step_skipped',
  'order.placed',
  'policy.set',
  'deadlines.set',
  'delegation.created',
  'delegation.ended',
  'user.created',
  'user.updated',
  'user.disabled',
  'user.enabled',
  'user.password_set',
  'session.opened',
  'session.closed',
  'master_data.upserted',
  'shop.added',
  'shop.secret_rotated',
  'shop.push_url_set',
  'shop.status_set',
  'shop.push_stopped',
  'database.restored',
  'audit.erased',
  'audit.exported',
  'mail.sent',
  'mail.failed',
  'mail.skipped',
] as const
export type AuditType = (typeof auditTypes)[number]

/** Where what happened came from. */
export const auditDoors = ['console', 'storefront', 'http', 'link', 'gateway'] as const
export type AuditDoor = (typeof auditDoors)[number]
