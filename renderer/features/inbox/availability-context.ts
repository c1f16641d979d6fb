import { useMemo } from 'react'
import type { Warehouse } from '../../../domain/article'
import { openedWarehouses } from '../../../domain/availability/place-line'
import { useNow, useReplica, useTexts } from '../../desk-hooks'
import type { Desk } from '../../desk'
import type { AvailabilityContext } from '../../state/line-availability'

const opened = new WeakMap<object, { readonly key: string; readonly list: readonly Warehouse[] }>()

/** The opened warehouses; the same array until one of them changes. */
function warehousesOf({ replica }: Desk): readonly Warehouse[] {
  const all = [...replica.all('warehouse').values()]
  const key = JSON.stringify(all)
  const known = opened.get(replica)
  if (known?.key === key) return known.list
  const list = openedWarehouses(all)
  opened.set(replica, { key, list })
  return list
}

/** What answers about availability are counted with: opened warehouses, today, working days. */
export function useAvailabilityContext(): AvailabilityContext {
  const { formats } = useTexts()
  const today = formats.dateOf(useNow())
  const warehouses = useReplica(warehousesOf)
  const seller = useReplica(({ replica }) => replica.all('seller').values().next().value)
  return useMemo(
    () => ({ warehouses, today, calendar: { holidays: new Set(seller?.holidays ?? []) } }),
    [warehouses, today, seller],
  )
}
