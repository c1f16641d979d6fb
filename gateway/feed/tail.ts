import type pg from 'pg'
import type { GatewayContext } from '../gateway-context'
import { readFeed } from './read'
import type { FeedRow } from './visibility'

/** Notification channel of the wake-up calls between nodes. */
const channel = 'kontor_feed'
/** How often a node looks by itself, should every wake-up be lost. */
const pollMs = 1_000
/** How soon it looks again when a running transaction holds back what is already committed. */
const heldBackMs = 5
/** How long a node believes in a database that does not answer. */
const silentMs = 5_000
const pageSize = 500
/** Rows kept in memory for sockets that follow closely; older ones are read from the database. */
const ringSize = 5_000

export interface FeedTail {
  /** Everything up to here has been seen by this node. */
  position(): number
  /** Rows after a cursor, or null when the cursor lies before what is kept in memory. */
  after(seq: number): readonly FeedRow[] | null
  /** Call back after every step forward; the returned function stops it. */
  onMove(listener: () => void): () => void
  /** Tell this node and the others that something was committed. */
  wake(): void
  /** False while the database cannot be reached: nothing may then be called current. */
  healthy(): boolean
  close(): Promise<void>
}

/**
 * Follow the feed on this node. Every node tails it by itself; LISTEN/NOTIFY only makes it look
 * sooner. The notification is sent apart from the commands' transactions, because NOTIFY inside one
 * would take a lock that lets only one transaction commit at a time.
 */
export async function followFeed(
  context: Pick<GatewayContext, 'db' | 'log'>,
  pool: pg.Pool,
): Promise<FeedTail> {
  const { db, log } = context
  const listeners = new Set<() => void>()
  let position = await newestReadable()
  let ring: FeedRow[] = []
  let ringStart = position
  let healthy = true
  let closed = false
  let reading: Promise<void> | null = null
  let again = false
  let timer: NodeJS.Timeout | undefined
  let notifying = false
  let notifyAgain = false
  let listener: pg.PoolClient | null = null

  async function newestReadable(): Promise<number> {
    const { rows } = await pool.query<{ below: string }>(
      'select pg_snapshot_xmin(pg_current_snapshot())::text as below',
    )
    return Number(rows[0]?.below ?? 1) - 1
  }

  function look(): void {
    if (closed) return
    if (reading) {
      again = true
      return
    }
    clearTimeout(timer)
    // No answer is an answer: meanwhile nothing may be called current.
    const silence = setTimeout(
      () => becomeUnhealthy(new Error('the database does not answer')),
      silentMs,
    )
    reading = step()
      .catch((error: unknown) => {
        becomeUnhealthy(error)
        return pollMs
      })
      .then((wait) => {
        clearTimeout(silence)
        reading = null
        if (again) {
          again = false
          look()
        } else if (!closed) {
          timer = setTimeout(look, wait)
        }
      })
  }

  function becomeUnhealthy(error: unknown): void {
    if (!healthy || closed) return
    log.warn({ err: error }, 'the feed cannot be read')
    healthy = false
    tell()
  }

  async function step(): Promise<number> {
    for (;;) {
      const page = await readFeed(db, position, { limit: pageSize, tombstonesAfter: 0 })
      const moved = page.through > position || !healthy
      healthy = true
      if (page.rows.length > 0) {
        ring.push(...page.rows)
        trimRing()
      }
      position = page.through
      if (moved) tell()
      if (page.complete) return page.heldBack ? heldBackMs : pollMs
    }
  }

  function trimRing(): void {
    if (ring.length <= ringSize * 2) return
    let cut = ring.length - ringSize
    // Only whole transactions leave, so that a cursor stands either in the ring or before it.
    while (cut < ring.length && ring[cut]?.seq === ring[cut - 1]?.seq) cut += 1
    ringStart = ring[cut - 1]?.seq ?? ringStart
    ring = ring.slice(cut)
  }

  function tell(): void {
    for (const listen of listeners) listen()
  }

  async function notifyOthers(): Promise<void> {
    if (notifying) {
      notifyAgain = true
      return
    }
    notifying = true
    try {
      do {
        notifyAgain = false
        await pool.query(`notify ${channel}`)
      } while (notifyAgain)
    } catch {
      // The others look by themselves soon enough.
    } finally {
      notifying = false
    }
  }

  async function listen(): Promise<void> {
    if (closed) return
    try {
      const client = await pool.connect()
      listener = client
      client.on('notification', look)
      client.on('error', () => {
        listener = null
        client.release(true)
        if (!closed) setTimeout(() => void listen(), pollMs).unref()
      })
      await client.query(`listen ${channel}`)
      look()
    } catch {
      if (!closed) setTimeout(() => void listen(), pollMs).unref()
    }
  }

  await listen()
  look()

  return {
    position: () => position,
    after(seq) {
      if (seq < ringStart) return null
      let low = 0
      let high = ring.length
      while (low < high) {
        const middle = (low + high) >> 1
        if ((ring[middle]?.seq ?? 0) > seq) high = middle
        else low = middle + 1
      }
      return ring.slice(low)
    },
    onMove(listen) {
      listeners.add(listen)
      return () => listeners.delete(listen)
    },
    wake() {
      look()
      void notifyOthers()
    },
    healthy: () => healthy,
    async close() {
      closed = true
      clearTimeout(timer)
      await Promise.race([reading, new Promise((resolve) => setTimeout(resolve, silentMs).unref())])
      const client = listener
      listener = null
      client?.release(true)
    },
  }
}
