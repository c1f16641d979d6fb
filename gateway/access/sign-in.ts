import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import { refusal, type Outcome } from '../../contract/errors'
import type { Session } from '../../contract/session'
import { record, type Origin } from '../audit/record'
import { inTransaction } from '../database/transaction'
import type { GatewayContext } from '../gateway-context'
import { passwordMatches } from './passwords'
import { findSignedIn, hashToken } from './signed-in'
import { publishUsers } from './users'

/** How long a session lasts from sign-in, whatever is done meanwhile. */
const sessionDays = 14
const quarterHour = 15 * 60

/**
 * What wrong guesses cost: per name from one address, and per address whoever is tried. A try pays
 * beforehand, so that many at once cannot all be let through, and is paid back when it was right:
 * an office behind one address may sign in as often as it likes.
 */
export function signInLimits(pool: pg.Pool) {
  const limiter = (keyPrefix: string, points: number) =>
    new RateLimiterPostgres({
      storeClient: pool,
      storeType: 'pool',
      tableName: 'rate_limit',
      tableCreated: true,
      keyPrefix,
      points,
      duration: quarterHour,
    })
  return { pair: limiter('sign-in-pair', 6), address: limiter('sign-in-address', 60) }
}

export type SignInLimits = ReturnType<typeof signInLimits>

/**
 * Open a session for a name and a password. A wrong name and a wrong password are refused alike, in
 * like time; too many tries wait, whoever they are for.
 */
export async function signIn(
  context: GatewayContext,
  limits: SignInLimits,
  credentials: { readonly username: string; readonly password: string },
  origin: Extract<Origin, { via: 'http' }>,
): Promise<Outcome<Session>> {
  const username = credentials.username.trim().toLowerCase()
  const { address } = origin
  const wait =
    (await used(limits.pair, `${address} ${username}`)) ?? (await used(limits.address, address))
  if (wait !== null) {
    context.log.warn({ address, wait }, 'too many tries to sign in')
    return {
      ok: false,
      error: refusal('too_many_requests', `Too many tries. Wait ${wait} seconds.`, {
        retryAfterSeconds: wait,
      }),
    }
  }
  const row = await context.db
    .selectFrom('app_user')
    .select(['id', 'display_name', 'password_hash', 'status', 'version'])
    .where('username', '=', username)
    .executeTakeFirst()
  const matches = await passwordMatches(row?.password_hash ?? null, credentials.password)
  if (!row || !matches) {
    return {
      ok: false,
      error: refusal('wrong_credentials', 'The username or the password is wrong.'),
    }
  }
  // Told only to someone who knows the password.
  if (row.status !== 'active') {
    return {
      ok: false,
      error: refusal('user_disabled', 'This user has been disabled. Ask an admin.'),
    }
  }
  const token = randomBytes(32).toString('base64url')
  const tokenHash = hashToken(token)
  const now = context.now()
  const expiresAt = new Date(now.getTime() + sessionDays * 86_400_000)
  const signedIn = await inTransaction(context.db, async (tx) => {
    // The password was verified a while ago: it must still be this one, and the user active, now that
    // nobody can change either until the session stands.
    const still = await tx
      .selectFrom('app_user')
      .select('id')
      .where('id', '=', row.id)
      .where('password_hash', '=', row.password_hash)
      .where('status', '=', 'active')
      .forUpdate()
      .executeTakeFirst()
    if (!still) return null
    await tx
      .insertInto('session')
      .values({ token_hash: tokenHash, user_id: row.id, created_at: now, expires_at: expiresAt })
      .execute()
    await tx
      .updateTable('app_user')
      .set({ last_sign_in_at: now })
      .where('id', '=', row.id)
      .execute()
    record(tx, [
      {
        type: 'session.opened',
        actor: { kind: 'user', id: row.id, name: row.display_name },
        aggregateKind: 'user',
        aggregateId: row.id,
        version: row.version,
        data: { expiresAt: expiresAt.toISOString() },
        origin,
      },
    ])
    return findSignedIn(tx, tokenHash, now)
  })
  context.wake()
  if (!signedIn) {
    return {
      ok: false,
      error: refusal('wrong_credentials', 'The username or the password is wrong.'),
    }
  }
  await payBack(limits, address, username).catch((error: unknown) =>
    context.log.warn({ err: error }, 'a sign-in was not paid back'),
  )
  return { ok: true, value: { token, user: signedIn.user, expiresAt: expiresAt.toISOString() } }
}

/** End the session of a token. Ending one that has ended is no error. */
export async function signOut(
  context: GatewayContext,
  token: string,
  origin: Origin,
): Promise<void> {
  const tokenHash = hashToken(token)
  await inTransaction(context.db, async (tx) => {
    const signedIn = await findSignedIn(tx, tokenHash, context.now())
    if (!signedIn) return
    const { user } = signedIn
    // Locked before it is read: an admin who changes the user meanwhile would otherwise be undone in
    // the feed by what was read before.
    const { version } = await tx
      .selectFrom('app_user')
      .select('version')
      .where('id', '=', user.id)
      .forUpdate()
      .executeTakeFirstOrThrow()
    await tx
      .updateTable('session')
      .set({ revoked_at: context.now() })
      .where('token_hash', '=', tokenHash)
      .execute()
    // The user's own row, come round again, makes every socket of this session look at it anew, on
    // whichever node it is; the row itself is the same.
    await publishUsers(tx, [user.id])
    record(tx, [
      {
        type: 'session.closed',
        actor: { kind: 'user', id: user.id, name: user.displayName },
        aggregateKind: 'user',
        aggregateId: user.id,
        version,
        data: {},
        origin,
      },
    ])
  })
  context.wake()
}

/** Forget the wrong guesses at a name that was then signed in with, and what the try cost its address. */
async function payBack(limits: SignInLimits, address: string, username: string): Promise<void> {
  await limits.pair.delete(`${address} ${username}`)
  await limits.address.reward(address, 1)
}

/** Take a point; the seconds to wait when there is none left. */
async function used(limiter: RateLimiterPostgres, key: string): Promise<number | null> {
  try {
    await limiter.consume(key)
    return null
  } catch (reason) {
    if (reason instanceof RateLimiterRes) return Math.max(1, Math.ceil(reason.msBeforeNext / 1000))
    throw reason
  }
}
