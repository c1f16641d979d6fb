import type { CaughtUp, Change, Cursor } from '../../contract/feed'

/**
 * How far a replica has come. The feed is sent in the order of `seq`, and a transaction's changes
 * share one, so a batch that reaches seq S proves everything below S; S itself may have more to come.
 */
export interface Progress {
  readonly epoch: string
  /** Where the gateway is to go on from; null asks for everything. */
  readonly cursor: Cursor | null
  /** The last point the gateway itself called complete, and its time then. */
  readonly caughtUp: CaughtUp | null
  /** False once a change came out of order: from then on only `caught_up` moves the cursor. */
  readonly isOrdered: boolean
}

/** The start of a new replica. */
export function noProgress(epoch: string): Progress {
  return { epoch, cursor: null, caughtUp: null, isOrdered: true }
}

/**
 * After a batch of changes. A change at or below the cursor proves the cursor wrong: it falls back
 * to the last completed point, so that nothing can be skipped.
 */
export function withChanges(progress: Progress, changes: readonly Change[]): Progress {
  if (!progress.isOrdered || changes.length === 0) return progress
  const { epoch, cursor } = progress
  let highest = 0
  for (const { seq } of changes) {
    if (cursor !== null && seq <= cursor.seq) {
      return { ...progress, cursor: completed(progress), isOrdered: false }
    }
    highest = Math.max(highest, seq)
  }
  const proven = highest - 1
  return proven > (cursor?.seq ?? 0) ? { ...progress, cursor: { epoch, seq: proven } } : progress
}

/** After the gateway said that everything up to a point has been sent. */
export function withCaughtUp(progress: Progress, caughtUp: CaughtUp): Progress {
  const { epoch, seq } = caughtUp
  return { ...progress, cursor: { epoch, seq }, caughtUp }
}

function completed({ caughtUp }: Progress): Cursor | null {
  return caughtUp === null ? null : { epoch: caughtUp.epoch, seq: caughtUp.seq }
}
