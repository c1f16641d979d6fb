import type { Change } from '../../contract/feed'
import { keyOf } from './records'

/** What the window is to be told of a batch: lines made by `encodeItems`. */
export type WindowBatch = readonly string[]

/** Characters handed to the window at once while it loads. */
const loadSize = 1024 * 1024

/** Lines in portions that are handed to the window at once. */
export function* batchesOf(lines: readonly string[]): Generator<WindowBatch> {
  let batch: string[] = []
  let size = 0
  for (const line of lines) {
    batch.push(line)
    size += line.length
    if (size < loadSize) continue
    yield batch
    batch = []
    size = 0
  }
  if (batch.length > 0) yield batch
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
