/** Refusals as values, for who makes and reads them and parses none: no schemas, and nothing of zod. */

export const errorCodes = [
  // The request itself.
  'malformed',
  'invalid',
  'unknown_command',
  'unknown_query',
  'too_large',
  'too_many_requests',
  'protocol_mismatch',
  // Who asks.
  'unauthenticated',
  'session_expired',
  'wrong_credentials',
  'user_disabled',
  'forbidden',
  'above_limit',
  'not_your_step',
  'cannot_skip',
  'reminded_lately',
  'own_work',
  'customer_approves',
  'beyond_price_limit',
  // What it is about.
  'not_found',
  'stale_version',
  'command_id_reused',
  'already_decided',
  'wrong_state',
  'claimed_by_other',
  'company_blocked',
  'company_closed',
  'company_on_hold',
  'price_missing',
  'figures_changed',
  'quote_unsound',
  'quote_empty',
  'validity_past',
  'requisition_ordered',
  'requisition_closed',
  'already_exists',
  'username_taken',
  'password_too_short',
  'password_too_common',
  'last_admin',
  'last_approver',
  'policy_unsound',
  'edit_unsound',
  'attachment_unfit',
  'delegation_impossible',
  // The gateway.
  'unavailable',
  'internal',
] as const
export type ErrorCode = (typeof errorCodes)[number]

/** A refusal as a value: what was wrong, in words, and what the words were made from. */
export interface Refusal {
  code: ErrorCode
  message: string
  details: Record<string, unknown>
}

/** Build a refusal; `details` must hold nothing the asker may not see. */
export function refusal(
  code: ErrorCode,
  message: string,
  details: Refusal['details'] = {},
): Refusal {
  return { code, message, details }
}

export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Refusal }
