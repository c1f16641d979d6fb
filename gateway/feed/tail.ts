import type pg from 'pg'
import type { GatewayContext } from '../gateway-context'
import { PreparingClient } from '../database/preparing-client'
import { ask, type Question } from '../database/together'
import { newestReadable, pageAfter, through, type FeedPage, type FeedPlace } from './read'
import { createFeedRing } from './ring'
import type { FeedRow } from './visibility'

/** Notification channel of the wake-up calls between nodes. */
const channel = 'kontor_feed'
/** How often a node looks by itself, should every wake-up be lost. */
const pollMs = 1_000
/** How soon it looks again when a running transaction holds back what is already committed. */
const heldBackMs = 5
/** How long a node believes in a database that does not answer: with `pollMs`, within five seconds. */
const silentMs = 3_500

/** A timer that is later than this tells that the process itself stood still. */
const stoodStillMs = 1_000

/**
 * Call back after `silentMs`, unless the function it returns is called before. A process that stood
 * still, as a machine does that is paused or moved, has heard nothing whatever was said: it listens anew.
 */
function afterSilence(silent: () => void): () => void {
  const due = performance.now() + silentMs
  let heard = () => clearTimeout(timer)
  const timer = setTimeout(() => {
    if (performance.now() > due + stoodStillMs) heard = afterSilence(silent)
    else silent()
  }, silentMs)
  return () => heard()
}

export interface FeedTail {
  /** Every transaction up to this one has been seen by this node. */
  position(): number
  /** Rows after a transaction up to `position`, or null when not all are kept in memory. */
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
 *
 * @param onSilence called when the database has stopped answering without a word: its lines are dead
 */
export async function followFeed(
  context: Pick<GatewayContext, 'db' | 'log'>,
  pool: pg.Pool,
  onSilence: () => void = () => undefined,
): Promise<FeedTail> {
  const { db, log } = context
  const listeners = new Set<() => void>()
  let position = await newestReadable(db)
  const ring = createFeedRing(position)
  /** Reads ahead of `position` where a transaction is too large for one page. */
  let place: FeedPlace = through(position)
  let healthy = true
  let closed = false
  let reading: Promise<void> | null = null
  let again = false
  let timer: NodeJS.Timeout | undefined
  let notifying = false
  let notifyAgain = false
  /**
   * Hears the other nodes, calls them, and reads: a look is on its way before anything else is done
   * about what was committed. Null while it is lost, when everyone looks by itself.
   */
  let caller: pg.PoolClient | null = null
  let end: () => void = () => undefined
  const ending = new Promise<void>((resolve) => (end = resolve))

  function look(): void {
    if (closed) return
    if (reading) {
      again = true
      return
    }
    clearTimeout(timer)
    reading = step()
      .catch((error: unknown) => {
        becomeUnhealthy(error)
        return pollMs
      })
      .then((wait) => {
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
      const page = await readNext()
      ring.push(page.rows)
      place = page.through
      const reached = place.within === null ? place.seq : place.seq - 1
      const moved = reached > position || !healthy
      position = Math.max(position, reached)
      healthy = true
      if (moved) tell()
      if (page.complete) return page.heldBack ? heldBackMs : pollMs
    }
  }

  /** No answer is an answer: meanwhile nothing may be called current. */
  async function readNext(): Promise<FeedPage> {
    const heard = afterSilence(() => {
      if (!healthy) return
      becomeUnhealthy(new Error('the database does not answer'))
      onSilence()
    })
    try {
      return await askOn(caller, pageAfter(place, { tombstonesAfter: 0 }))
    } finally {
      heard()
    }
  }

  async function askOn<T>(client: pg.PoolClient | null, question: Question<T>): Promise<T> {
    if (client === null) return ask(db, question)
    const answers = question.statements.map(async (statement) => {
      const { sql, parameters } = statement.compile(db)
      return (await client.query<object>(sql, [...parameters])).rows
    })
    return question.read(await Promise.all(answers))
  }

  function tell(): void {
    for (const listen of listeners) listen()
  }

  async function notifyOthers(): Promise<void> {
    if (!caller) return
    if (notifying) {
      notifyAgain = true
      return
    }
    notifying = true
    try {
      do {
        notifyAgain = false
        await caller.query(`notify ${channel}`)
      } while (notifyAgain && caller)
    } catch {
      // The others look by themselves soon enough.
    } finally {
      notifying = false
    }
  }

  /** Hold one connection that hears the others and calls them; when it is lost, another takes its place. */
  async function listen(): Promise<void> {
    let client: pg.PoolClient | null = null
    try {
      client = await pool.connect()
      // However it ends, also by this side's giving it up.
      const lost = new Promise<void>((resolve) => client?.once('end', resolve))
      // What this node has called itself is no news to it.
      const own = (client as pg.PoolClient & { readonly processID: number }).processID
      client.on('notification', ({ processId }) => processId !== own && look())
      await client.query(`listen ${channel}`)
      caller = client
      look()
      await Promise.race([lost, ending])
    } catch (error) {
      log.debug({ err: error }, 'nobody calls this node; it looks by itself')
    } finally {
      caller = null
      client?.removeAllListeners('notification')
      client?.release(true)
    }
    if (closed) return
    setTimeout(() => void listen(), pollMs).unref()
  }

  void listen()
  look()

  return {
    position: () => position,
    after: (seq) => ring.between(seq, position),
    onMove(listen) {
      listeners.add(listen)
      return () => listeners.delete(listen)
    },
    wake() {
      look()
      void notifyOthers()
      // Before whoever wakes us goes on to answer: a console is to see it as soon as it can be seen.
      if (caller instanceof PreparingClient) caller.flush()
    },
    healthy: () => healthy,
    async close() {
      closed = true
      end()
      clearTimeout(timer)
      await Promise.race([reading, new Promise((resolve) => setTimeout(resolve, silentMs).unref())])
    },
  }
}
