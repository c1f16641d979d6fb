import type { Change } from '../../contract/feed'
import { keyOf } from './records'

interface Place {
  readonly version: number
  /** Offset of the line that holds the newest value. */
  readonly line: number
  /** About how many bytes the value takes; 0 when the entity is gone. */
  readonly size: number
}

/** Which line of a replica's file holds the newest value of each entity. */
export class ReplicaIndex {
  readonly #places = new Map<string, Place>()
  #liveSize = 0

  /** About how many bytes the values still worth keeping take. */
  get liveSize(): number {
    return this.#liveSize
  }

  /**
   * Note the changes of the line at this offset; an older version than the known one loses.
   *
   * @param length of the line, in bytes
   */
  noteLine(changes: readonly Change[], line: number, length: number): void {
    const share = Math.ceil(length / Math.max(changes.length, 1))
    for (const change of changes) this.#note(change, line, change.value === null ? 0 : share)
  }

  #note(change: Change, line: number, size: number): void {
    const key = keyOf(change)
    const known = this.#places.get(key)
    if (known !== undefined && known.version > change.version) return
    this.#liveSize += size - (known?.size ?? 0)
    this.#places.set(key, { version: change.version, line, size })
  }

  /** Whether the line at this offset holds the newest value of the change's entity. */
  isNewest(change: Change, line: number): boolean {
    const known = this.#places.get(keyOf(change))
    return known?.line === line && known.version === change.version
  }

  /** Take over what another index knows from an offset on, for lines that were moved by `shift`. */
  takeOver(other: ReplicaIndex, from: number, shift: number): void {
    for (const [key, place] of other.#places) {
      if (place.line < from) continue
      this.#liveSize += place.size - (this.#places.get(key)?.size ?? 0)
      this.#places.set(key, { ...place, line: place.line + shift })
    }
  }
}

/** The newest change of each entity in a batch, in the order of first appearance. */
export function newestOf(changes: readonly Change[]): readonly Change[] {
  const newest = new Map<string, Change>()
  for (const change of changes) {
    const known = newest.get(keyOf(change))
    if (known === undefined || known.version <= change.version) newest.set(keyOf(change), change)
  }
  return [...newest.values()]
}
