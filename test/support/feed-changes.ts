import type { Change } from '../../contract/feed'
import { decodeItems, readRest } from '../../contract/replica-items'

/** A change of a warehouse, the smallest entity there is. */
export function warehouseChange(
  seq: number,
  id: string,
  version: number,
  name: string | null = `${id} ${version}`,
): Change {
  const value = name === null ? null : { id, name, openToWebshop: true, priority: 1 }
  return { seq, kind: 'warehouse', id, version, value }
}

/** What a client has after applying changes in order: the newest version of each entity that is left. */
export function applied(changes: readonly Change[]): Map<string, Change> {
  const held = new Map<string, Change>()
  for (const change of changes) {
    const known = held.get(`${change.kind}:${change.id}`)
    if (known !== undefined && known.version > change.version) continue
    held.set(`${change.kind}:${change.id}`, change)
  }
  for (const [key, { value }] of held) if (value === null) held.delete(key)
  return held
}

/** The same as plain data, for comparing what two replicas hold whatever way they got it. */
export function content(held: ReadonlyMap<string, Change>): Record<string, unknown> {
  const entries = [...held].map(([key, { version, value }]) => [key, { version, value }] as const)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** What a window was told, as changes again; of a requisition told in brief what `wholes` has of it. */
export function changesTold(
  lines: readonly string[],
  wholes: ReadonlyMap<string, string> = new Map(),
): readonly Change[] {
  return lines.flatMap(decodeItems).map((item): Change => {
    const { kind, id, version } = item
    return { seq: 0, kind, id, version, value: valueTold(item, wholes) as Change['value'] }
  })
}

/** The same, with the whole of each requisition that was told in brief, asked for as a window does. */
export async function changesInWhole(
  lines: readonly string[],
  requisition: (id: string) => Promise<{ readonly version: number; readonly text: string } | null>,
): Promise<readonly Change[]> {
  const wholes = new Map<string, string>()
  for (const { kind, id, version } of changesTold(lines)) {
    if (kind !== 'requisition') continue
    const found = await requisition(id)
    // What is newer there already is told of later.
    if (found?.version === version) wholes.set(id, found.text)
  }
  return changesTold(lines, wholes)
}

function valueTold(
  item: ReturnType<typeof decodeItems>[number],
  wholes: ReadonlyMap<string, string>,
): unknown {
  switch (item.form) {
    case 'gone':
      return null
    case 'unreadable':
      return { unreadable: item.why }
    case 'value':
      return JSON.parse(item.value)
    case 'requisition': {
      const whole = item.whole ?? wholes.get(item.id)
      return whole === undefined ? readRest(item.rest) : JSON.parse(whole)
    }
  }
}
