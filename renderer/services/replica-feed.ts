import type { Change } from '../../contract/feed'
import { parseChanges } from '../state/parse-changes'
import type { Replica } from '../state/replica'
import type { Bridge } from './bridge'
import type { Reporter } from './reporter'

/** How long parsing may hold up a frame, in milliseconds; what is left goes into the next. */
const BUDGET = 10
/** The same while the replica is read from disk, when there is little to hold up yet. */
const LOADING_BUDGET = 40
/** Parsed and applied together; small enough that the budget can be kept. */
const SLICE = 50

export interface FeedTiming {
  /** Calls back before the next frame, or soon when the window draws none. */
  readonly schedule: (callback: () => void) => void
  readonly now: () => number
}

type Item =
  | { readonly kind: 'reset'; readonly identity: string }
  | { readonly kind: 'changes'; readonly changes: readonly Change[] }
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
    scheduled = true
    schedule(work)
  }

  const work = () => {
    scheduled = false
    const started = now()
    const items = queue
    queue = []
    let slice: Change[] = []
    const flush = () => {
      if (slice.length === 0) return
      const parsed = parseChanges(slice)
      slice = []
      for (const { kind, id, why } of parsed.unreadable) {
        report(new Error(`A ${kind} could not be read: ${id}\n${why}`))
      }
      replica.apply(parsed)
    }
    for (const [index, item] of items.entries()) {
      if (item.kind === 'reset') {
        slice = []
        replica.reset(item.identity)
      } else if (item.kind === 'loaded') {
        flush()
        replica.markLoaded()
      } else {
        for (const [at, change] of item.changes.entries()) {
          slice.push(change)
          if (slice.length < SLICE) continue
          flush()
          const { phase } = replica.store.getState()
          if (now() - started < (phase === 'loading' ? LOADING_BUDGET : BUDGET)) continue
          const rest = item.changes.slice(at + 1)
          queue = [
            ...(rest.length > 0 ? [{ kind: 'changes', changes: rest } as const] : []),
            ...items.slice(index + 1),
            ...queue,
          ]
          if (queue.length > 0 && !scheduled) {
            scheduled = true
            schedule(work)
          }
          return
        }
      }
    }
    flush()
  }

  const stops = [
    bridge.on('replica.reset', ({ identity }) => enqueue({ kind: 'reset', identity })),
    bridge.on('replica.changes', (changes) => enqueue({ kind: 'changes', changes })),
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
