import { sql } from 'kysely'
import type { AuditType } from '../../contract/audit'
import type { CommandType } from '../../contract/commands'
import { refusal, type Refusal } from '../../contract/errors'
import {
  insertUser,
  loadUsers,
  publishUsers,
  renewRights,
  repsSeeingAccountsOf,
  revokeSessions,
} from '../access/users'
import { policyProblems, type PolicyPeople } from '../../domain/approval/check-policy'
import { lockPolicy, policyInForce, policyPeople } from '../approval/policy'
import { record } from '../audit/record'
import { ask, together } from '../database/together'
import type { Transaction } from '../database/transaction'
import { uuidOrNil } from '../database/uuid'
import {
  handled,
  PasswordWanted,
  refused,
  type Handled,
  type Handler,
  type Handling,
} from './context'

type UserCommand = Extract<CommandType, `user.${string}`>

export const userHandlers: { readonly [T in UserCommand]: Handler<T> } = {
  async 'user.create'(handling) {
    const { tx, payload } = handling
    const { password: _password, ...rest } = payload
    const id = uuidOrNil(handling.aggregateId)
    if (id !== handling.aggregateId) {
      return refused(refusal('invalid', 'A new user needs a UUID of your own as aggregateId.'))
    }
    const taken = await whyNotFree(tx, id, payload.username)
    if (taken) return refused(taken)
    const { passwordHash } = handling
    if (passwordHash === null) throw new PasswordWanted([payload.username, payload.displayName])
    if (!(await insertUser(tx, { ...rest, passwordHash }, id))) {
      // Another admin was quicker by a hair: what it was, the table now says.
      return refused(
        (await whyNotFree(tx, id, payload.username)) ?? usernameTaken(payload.username),
      )
    }
    await renewColleagues(tx, [payload.username], id)
    note(handling, 'user.created', id, 1, { after: rest })
    return handled(1, { userId: id })
  },

  async 'user.update'(handling) {
    const { payload } = handling
    await lockPolicy(handling.tx)
    return change(handling, async ({ tx, before }) => {
      if (!payload.roles.includes('admin') && (await isLastAdmin(tx, before.id)))
        return refused(lastAdmin())
      await tx
        .updateTable('app_user')
        .set({
          display_name: payload.displayName,
          roles: [...payload.roles],
          team: payload.team,
          approval_limit: payload.approvalLimit,
          ...(payload.discountLimit !== undefined && { discount_limit: payload.discountLimit }),
          ...(payload.marginFloor !== undefined && { margin_floor: payload.marginFloor }),
          // Only what decides what they may see begins their replica anew; a name or a limit is but a
          // change of the user, and the limit is looked up at every command.
          ...(seesOtherwise(before, payload) && { rights_version: sql`rights_version + 1` }),
        })
        .where('id', '=', before.id)
        .execute()
      if (await leavesNobody(tx, before)) return refused(lastApprover())
      if (payload.team !== before.team)
        await renewColleagues(tx, [before.username], before.id, [before.team, payload.team])
      return { type: 'user.updated', data: { before, after: payload } }
    })
  },

  async 'user.disable'(handling) {
    await lockPolicy(handling.tx)
    return change(handling, async ({ tx, before }) => {
      if (await isLastAdmin(tx, before.id)) return refused(lastAdmin())
      await tx
        .updateTable('app_user')
        .set({ status: 'disabled' })
        .where('id', '=', before.id)
        .execute()
      if (await leavesNobody(tx, before)) return refused(lastApprover())
      await revokeSessions(tx, before.id, handling.now)
      return { type: 'user.disabled', data: {} }
    })
  },

  async 'user.enable'(handling) {
    return change(handling, async ({ tx, before }) => {
      await tx
        .updateTable('app_user')
        .set({ status: 'active' })
        .where('id', '=', before.id)
        .execute()
      return { type: 'user.enabled', data: {} }
    })
  },

  async 'user.set_password'(handling) {
    const { passwordHash } = handling
    return change(handling, async ({ tx, before }) => {
      if (passwordHash === null) throw new PasswordWanted([before.username, before.displayName])
      await tx
        .updateTable('app_user')
        .set({ password_hash: passwordHash })
        .where('id', '=', before.id)
        .execute()
      await revokeSessions(tx, before.id, handling.now)
      return { type: 'user.password_set', data: {} }
    })
  },
}

type Before = Awaited<ReturnType<typeof loadUsers>>[number]['user']
type Changed = { readonly type: AuditType; readonly data: Readonly<Record<string, unknown>> }

/** Lock the user, check the version, change, count the version up, publish and note it. */
async function change(
  handling: Handling<UserCommand>,
  apply: (parts: {
    readonly tx: Transaction
    readonly before: Before
  }) => Promise<Changed | Handled>,
): Promise<Handled> {
  const { tx, aggregateId, expectedVersion } = handling
  const locked = await tx
    .selectFrom('app_user')
    .select('version')
    .where('id', '=', uuidOrNil(aggregateId))
    .forUpdate()
    .executeTakeFirst()
  const [found] = locked ? await loadUsers(tx, [aggregateId]) : []
  if (!locked || !found)
    return refused(refusal('not_found', 'There is no such user.', { aggregateId }))
  if (expectedVersion !== null && expectedVersion !== locked.version) {
    return refused(
      refusal('stale_version', 'The user has been changed since you saw it.', {
        currentVersion: locked.version,
        expectedVersion,
      }),
    )
  }
  const outcome = await apply({ tx, before: found.user })
  if ('ok' in outcome) return outcome
  const version = locked.version + 1
  await tx.updateTable('app_user').set({ version }).where('id', '=', found.user.id).execute()
  await publishUsers(tx, [found.user.id])
  note(handling, outcome.type, found.user.id, version, outcome.data)
  return handled(version)
}

/** A team's members see each other's accounts, so who joins or leaves changes what the others see. */
async function renewColleagues(
  tx: Transaction,
  usernames: readonly string[],
  except: string,
  teams: readonly (string | null)[] = [],
): Promise<void> {
  const seeing = await repsSeeingAccountsOf(tx, usernames)
  const named = teams.filter((team) => team !== null)
  const members =
    named.length === 0
      ? []
      : await tx.selectFrom('app_user').select('id').where('team', 'in', named).execute()
  const ids = new Set([...seeing, ...members.map(({ id }) => id)])
  ids.delete(except)
  await renewRights(tx, [...ids].sort())
}

/** Whether a change of a user changes which entities they are sent. */
function seesOtherwise(before: Before, after: Pick<Before, 'roles' | 'team'>): boolean {
  const roles = (user: Pick<Before, 'roles'>) => [...user.roles].sort().join(' ')
  return roles(before) !== roles(after) || before.team !== after.team
}

/** Why no user can be added under an id and a name, or null. */
async function whyNotFree(tx: Transaction, id: string, username: string): Promise<Refusal | null> {
  const others = await tx
    .selectFrom('app_user')
    .select(['id', 'username'])
    .where((where) => where.or([where('id', '=', id), where('username', '=', username)]))
    .execute()
  if (others.some((other) => other.id === id)) {
    return refusal('already_exists', 'There is already a user of this id. Use a new UUID.', {
      aggregateId: id,
    })
  }
  return others.length > 0 ? usernameTaken(username) : null
}

function usernameTaken(username: string): Refusal {
  return refusal('username_taken', `There is already a user “${username}”.`, { username })
}

/** Without an admin nobody could ever make another. The lock keeps two from leaving at once. */
async function isLastAdmin(tx: Transaction, userId: string): Promise<boolean> {
  const admins = await tx
    .selectFrom('app_user')
    .select('id')
    .where(sql<boolean>`'admin' = any(roles)`)
    .where('status', '=', 'active')
    .orderBy('id')
    .forUpdate()
    .execute()
  return admins.length === 1 && admins[0]?.id === userId
}

function lastAdmin(): Refusal {
  return refusal('last_admin', 'This is the last admin. Make someone else an admin first.')
}

/** Whether a step that the rules in force demand could be taken before a user was changed, and cannot now. */
async function leavesNobody(tx: Transaction, before: Before): Promise<boolean> {
  const [policy, people] = await ask(tx, together(policyInForce(tx), policyPeople(tx)))
  const stuckWith = (who: PolicyPeople) =>
    policyProblems(policy, who).filter(({ kind }) => kind === 'nobody_can_take').length
  // They become somebody who takes more or who takes less, so nothing comes loose while something sticks.
  return stuckWith(people) > stuckWith(new Map(people).set(before.id, before))
}

function lastApprover(): Refusal {
  return refusal(
    'last_approver',
    'The rules demand an approver, and this is the last. Change the rules, or make someone else an approver first.',
  )
}

function note(
  { tx, actor, origin }: Handling<UserCommand>,
  type: AuditType,
  aggregateId: string,
  version: number,
  data: Readonly<Record<string, unknown>>,
): void {
  record(tx, [{ type, actor, aggregateKind: 'user', aggregateId, version, data, origin }])
}
