import type { Requisition } from '../../../contract/entities'
import type { Warehouse } from '../../../domain/article'
import { openedWarehouses } from '../../../domain/availability/place-line'
import { useNow, useReplica } from '../../desk-hooks'
import type { Desk } from '../../desk'
import type { AvailabilityContext } from '../../state/line-availability'
import { todayAt } from '../../state/today'

const opened = new WeakMap<object, Map<string, readonly Warehouse[]>>()
/** More lists than there are customer groups with warehouses of their own. */
const mostLists = 200
const contexts = new WeakMap<
  readonly Warehouse[],
  { readonly of: readonly unknown[]; readonly context: AvailabilityContext }
>()

/** The warehouses open to a customer group; the same array for as long as they are the same. */
function warehousesOf(
  { replica }: Pick<Desk, 'replica'>,
  groupId: string | null,
): readonly Warehouse[] {
  const list = openedWarehouses([...replica.all('warehouse').values()], groupId)
  const key = JSON.stringify(list)
  let lists = opened.get(replica)
  if (!lists || lists.size === mostLists) opened.set(replica, (lists = new Map()))
  const known = lists.get(key)
  if (known) return known
  lists.set(key, list)
  return list
}

/** The customer group that a document's contact belongs to; null while neither it nor its company is known. */
export function buyerGroupOf(
  { replica }: Pick<Desk, 'replica'>,
  { contactId, companyId }: Pick<Requisition, 'contactId' | 'companyId'>,
): string | null {
  const own = replica.get('contact', contactId)?.customerGroupId
  return own ?? replica.get('company', companyId)?.customerGroupId ?? null
}

/**
 * What answers about availability to a customer group are counted with: the warehouses open to it,
 * today, working days. The same object until one of them changes.
 */
export function availabilityContextOf(
  desk: Pick<Desk, 'replica' | 'clock'>,
  groupId: string | null,
): AvailabilityContext {
  const warehouses = warehousesOf(desk, groupId)
  const today = todayAt(desk)
  const seller = desk.replica.all('seller').values().next().value
  const of = [today, seller]
  const known = contexts.get(warehouses)
  if (known?.of.every((part, at) => part === of[at])) return known.context
  const calendar = { holidays: new Set(seller?.holidays ?? []) }
  const context = { warehouses, today, calendar }
  contexts.set(warehouses, { of, context })
  return context
}

/** The same, followed as it changes, midnight included. */
export function useAvailabilityContext(
  groupOf: (desk: Pick<Desk, 'replica'>) => string | null,
): AvailabilityContext {
  useNow()
  return useReplica((desk) => availabilityContextOf(desk, groupOf(desk)))
}
