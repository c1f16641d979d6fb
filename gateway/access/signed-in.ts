import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { User } from '../../contract/entities'
import type { Viewer } from '../../domain/access/rights'
import type { EditLimits } from '../../domain/requisition/edit-limits'
import type { Database } from '../database/schema'
import { ask, question, type Question } from '../database/together'

/** A user with a live session, and what they may see and do at this moment. */
export interface SignedIn {
  readonly user: User
  readonly viewer: Viewer
  /** Total without VAT up to which they may approve; null is no limit. */
  readonly approvalLimit: number | null
  readonly priceLimits: EditLimits
  readonly rightsVersion: number
  readonly tokenHash: Buffer
  readonly expiresAt: Date
}

/** Sessions are kept by the hash of their token: who reads the table cannot sign in with it. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest()
}

/** The user behind a token's hash, or null when the session has ended or the user is disabled. */
export async function findSignedIn(
  db: Kysely<Database>,
  tokenHash: Buffer,
  now: Date,
): Promise<SignedIn | null> {
  return signedInOf(db, await ask(db, sessionBy(db, tokenHash, now)))
}

/** The live session of a token's hash, with its user; null when there is none. */
export function sessionBy(
  db: Kysely<Database>,
  tokenHash: Buffer,
  now: Date,
): Question<LiveSession | null> {
  return question(liveSession(db, tokenHash, now), ([row]) => row ?? null)
}

export type LiveSession = Awaited<
  ReturnType<ReturnType<typeof liveSession>['executeTakeFirstOrThrow']>
>

/** What `sessionBy` asks, to be joined with more. */
export function liveSession(db: Kysely<Database>, tokenHash: Buffer, now: Date) {
  return db
    .selectFrom('session')
    .innerJoin('app_user', 'app_user.id', 'session.user_id')
    .select([
      'app_user.id',
      'app_user.username',
      'app_user.display_name',
      'app_user.roles',
      'app_user.team',
      'app_user.approval_limit',
      'app_user.discount_limit',
      'app_user.margin_floor',
      'app_user.status',
      'app_user.rights_version',
      'session.token_hash',
      'session.expires_at',
    ])
    .where('session.token_hash', '=', tokenHash)
    .where('session.revoked_at', 'is', null)
    .where('session.expires_at', '>', now)
    .where('app_user.status', '=', 'active')
}

/** Who somebody with a live session is, with the accounts they see. */
export async function signedInOf(
  db: Kysely<Database>,
  row: LiveSession | null,
): Promise<SignedIn | null> {
  if (!row) return null
  const priceLimits = { discountLimit: row.discount_limit, marginFloor: row.margin_floor }
  return {
    user: {
      id: row.id,
      username: row.username,
      displayName: row.display_name,
      roles: row.roles,
      team: row.team,
      status: row.status,
      approvalLimit: row.approval_limit,
      ...priceLimits,
    },
    viewer: {
      userId: row.id,
      roles: row.roles,
      accounts: row.roles.includes('rep')
        ? await accountsOf(db, row.username, row.team)
        : new Set(),
    },
    approvalLimit: row.approval_limit,
    priceLimits,
    rightsVersion: row.rights_version,
    tokenHash: row.token_hash,
    expiresAt: row.expires_at,
  }
}

/** Companies whose account the user owns, or someone of the same team does. */
async function accountsOf(
  db: Kysely<Database>,
  username: string,
  team: string | null,
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('company')
    .select('id')
    .where((where) =>
      where.or([
        where('account_owner', '=', username),
        ...(team === null
          ? []
          : [
              where(
                'account_owner',
                'in',
                where.selectFrom('app_user').select('username').where('team', '=', team),
              ),
            ]),
      ]),
    )
    .execute()
  return new Set(rows.map(({ id }) => id))
}
