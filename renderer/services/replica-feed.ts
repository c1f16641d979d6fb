import { decodeItems } from '../../contract/replica-items'
import type { ReplicaItem } from '../../contract/replica-items'
import type { Replica } from '../state/replica'
import type { Bridge } from './bridge'
import type { Reporter } from './reporter'

/** How long taking changes in may hold up a frame, in milliseconds; what is left goes into the next. */
const BUDGET = 10
/** The same while the replica is read from disk, when there is little to hold up yet. */
const LOADING_BUDGET = 40
/** How often the views are told while there is still more to take in, in milliseconds. */
const TELL_EVERY = 150
/** Nothing was taken in for so long: longer than a frame, in milliseconds. */
const QUIET = 20
/** Applied together; small enough that the budget can be kept. */
const SLICE = 2_000

export interface FeedTiming {
  /** Calls back before the next frame, or soon when the window draws none. */
  readonly schedule: (callback: () => void) => void
  readonly now: () => number
}

type Item =
  | { readonly kind: 'reset'; readonly identity: string }
  | { readonly kind: 'changes'; readonly changes: readonly ReplicaItem[] }
  /** A line of the same, not taken apart yet. */
  | { readonly kind: 'line'; readonly line: string }
  | { readonly kind: 'loaded' }

/**
 * Takes the replica's events in the order they come and applies them frame by frame, so that ten
 * thousand changes never stop the window for longer than a blink. Returns a function that stops it.
 */
export function followReplica(
  bridge: Pick<Bridge, 'on'>,
  replica: Replica,
  report: Reporter,
  { schedule, now }: FeedTiming = frames,
): () => void {
  let queue: Item[] = []
  let scheduled = false

  const enqueue = (item: Item) => {
    queue.push(item)
    if (scheduled) return
    // A change that comes by itself need not wait for a frame: it goes into the one that follows.
    const { phase } = replica.store.getState()
    if (phase === 'loaded' && queue.length === 1 && now() - workedAt > QUIET) return work()
    scheduled = true
    schedule(work)
  }

  /** Something was taken in that the views have not been told of; when they were last. */
  let isUntold = false
  let toldAt = 0
  let workedAt = -QUIET - 1

  const work = () => {
    scheduled = false
    const started = now()
    const rest = takeIn(queue, started)
    queue = rest
    if (isUntold && (rest.length === 0 || started - toldAt >= TELL_EVERY)) {
      isUntold = false
      toldAt = started
      replica.touch()
    }
    workedAt = now()
    if (queue.length > 0 && !scheduled) {
      scheduled = true
      schedule(work)
    }
  }

  /** What is left of the items when the frame's share of time is used up. */
  const takeIn = (items: readonly Item[], started: number): Item[] => {
    for (const [index, item] of items.entries()) {
      if (item.kind === 'reset') {
        isUntold = false
        replica.reset(item.identity)
        continue
      }
      if (item.kind === 'loaded') {
        isUntold = false
        replica.markLoaded()
        continue
      }
      const changes = item.kind === 'line' ? decodeItems(item.line) : item.changes
      for (let at = 0; at < changes.length; at += SLICE) {
        take(changes.slice(at, at + SLICE))
        const { phase } = replica.store.getState()
        if (now() - started < (phase === 'loading' ? LOADING_BUDGET : BUDGET)) continue
        const rest = changes.slice(at + SLICE)
        const left = items.slice(index + 1)
        return rest.length > 0 ? [{ kind: 'changes', changes: rest }, ...left] : left
      }
    }
    return []
  }

  const take = (changes: readonly ReplicaItem[]) => {
    for (const item of changes) {
      if (item.form !== 'unreadable') continue
      report(new Error(`A ${item.kind} could not be read: ${item.id}\n${item.why}`))
    }
    if (replica.put(changes)) isUntold = true
  }

  const stops = [
    bridge.on('replica.reset', ({ identity }) => enqueue({ kind: 'reset', identity })),
    bridge.on('replica.changes', (lines) => {
      for (const line of lines) enqueue({ kind: 'line', line })
    }),
    bridge.on('replica.loaded', () => enqueue({ kind: 'loaded' })),
  ]
  return () => stops.forEach((stop) => stop())
}

/** A hidden window draws no frames, yet must stay in step. */
const frames: FeedTiming = {
  schedule: (callback) => {
    let called = false
    const once = () => {
      if (called) return
      called = true
      callback()
    }
    requestAnimationFrame(once)
    setTimeout(once, 100)
  },
  now: () => performance.now(),
}
