import type { FeedRow } from './visibility'

/** What is kept in memory for those who follow closely; whoever is further behind reads the database. */
const keptRows = 10_000
/** Each value counts twice: it is kept as text and as the bytes that consoles are sent. */
const keptBytes = 32 * 1024 * 1024
/** What a row takes beside its value, roughly. */
const rowBytes = 200

export interface FeedRing {
  /** Add rows in the order of the feed. */
  push(rows: readonly FeedRow[]): void
  /** Rows after one transaction up to another; null when some of them are no longer kept. */
  between(after: number, upTo: number): readonly FeedRow[] | null
}

/**
 * The newest rows of the feed.
 * @param start rows of this transaction and earlier ones are not in it
 */
export function createFeedRing(
  start: number,
  limits: { readonly rows: number; readonly bytes: number } = { rows: keptRows, bytes: keptBytes },
): FeedRing {
  let rows: FeedRow[] = []
  let bytes = 0

  /** Whole transactions leave, the oldest first, until half of the room is free again. */
  function trim(): void {
    if (rows.length <= limits.rows && bytes <= limits.bytes) return
    let cut = 0
    while (cut < rows.length && (rows.length - cut > limits.rows / 2 || bytes > limits.bytes / 2)) {
      const seq = rows[cut]?.seq ?? start
      while (rows[cut]?.seq === seq) {
        bytes -= weightOf(rows[cut])
        cut += 1
      }
      start = seq
    }
    rows = rows.slice(cut)
  }

  return {
    push(added) {
      for (const row of added) {
        // The rest of a transaction whose beginning has left is of no use.
        if (row.seq <= start) continue
        rows.push(row)
        bytes += weightOf(row)
      }
      trim()
    },
    between(after, upTo) {
      if (after < start) return null
      return rows.slice(firstAfter(rows, after), firstAfter(rows, upTo))
    },
  }
}

function weightOf(row: FeedRow | undefined): number {
  return 2 * (row?.bytes ?? 0) + rowBytes
}

function firstAfter(rows: readonly FeedRow[], seq: number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rows[middle]?.seq ?? 0) > seq) high = middle
    else low = middle + 1
  }
  return low
}
