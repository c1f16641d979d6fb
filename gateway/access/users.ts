import { sql } from 'kysely'
import { v4 as uuid } from 'uuid'
import type { User } from '../../contract/entities'
import type { Role } from '../../domain/access/roles'
import type { Transaction } from '../database/transaction'
import { publish } from '../feed/publish'

export interface NewUser {
  readonly username: string
  readonly displayName: string
  readonly passwordHash: string
  readonly roles: readonly Role[]
  readonly team: string | null
  /** Total without VAT they may approve, minor units; null is no limit. */
  readonly approvalLimit: number | null
  /** How far they may go with prices by hand, in parts per million; null or absent is no limit. */
  readonly discountLimit?: number | null | undefined
  readonly marginFloor?: number | null | undefined
}

/** A user's row as the feed carries it. */
export async function loadUsers(
  tx: Transaction,
  ids: readonly string[],
): Promise<readonly { user: User; version: number }[]> {
  if (ids.length === 0) return []
  const rows = await tx.selectFrom('app_user').selectAll().where('id', 'in', ids).execute()
  return rows.map((row) => ({
    version: row.version,
    user: {
      id: row.id,
      username: row.username,
      displayName: row.display_name,
      roles: row.roles,
      team: row.team,
      status: row.status,
      approvalLimit: row.approval_limit,
      discountLimit: row.discount_limit,
      marginFloor: row.margin_floor,
    },
  }))
}

/** Put users into the feed as they now stand. */
export async function publishUsers(tx: Transaction, ids: readonly string[]): Promise<void> {
  const users = await loadUsers(tx, ids)
  publish(
    tx,
    users.map(({ user, version }) => ({ kind: 'user', id: user.id, version, value: user })),
  )
}

/** Add a user; null when the name is taken. */
export async function insertUser(
  tx: Transaction,
  user: NewUser,
  id: string = uuid(),
): Promise<string | null> {
  const row = await tx
    .insertInto('app_user')
    .values({
      id,
      username: user.username,
      display_name: user.displayName,
      password_hash: user.passwordHash,
      roles: [...user.roles],
      team: user.team,
      approval_limit: user.approvalLimit,
      discount_limit: user.discountLimit ?? null,
      margin_floor: user.marginFloor ?? null,
      status: 'active',
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!row) return null
  await publishUsers(tx, [id])
  return id
}

/** End every session of a user. Their sockets close once the change of the user reaches them. */
export async function revokeSessions(tx: Transaction, userId: string, now: Date): Promise<void> {
  await tx
    .updateTable('session')
    .set({ revoked_at: now })
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .execute()
}

/**
 * Give some users a new epoch, because what they may see has changed: their consoles begin anew from
 * a fresh snapshot.
 */
export async function renewRights(tx: Transaction, userIds: readonly string[]): Promise<void> {
  if (userIds.length === 0) return
  await tx
    .updateTable('app_user')
    .set({ rights_version: sql`rights_version + 1` })
    .where('id', 'in', userIds)
    .execute()
  await publishUsers(tx, userIds)
}

/** The reps who see an account of one of these owners: the owners themselves and their teams. */
export async function repsSeeingAccountsOf(
  tx: Transaction,
  usernames: readonly string[],
): Promise<readonly string[]> {
  if (usernames.length === 0) return []
  const rows = await tx
    .selectFrom('app_user as person')
    .select('person.id')
    .where((where) =>
      where.or([
        where('person.username', 'in', usernames),
        where(
          'person.team',
          'in',
          where
            .selectFrom('app_user as owner')
            .select('owner.team')
            .where('owner.username', 'in', usernames)
            .where('owner.team', 'is not', null),
        ),
      ]),
    )
    .execute()
  return rows.map(({ id }) => id)
}
