import type { Warehouse } from '../../domain/article'
import { openedWarehouses } from '../../domain/availability/place-line'
import type { Replica } from './replica'

const opened = new WeakMap<object, { readonly key: string; readonly list: readonly Warehouse[] }>()

/** The opened warehouses in the order in which a line is placed; the same array until one of them changes. */
export function warehousesOf({ replica }: { readonly replica: Replica }): readonly Warehouse[] {
  const all = [...replica.all('warehouse').values()]
  const key = JSON.stringify(all)
  const known = opened.get(replica)
  if (known?.key === key) return known.list
  const list = openedWarehouses(all)
  opened.set(replica, { key, list })
  return list
}
