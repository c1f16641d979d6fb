import type { Kysely } from 'kysely'
import type { CaughtUp, Change, Cursor, Goodbye, Welcome } from '../../contract/feed'
import type { SignedIn } from '../access/signed-in'
import type { Database } from '../database/schema'
import { readFeed } from './read'
import type { FeedTail } from './tail'
import { visibleChange, type FeedRow } from './visibility'

/** The console's end of the line, as the subscription needs it. */
export interface FeedSocket {
  welcome(welcome: Welcome): void
  /** Resolves when the console says that it has taken the changes in; rejects when it does not. */
  changes(changes: readonly Change[]): Promise<void>
  caughtUp(caughtUp: CaughtUp): void
  goodbye(reason: Goodbye['reason']): void
}

export interface FeedInstallation {
  readonly gateway: string
  readonly epoch: string
  /** Cursors before this may have missed a tombstone. */
  readonly floor: () => number
}

export interface SubscriptionParts {
  readonly db: Kysely<Database>
  readonly tail: FeedTail
  readonly installation: FeedInstallation
  readonly socket: FeedSocket
  readonly now: () => Date
  /** Look again at session, roles and accounts; null when the session has ended. */
  readonly refresh: () => Promise<SignedIn | null>
  readonly onError: (error: unknown) => void
}

const pageSize = 500
/** A batch is closed at about this weight, so that no message grows without bound. */
const batchBytes = 512 * 1024
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
  let sent = 0
  /** After a reset the console holds nothing that an older tombstone could remove. */
  let tombstonesAfter = 0
  let ended = false
  let running = false
  let moved = false
  let unsaid = true
  let saidAt = 0

  const epoch = () => `${installation.epoch}.${who.rightsVersion}`

  function begin(from: Cursor | null): void {
    const usable =
      from !== null &&
      from.epoch === epoch() &&
      from.seq >= installation.floor() &&
      from.seq <= tail.position()
    sent = usable ? from.seq : 0
    tombstonesAfter = usable ? 0 : tail.position()
    unsaid = true
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

  async function run(): Promise<void> {
    moved = true
    if (running) return
    running = true
    try {
      while (moved && !ended) {
        moved = false
        await advance()
      }
    } catch (error) {
      parts.onError(error)
      end('too_slow')
    } finally {
      running = false
    }
  }

  async function advance(): Promise<void> {
    // Without the database nothing may be called current.
    while (!ended && tail.healthy() && sent < tail.position()) {
      const through = tail.position()
      const near = tail.after(sent)
      const page = near
        ? { rows: near, through }
        : await readFeed(db, sent, { limit: pageSize, tombstonesAfter })
      if (await deliver(page.rows)) sent = Math.max(sent, page.through)
    }
    if (!ended && tail.healthy()) sayCursor()
  }

  /** False when the viewer's rights changed on the way: the feed has then begun anew. */
  async function deliver(rows: readonly FeedRow[]): Promise<boolean> {
    let batch: Change[] = []
    let weight = 0
    const flush = async (through: number) => {
      if (batch.length > 0) await socket.changes(batch)
      unsaid ||= batch.length > 0
      sent = Math.max(sent, through)
      batch = []
      weight = 0
    }
    for (const transaction of transactionsOf(rows)) {
      if (ended) return false
      if (transaction.some((row) => row.kind === 'user' && row.id === who.user.id)) {
        if (await rightsChanged()) return false
      }
      for (const row of transaction) {
        const change = visibleChange(who.viewer, row)
        if (!change) continue
        batch.push(change)
        weight += weightOf(change.value)
      }
      if (weight > batchBytes) await flush(transaction[0]?.seq ?? sent)
    }
    await flush(rows.at(-1)?.seq ?? sent)
    return true
  }

  async function rightsChanged(): Promise<boolean> {
    const fresh = await parts.refresh()
    if (!fresh) {
      end('session_ended')
      return true
    }
    const changed = fresh.rightsVersion !== who.rightsVersion
    who = fresh
    if (changed && !ended) begin(null)
    return changed
  }

  function sayCursor(): void {
    const at = now().getTime()
    if (!unsaid && at - saidAt < idleCursorMs) return
    unsaid = false
    saidAt = at
    socket.caughtUp({ epoch: epoch(), seq: sent, serverTime: now().toISOString() })
  }

  const stopListening = tail.onMove(() => void run())
  function stop(): void {
    ended = true
    stopListening()
  }
  begin(cursor)
  void run()
  return stop
}

/** Rows that one transaction wrote belong together. */
function* transactionsOf(rows: readonly FeedRow[]): Generator<readonly FeedRow[]> {
  let start = 0
  for (let index = 1; index <= rows.length; index += 1) {
    if (index === rows.length || rows[index]?.seq !== rows[start]?.seq) {
      if (index > start) yield rows.slice(start, index)
      start = index
    }
  }
}

/** Roughly how many bytes a value takes, without writing it out twice. */
function weightOf(value: unknown): number {
  if (value === null || typeof value !== 'object') return 16
  const { lines, positions } = value as { lines?: unknown; positions?: object }
  const parts = Array.isArray(lines) ? lines.length : positions ? Object.keys(positions).length : 1
  return 400 + parts * 500
}
