import { refusal, type Refusal } from '../../contract/errors'
import type { BeyondOwn } from '../../domain/requisition/decide'

/** It comes to more than whoever approves may approve alone. Amounts in minor units. */
export function aboveLimit(
  { limit, total }: { readonly limit: number; readonly total: number },
  currency: string,
): Refusal {
  return refusal('above_limit', 'The total is above your approval limit.', {
    limit,
    total,
    currency,
  })
}

/** They have made it themselves, beyond what they may alone. */
export function ownWork({ limit, value, allowed }: BeyondOwn, currentVersion: number): Refusal {
  return refusal(
    'own_work',
    'You have written or repriced it beyond what you may approve alone: somebody else has to.',
    { limit, value, allowed, currentVersion },
  )
}
