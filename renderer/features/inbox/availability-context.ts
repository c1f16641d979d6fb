import type { Requisition } from '../../../contract/entities'
import type { Warehouse } from '../../../domain/article'
import { useNow, useReplica } from '../../desk-hooks'
import type { Desk } from '../../desk'
import type { AvailabilityContext } from '../../state/line-availability'
import { todayAt } from '../../state/today'
import { warehousesFor, warehousesOpen } from '../../state/warehouses'

const contexts = new WeakMap<
  readonly Warehouse[],
  { readonly of: readonly unknown[]; readonly context: AvailabilityContext }
>()

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
  return contextOver(desk, warehousesFor(desk, groupId))
}

function contextOver(
  desk: Pick<Desk, 'replica' | 'clock'>,
  warehouses: readonly Warehouse[],
): AvailabilityContext {
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

/** The same of all warehouses that are open to anybody: what the seller's own people look at. */
export function useWholeAvailabilityContext(): AvailabilityContext {
  useNow()
  return useReplica((desk) => contextOver(desk, warehousesOpen(desk)))
}
