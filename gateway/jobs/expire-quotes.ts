import { isDatabaseLost } from '../database/lost'
import type { GatewayContext } from '../gateway-context'
import type { Metrics } from '../metrics'
import { expireQuotes } from '../quotes/expire-quotes'
import { repeat, type Repeated } from './repeat'

/** A day ends on the minute, and nobody accepts what is over meanwhile. */
const everyMinute = 60_000

/** Let quotes expire for as long as the gateway runs. May run on every node at once. */
export function startExpiring(
  context: GatewayContext,
  metrics: Pick<Metrics, 'jobFailures'>,
): Repeated {
  return repeat(
    everyMinute,
    async () => {
      await expireQuotes(context)
    },
    (error) => {
      metrics.jobFailures.inc({ job: 'expire_quotes' })
      if (!isDatabaseLost(error)) context.log.warn({ err: error }, 'quotes could not expire')
    },
  )
}
