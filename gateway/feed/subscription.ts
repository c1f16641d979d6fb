import { sql, type Kysely } from 'kysely'
import type { CaughtUp, Cursor, Goodbye, Welcome } from '../../contract/feed'
import type { SignedIn } from '../access/signed-in'
import type { Database } from '../database/schema'
import { readFeed, through, type FeedPlace } from './read'
import type { FeedTail } from './tail'
import { visibleChange, type FeedRow } from './visibility'

/** The console's end of the line, as the subscription needs it. */
export interface FeedSocket {
  welcome(welcome: Welcome): void
  /**
   * Each is the JSON text of a `Change` in UTF-8.
   * Resolves when the console says that it has taken the changes in, and when it has gone.
   * @throws ConsoleTooSlow when it says nothing for too long
   */
  changes(changes: readonly Buffer[]): Promise<void>
  caughtUp(caughtUp: CaughtUp): void
  goodbye(reason: Goodbye['reason']): void
}

/** The console does not take in what it is sent. */
export class ConsoleTooSlow extends Error {}

export interface SubscriptionParts {
  readonly db: Kysely<Database>
  readonly tail: FeedTail
  readonly installation: { readonly gateway: string; readonly epoch: string }
  readonly socket: FeedSocket
  readonly now: () => Date
  /** Look again at session, roles and accounts; null when the session has ended. */
  readonly refresh: () => Promise<SignedIn | null>
  readonly onError: (error: unknown) => void
}

/** A batch is closed at about this weight, so that no message grows without bound. */
const batchBytes = 512 * 1024
/** What a change takes beside its value, roughly. */
const changeBytes = 120
/** How often a cursor that moved by other people's business alone is told. */
const idleCursorMs = 15_000

/**
 * Feed one console from its cursor on. Catching up and following are the same loop, and the next
 * batch leaves only when the last one was taken in. Returns a function that ends it.
 */
export function subscribe(
  signedIn: SignedIn,
  cursor: Cursor | null,
  parts: SubscriptionParts,
): () => void {
  const { db, tail, installation, socket, now } = parts
  let who = signedIn
  /** Everything up to here has been taken in by the console, or is none of its business. */
  let sent: FeedPlace = through(0)
  /** After a reset the console holds nothing that an older tombstone could remove. */
  let tombstonesAfter = 0
  /** False until the database itself has said that nothing more lies behind `sent`. */
  let hasReachedEnd = false
  let wasHealthy = false
  let ended = false
  let running = false
  let moved = false
  let unsaid = true
  let saidAt = 0

  const epoch = () => `${installation.epoch}.${who.rightsVersion}`

  async function begin(from: Cursor | null): Promise<void> {
    const { next, floor } = await span(db)
    const usable = from !== null && from.epoch === epoch() && from.seq >= floor && from.seq < next
    sent = through(usable ? from.seq : 0)
    tombstonesAfter = usable ? 0 : tail.position()
    hasReachedEnd = false
    unsaid = true
    if (ended) return
    socket.welcome({
      gateway: installation.gateway,
      epoch: epoch(),
      reset: !usable,
      serverTime: now().toISOString(),
      user: who.user,
    })
  }

  function end(reason: Goodbye['reason']): void {
    if (ended) return
    stop()
    socket.goodbye(reason)
  }

  async function run(beginning?: () => Promise<void>): Promise<void> {
    moved = true
    if (running) return
    running = true
    try {
      await beginning?.()
      while (moved && !ended) {
        moved = false
        await advance()
      }
    } catch (error) {
      if (ended) return
      parts.onError(error)
      end(error instanceof ConsoleTooSlow ? 'too_slow' : 'unavailable')
    } finally {
      running = false
    }
  }

  async function advance(): Promise<void> {
    // Without the database nothing may be called current; a console that is told so says so.
    if (!tail.healthy()) return wasHealthy ? end('unavailable') : undefined
    wasHealthy = true
    while (!ended && (!hasReachedEnd || sent.seq < tail.position())) {
      const upTo = tail.position()
      const near = hasReachedEnd ? tail.after(sent.seq) : null
      if (near !== null) {
        if (near.some(isOfViewer) && (await rightsChanged())) continue
        await deliver(near, through(Math.max(sent.seq, upTo)), true)
        continue
      }
      const page = await readFeed(db, sent, { tombstonesAfter })
      // Asked after reading: whoever lost a right in one of these transactions has lost it now.
      if (page.rows.length > 0 && (await rightsChanged())) continue
      await deliver(page.rows, page.through, false)
      hasReachedEnd = page.complete
    }
    if (!ended) sayCursor()
  }

  function isOfViewer(row: FeedRow): boolean {
    return row.kind === 'user' && row.id === who.user.id
  }

  async function deliver(
    rows: readonly FeedRow[],
    upTo: FeedPlace,
    isShared: boolean,
  ): Promise<void> {
    let batch: Buffer[] = []
    let weight = 0
    const flush = async () => {
      if (batch.length === 0 || ended) return
      await socket.changes(batch)
      unsaid = true
      batch = []
      weight = 0
    }
    for (const row of rows) {
      const change = visibleChange(who.viewer, row, isShared)
      if (!change) continue
      if (weight + row.bytes > batchBytes) await flush()
      batch.push(change)
      weight += row.bytes + changeBytes
    }
    await flush()
    sent = upTo
  }

  /** True when there is a new beginning, or an end, since rights or session are not what they were. */
  async function rightsChanged(): Promise<boolean> {
    const fresh = await parts.refresh()
    if (!fresh) {
      end('session_ended')
      return true
    }
    const changed = fresh.rightsVersion !== who.rightsVersion
    who = fresh
    if (changed && !ended) await begin(null)
    return changed
  }

  function sayCursor(): void {
    const at = now().getTime()
    if (!unsaid && at - saidAt < idleCursorMs) return
    unsaid = false
    saidAt = at
    socket.caughtUp({ epoch: epoch(), seq: sent.seq, serverTime: now().toISOString() })
  }

  const stopListening = tail.onMove(() => void run())
  function stop(): void {
    ended = true
    stopListening()
  }
  void run(() => begin(cursor))
  return stop
}

/** The cursors that mean something: from `floor`, before `next`. */
async function span(db: Kysely<Database>): Promise<{ next: number; floor: number }> {
  const { rows } = await sql<{ next: string; floor: number }>`
    select pg_snapshot_xmax(pg_current_snapshot())::text as next, feed_floor as floor
    from installation
  `.execute(db)
  const [row] = rows
  if (!row) throw new Error('The database has no installation.')
  return { next: Number(row.next), floor: row.floor }
}
