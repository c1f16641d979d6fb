import type { Context } from 'hono'
import { refusal, type Outcome } from '../../contract/errors'
import { mayDo, type Deed } from '../../domain/access/rights'
import { findSignedIn, hashToken, type SignedIn } from '../access/signed-in'
import type { GatewayContext } from '../gateway-context'
import { clientAddress, type Arrival } from './client-address'

/** The token of `Authorization: Bearer …`, or null. */
export function bearerToken(c: Context): string | null {
  return /^Bearer ([\w-]{20,200})$/.exec(c.req.header('authorization') ?? '')?.[1] ?? null
}

/** The user behind a request, if they may do what it is about. */
export async function authorise(
  context: GatewayContext,
  c: Context,
  deed: Deed,
): Promise<Outcome<SignedIn>> {
  const token = bearerToken(c)
  const who =
    token === null ? null : await findSignedIn(context.db, hashToken(token), context.now())
  if (!who)
    return {
      ok: false,
      error: refusal(
        'unauthenticated',
        'Sign in first, and send the token as Authorization: Bearer.',
      ),
    }
  if (!mayDo(who.viewer, deed)) {
    return {
      ok: false,
      error: refusal('forbidden', 'Your roles do not allow this.', { roles: who.user.roles }),
    }
  }
  return { ok: true, value: who }
}

/** Tells the address a request came from. */
export type AddressOf = (c: Context) => string

/** Addresses as they are behind so many proxies of ours. */
export function addressesBehind(trustedHops: number): AddressOf {
  return (c) => {
    const { incoming } = c.env as { incoming?: Arrival }
    return incoming ? clientAddress(incoming, trustedHops) : 'unknown'
  }
}
