import { sql } from 'kysely'
import type { AuditType } from '../../contract/audit'
import type { CommandType } from '../../contract/commands'
import type { Delegation } from '../../contract/entities'
import { refusal } from '../../contract/errors'
import { mayDo } from '../../domain/access/rights'
import { delegationProblem, type DelegationProblem } from '../../domain/approval/delegation'
import { todayIn } from '../../domain/calendar'
import { delegationOf, delegationsSince } from '../approval/delegations'
import { record } from '../audit/record'
import { ask, question, together } from '../database/together'
import { uuidOrNil } from '../database/uuid'
import { publish } from '../feed/publish'
import { sellerNow } from '../seller/load'
import { handled, refused, type Handled, type Handler, type Handling } from './context'

type DelegationCommand = Extract<CommandType, `delegation.${string}`>

export const delegationHandlers: { readonly [T in DelegationCommand]: Handler<T> } = {
  async 'delegation.create'(handling) {
    const { tx, who, now, aggregateId, payload } = handling
    const id = uuidOrNil(aggregateId)
    if (id !== aggregateId) {
      return refused(
        refusal('invalid', 'A new delegation needs a UUID of your own as aggregateId.'),
      )
    }
    if (!mayHandOverFor(handling, payload.fromUserId)) return refused(notYours())
    // Two at once could close a circle that neither sees.
    await sql`select pg_advisory_xact_lock(hashtext('kontor delegation'))`.execute(tx)
    const seller = await ask(tx, sellerNow(tx))
    const today = todayIn(seller.timeZone, now.toISOString())
    const people = tx.selectFrom('app_user').select(['id', 'roles']).where('status', '=', 'active')
    const [known, users, twin] = await ask(
      tx,
      together(
        delegationsSince(tx, today),
        question(people, (rows) => new Map(rows.map((row) => [row.id, row]))),
        question(tx.selectFrom('delegation').select('id').where('id', '=', id), ([row]) => row),
      ),
    )
    if (twin) {
      return refused(
        refusal('already_exists', 'There is already a delegation of this id. Use a new UUID.', {
          aggregateId,
        }),
      )
    }
    const canDecide = (userId: string) => {
      const user = users.get(userId)
      return user !== undefined && mayDo(user, 'decide_requisition')
    }
    // Whoever decides nothing has nothing to hand over.
    const problem = canDecide(payload.fromUserId)
      ? delegationProblem(payload, known, { today, canDecide })
      : ({ kind: 'nothing_to_hand_over' } as const)
    if (problem) return refused(impossible(problem))
    const value = { id, ...payload, isEnded: false }
    await tx
      .insertInto('delegation')
      .values({
        id,
        from_user: payload.fromUserId,
        to_user: payload.toUserId,
        from_date: payload.from,
        until_date: payload.until,
        reason: payload.reason,
      })
      .execute()
    return tell(handling, value, 1, 'delegation.created', { after: payload, by: who.user.id })
  },

  async 'delegation.end'(handling) {
    const { tx, now, aggregateId, expectedVersion } = handling
    const row = await tx
      .selectFrom('delegation')
      .selectAll()
      .where('id', '=', uuidOrNil(aggregateId))
      .forUpdate()
      .executeTakeFirst()
    if (!row) {
      return refused(refusal('not_found', 'There is no such delegation.', { aggregateId }))
    }
    // Who was given the steps may give them back.
    if (!mayHandOverFor(handling, row.from_user) && !mayHandOverFor(handling, row.to_user)) {
      return refused(notYours())
    }
    const details = { currentVersion: row.version, expectedVersion }
    if (row.ended_at !== null) {
      return refused(refusal('wrong_state', 'It has been ended already.', details))
    }
    if (expectedVersion !== null && expectedVersion !== row.version) {
      return refused(refusal('stale_version', 'It has changed since you saw it.', details))
    }
    const version = row.version + 1
    await tx
      .updateTable('delegation')
      .set({ ended_at: now, version })
      .where('id', '=', row.id)
      .execute()
    const value = { ...delegationOf(row), isEnded: true }
    return tell(handling, value, version, 'delegation.ended', { before: delegationOf(row) })
  },
}

/** Everyone for themselves; for another an admin. */
function mayHandOverFor({ who }: Handling<DelegationCommand>, userId: string): boolean {
  return userId === who.user.id || mayDo(who.viewer, 'manage_users')
}

function tell(
  { tx, actor, origin }: Handling<DelegationCommand>,
  value: Delegation,
  version: number,
  type: AuditType,
  data: Readonly<Record<string, unknown>>,
): Handled {
  publish(tx, [{ kind: 'delegation', id: value.id, version, value }])
  record(tx, [
    {
      type,
      actor,
      aggregateKind: 'delegation',
      aggregateId: value.id,
      version,
      data,
      origin,
    },
  ])
  return handled(version)
}

function notYours() {
  return refusal('forbidden', 'Only they themselves or an admin can do that.')
}

function impossible(problem: DelegationProblem | { readonly kind: 'nothing_to_hand_over' }) {
  return refusal('delegation_impossible', sentence(problem.kind), { ...problem })
}

function sentence(kind: DelegationProblem['kind'] | 'nothing_to_hand_over'): string {
  switch (kind) {
    case 'nothing_to_hand_over':
      return 'Who hands over decides nothing, so there is nothing to hand over.'
    case 'to_oneself':
      return 'Nobody can stand in for themselves.'
    case 'cannot_decide':
      return 'The colleague cannot decide on anything. Choose a rep or an approver.'
    case 'no_days':
      return 'It would be over before it begins. Choose a last day that is today or later.'
    case 'already_there':
      return 'The same colleague has been asked for some of those days already.'
    case 'in_circle':
      return 'It would lead back to the one who hands over.'
    case 'chain_too_long':
      return 'The steps would be handed on too often. Choose somebody who has not handed over in turn.'
  }
}
