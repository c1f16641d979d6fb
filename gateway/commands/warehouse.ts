import type { AuditType } from '../../contract/audit'
import type { CommandType } from '../../contract/commands'
import { refusal } from '../../contract/errors'
import { followOpenness, setOpenness, type HeldOpenness } from '../../domain/availability/openness'
import { record } from '../audit/record'
import { republishWarehouses } from '../master-data/republish'
import { heldOpennessOf } from '../stock/warehouses'
import { tellAvailabilityOfAll } from '../storefront/tell-availability'
import { handled, refused, type Handled, type Handler, type Handling } from './context'
import { fedVersionLocked } from './fed-version'
import { unknownGroups } from './unknown-groups'

type WarehouseCommand = Extract<CommandType, `warehouse.${string}`>

export const warehouseHandlers: { readonly [T in WarehouseCommand]: Handler<T> } = {
  async 'warehouse.set_open'(handling) {
    const { openToWebshop } = handling.payload
    const customerGroups = [...new Set(handling.payload.customerGroups)].sort()
    const unknown = await unknownGroups(handling.tx, customerGroups, '/payload/customerGroups')
    if (unknown) return refused(unknown)
    return change(handling, 'warehouse.openness_set', (held) =>
      setOpenness(held, { openToWebshop, customerGroups }),
    )
  },

  'warehouse.follow_source': (handling) =>
    change(handling, 'warehouse.source_followed', followOpenness),
}

/** Lock the warehouse, check the version, change whom it is open to, publish and note it. */
async function change(
  handling: Handling<WarehouseCommand>,
  type: AuditType,
  apply: (held: HeldOpenness) => HeldOpenness | null,
): Promise<Handled> {
  const { tx, who, actor, origin, now, aggregateId, expectedVersion } = handling
  const row = await tx
    .selectFrom('warehouse')
    .selectAll()
    .where('id', '=', aggregateId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return refused(refusal('not_found', 'There is no such warehouse.', { aggregateId }))
  const last = await fedVersionLocked(tx, 'warehouse', aggregateId)
  if (expectedVersion !== null && expectedVersion !== last) {
    return refused(
      refusal('stale_version', 'The warehouse has been changed since you saw it.', {
        currentVersion: last,
        expectedVersion,
      }),
    )
  }
  const before = heldOpennessOf(row)
  const after = apply(before)
  if (!after) {
    return refused(
      refusal('wrong_state', 'The warehouse follows its source already.', { aggregateId }),
    )
  }
  const { source, inForce } = after
  await tx
    .updateTable('warehouse')
    .set({
      open_to_webshop: inForce.openToWebshop,
      customer_groups: [...inForce.customerGroups],
      source: source === null ? null : JSON.stringify({ open_to_webshop: source }),
      set_by: source === null ? null : who.user.displayName,
      set_at: source === null ? null : now,
    })
    .where('id', '=', aggregateId)
    .execute()
  await republishWarehouses(tx, [aggregateId])
  tellAvailabilityOfAll(tx)
  const version = last + 1
  record(tx, [
    {
      type,
      actor,
      aggregateKind: 'warehouse',
      aggregateId,
      version,
      data: { name: row.name, before: before.inForce, after: inForce },
      origin,
    },
  ])
  return handled(version)
}
