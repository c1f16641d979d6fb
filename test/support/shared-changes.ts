import { entitySchemas } from '../../contract/entities'
import type { Change } from '../../contract/feed'

/** The change itself. @throws where it is not what the contract says */
export function wellFormed(change: Change): Change {
  if (change.value !== null) entitySchemas[change.kind].parse(change.value)
  return change
}

/**
 * One copy, looked at once, for all consoles of a process that are told the same word for word: twenty
 * of ten thousand requisitions each would not fit otherwise.
 */
export class SharedChanges {
  /** Of each entity the newest version that anybody was told, by its words. */
  readonly #newest = new Map<string, { version: number; byText: Map<string, Change> }>()

  like(change: Change): Change {
    const key = `${change.kind} ${change.id}`
    const known = this.#newest.get(key)
    // Whoever lags behind is told what the others have forgotten.
    if (known && known.version > change.version) return wellFormed(change)
    const text = JSON.stringify(change)
    const byText = known?.version === change.version ? known.byText : new Map<string, Change>()
    const same = byText.get(text)
    if (same) return same
    byText.set(text, wellFormed(change))
    this.#newest.set(key, { version: change.version, byText })
    return change
  }
}
