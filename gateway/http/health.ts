import { Hono } from 'hono'
import type { Kysely } from 'kysely'
import type { Database } from '../database/schema'
import type { FeedTail } from '../feed/tail'

/** How long the database may take to say that it is there, in ms. */
const patienceMs = 3_000

export interface Readiness {
  readonly ready: boolean
  /** Whether the database answers. */
  readonly database: boolean
  /** Whether this node has the feed in sight: else nothing may be called current. */
  readonly feed: boolean
  /** Whether this node is about to end and wants no more work. */
  readonly draining: boolean
}

export interface HealthParts {
  /** Not the commands' own: a node that has much to do is not to be taken for one without a database. */
  readonly db: Kysely<Database>
  readonly tail: FeedTail
  readonly isDraining: () => boolean
  /** Whether the mail server takes mail; null where no mail is sent. */
  readonly isMailWell: (() => boolean) | null
}

/** Tells whether this node should be given work. However many ask at once, the database is asked once. */
function readinessBy({
  db,
  tail,
  isDraining,
}: Omit<HealthParts, 'isMailWell'>): () => Promise<Readiness> {
  let asking: Promise<boolean> | null = null
  return async () => {
    asking ??= answers(db).finally(() => (asking = null))
    const database = await asking
    const feed = tail.healthy()
    const draining = isDraining()
    return { ready: database && feed && !draining, database, feed, draining }
  }
}

async function answers(db: Kysely<Database>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs)
  })
  const answered = db
    .selectFrom('installation')
    .select('gateway_id')
    .executeTakeFirst()
    .then(
      () => true,
      () => false,
    )
  const isThere = await Promise.race([answered, tooLate])
  clearTimeout(timer)
  return isThere
}

/**
 * `/livez`: the process answers; restart it when it does not. `/readyz`: give it work, or do not.
 * `/healthz` says both in one, as the first version did, and whether mail is sent where it should be: that
 * is no reason to give a node no work, since what is to be sent waits.
 */
export function healthRoutes(parts: HealthParts): Hono {
  const readinessOf = readinessBy(parts)
  const { isMailWell } = parts
  return new Hono()
    .get('/livez', (c) => c.json({ alive: true }))
    .get('/readyz', async (c) => {
      const readiness = await readinessOf()
      return c.json(readiness, readiness.ready ? 200 : 503)
    })
    .get('/healthz', async (c) => {
      const { ready, database, feed } = await readinessOf()
      const mail = isMailWell === null ? {} : { mail: isMailWell() }
      return c.json({ alive: true, ready, database, feed, ...mail }, ready ? 200 : 503)
    })
}
