import type { Warehouse } from '../../domain/article'
import { openedWarehouses, openToAnybody } from '../../domain/availability/place-line'
import type { Replica } from './replica'

const lists = new WeakMap<Replica, Map<string, readonly Warehouse[]>>()
/** More lists than there are customer groups with warehouses of their own. */
const mostLists = 200

/** The warehouses open to a customer group; the same array for as long as they are the same. */
export function warehousesFor(
  { replica }: { readonly replica: Replica },
  groupId: string | null,
): readonly Warehouse[] {
  return sameList(replica, openedWarehouses([...replica.all('warehouse').values()], groupId))
}

/** Those that are open to anybody at all; the same array for as long as they are the same. */
export function warehousesOpen({ replica }: { readonly replica: Replica }): readonly Warehouse[] {
  return sameList(replica, openToAnybody([...replica.all('warehouse').values()]))
}

function sameList(replica: Replica, list: readonly Warehouse[]): readonly Warehouse[] {
  const key = JSON.stringify(list)
  let known = lists.get(replica)
  if (!known || known.size === mostLists) lists.set(replica, (known = new Map()))
  const before = known.get(key)
  if (before) return before
  known.set(key, list)
  return list
}
