import { Hono, type Context } from 'hono'
import { refusal } from '../../contract/errors'
import type { SignInLimits } from '../access/sign-in'
import { sessionRoutes } from '../access/routes'
import { attachmentRoutes, uploadRoutes } from '../attachments/routes'
import { auditRoutes } from '../audit/export/routes'
import { databaseAway, databaseLost, isDatabaseLost, retryAfterSeconds } from '../database/lost'
import { documentRoutes } from '../documents/routes'
import type { FeedTail } from '../feed/tail'
import type { GatewayContext } from '../gateway-context'
import { masterDataRoutes } from '../master-data/routes'
import type { Metrics } from '../metrics'
import { customerPages } from '../pages/routes'
import { placeOrder } from '../requisitions/place-order'
import { storefrontRoutes } from '../storefront/routes'
import { healthRoutes, type HealthParts } from './health'
import type { AddressOf } from './identify'
import { problem } from './problem'

interface Parts {
  readonly context: GatewayContext
  readonly tail: FeedTail
  readonly metrics: Metrics
  readonly limits: SignInLimits
  readonly addressOf: AddressOf
  readonly health: HealthParts
}

const measured = [
  '/livez',
  '/readyz',
  '/healthz',
  '/metrics',
  '/api/session',
  '/api/master-data',
  '/api/audit',
  '/api/quotes',
  '/api/attachments',
  '/api/requisitions',
  '/storefront/v1',
  '/c',
]

/** The door a request came to; paths of strangers' own making must not become labels. */
function matchedRoute(c: Context): string {
  return (
    measured.find((door) => c.req.path === door || c.req.path.startsWith(`${door}/`)) ?? 'other'
  )
}

/** Everything the gateway answers over HTTP. */
export function httpApp(parts: Parts): Hono {
  const { context, tail, metrics, limits, addressOf, health } = parts
  const app = new Hono()
  app.use(async (c, next) => {
    const stop = metrics.httpSeconds.startTimer()
    await next()
    c.header('X-Content-Type-Options', 'nosniff')
    // Unless a door knows better.
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store')
    stop({ route: matchedRoute(c), status: String(c.res.status) })
  })
  app.route('/', healthRoutes(health))
  app.get('/metrics', async (c) =>
    c.body(await metrics.registry.metrics(), 200, { 'Content-Type': metrics.registry.contentType }),
  )
  // A line that has gone dead answers nothing for as long as it is asked: whoever asks is told at once.
  app.use('/api/*', async (c, next) => (tail.healthy() ? next() : problem(c, databaseAway())))
  app.route('/api/session', sessionRoutes(context, limits, addressOf))
  app.route('/api/master-data', masterDataRoutes(context, addressOf))
  app.route('/api/audit', auditRoutes(context, addressOf))
  app.route('/api/quotes', documentRoutes(context))
  app.route('/api/attachments', uploadRoutes(context))
  app.route('/api/requisitions', attachmentRoutes(context))
  app.route(
    '/storefront/v1',
    storefrontRoutes(context, {
      placeOrder,
      addressOf,
      hasDatabase: () => tail.healthy(),
      onEvent: (type, outcome, seconds) =>
        metrics.storefrontEventSeconds.observe({ type, outcome }, seconds),
    }),
  )
  app.route('/c', customerPages(context, { addressOf, hasDatabase: () => tail.healthy() }))
  app.notFound((c) => problem(c, refusal('not_found', `There is nothing at ${c.req.path}.`)))
  app.onError((error, c) => {
    const reference = Math.random().toString(36).slice(2, 10)
    context.log.error(
      { err: error, reference, path: c.req.path, address: addressOf(c) },
      'a request failed',
    )
    if (isDatabaseLost(error)) {
      c.header('Retry-After', String(retryAfterSeconds))
      return problem(c, databaseLost(error, reference))
    }
    return problem(
      c,
      refusal('internal', 'Something failed in the gateway. Nothing was done.', { reference }),
    )
  })
  return app
}
