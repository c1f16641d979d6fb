import type { Warehouse } from '../../../domain/article'
import { openedWarehouses } from '../../../domain/availability/place-line'
import { useNow, useReplica } from '../../desk-hooks'
import type { Desk } from '../../desk'
import type { AvailabilityContext } from '../../state/line-availability'
import { todayAt } from '../../state/today'

const opened = new WeakMap<object, { readonly key: string; readonly list: readonly Warehouse[] }>()
const contexts = new WeakMap<
  object,
  { readonly of: readonly unknown[]; readonly context: AvailabilityContext }
>()

/** The opened warehouses; the same array until one of them changes. */
function warehousesOf({ replica }: Pick<Desk, 'replica'>): readonly Warehouse[] {
  const all = [...replica.all('warehouse').values()]
  const key = JSON.stringify(all)
  const known = opened.get(replica)
  if (known?.key === key) return known.list
  const list = openedWarehouses(all)
  opened.set(replica, { key, list })
  return list
}

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
