import { useNow, useReplica } from '../../desk-hooks'
import type { Desk } from '../../desk'
import type { AvailabilityContext } from '../../state/line-availability'
import { todayAt } from '../../state/today'
import { warehousesOf } from '../../state/warehouses'

const contexts = new WeakMap<
  object,
  { readonly of: readonly unknown[]; readonly context: AvailabilityContext }
>()

/**
 * What answers about availability are counted with: opened warehouses, today, working days. The same
 * object until one of them changes.
 */
export function availabilityContextOf(desk: Pick<Desk, 'replica' | 'clock'>): AvailabilityContext {
  const { replica } = desk
  const warehouses = warehousesOf(desk)
  const today = todayAt(desk)
  const seller = replica.all('seller').values().next().value
  const of = [warehouses, today, seller]
  const known = contexts.get(replica)
  if (known?.of.every((part, at) => part === of[at])) return known.context
  const calendar = { holidays: new Set(seller?.holidays ?? []) }
  const context = { warehouses, today, calendar }
  contexts.set(replica, { of, context })
  return context
}

/** The same, followed as it changes, midnight included. */
export function useAvailabilityContext(): AvailabilityContext {
  useNow()
  return useReplica(availabilityContextOf)
}
