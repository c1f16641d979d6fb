import type { AuditType } from '../../contract/audit'
import type { CommandType } from '../../contract/commands'
import { refusal } from '../../contract/errors'
import {
  followSource,
  setRights,
  type GroupRights,
  type HeldRights,
} from '../../domain/customer-group'
import { record } from '../audit/record'
import { columnsOf, heldRightsOf } from '../customers/customer-group'
import { republishCustomerGroups } from '../master-data/republish'
import { handled, refused, type Handled, type Handler, type Handling } from './context'
import { fedVersionLocked } from './fed-version'

type GroupCommand = Extract<CommandType, `customer_group.${string}`>

export const customerGroupHandlers: { readonly [T in GroupCommand]: Handler<T> } = {
  'customer_group.set': (handling) =>
    change(handling, 'customer_group.set', (held) => setRights(held, handling.payload)),

  'customer_group.follow_source': (handling) =>
    change(handling, 'customer_group.source_followed', followSource),
}

/** Lock the group, check the version, change its rights, publish and note it. */
async function change(
  handling: Handling<GroupCommand>,
  type: AuditType,
  apply: (held: HeldRights) => HeldRights | null,
): Promise<Handled> {
  const { tx, who, actor, origin, now, aggregateId, expectedVersion } = handling
  const row = await tx
    .selectFrom('customer_group')
    .selectAll()
    .where('id', '=', aggregateId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) {
    return refused(refusal('not_found', 'There is no such customer group.', { aggregateId }))
  }
  const last = await fedVersionLocked(tx, 'customer_group', aggregateId)
  if (expectedVersion !== null && expectedVersion !== last) {
    return refused(
      refusal('stale_version', 'The group has been changed since you saw it.', {
        currentVersion: last,
        expectedVersion,
      }),
    )
  }
  const before = heldRightsOf(row)
  const after = apply(before)
  if (!after) {
    return refused(refusal('wrong_state', 'The group follows its source already.', { aggregateId }))
  }
  const { source } = after
  await tx
    .updateTable('customer_group')
    .set({
      ...columnsOf(after.inForce),
      source: source && JSON.stringify(columnsOf(source)),
      set_by: source && who.user.displayName,
      set_at: source && now,
    })
    .where('id', '=', aggregateId)
    .execute()
  await republishCustomerGroups(tx, [aggregateId])
  const version = last + 1
  record(tx, [
    {
      type,
      actor,
      aggregateKind: 'customer_group',
      aggregateId,
      version,
      data: { name: row.name, before: told(before.inForce), after: told(after.inForce) },
      origin,
    },
  ])
  return handled(version)
}

function told({ orderingRight, orderLimit }: GroupRights): GroupRights {
  return { orderingRight, orderLimit }
}
