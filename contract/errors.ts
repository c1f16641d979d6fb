/**
 * Every way the gateway refuses, by code. The code is for programs and for support; the message is an
 * English sentence; the console words it in the user's language from `details`.
 */
import { z } from './zod'

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
  'already_exists',
  'username_taken',
  'password_too_short',
  'password_too_common',
  'last_admin',
  // The gateway.
  'unavailable',
  'internal',
] as const
export type ErrorCode = (typeof errorCodes)[number]

export const refusalSchema = z.object({
  /** A later version of the other end may have more codes; what they ask for is not known here. */
  code: z.enum(errorCodes).catch('internal'),
  message: z.string(),
  details: z.record(z.string(), z.unknown()),
})
/** A refusal as a value: what was wrong, in words, and what the words were made from. */
export type Refusal = z.infer<typeof refusalSchema>

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
