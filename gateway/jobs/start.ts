import type { Anchor } from '../audit/anchor'
import type { FeedTail } from '../feed/tail'
import type { GatewayContext } from '../gateway-context'
import type { Metrics } from '../metrics'
import { startPushing } from '../storefront/push'
import { startExpiring } from './expire-quotes'
import { startSealing } from './seal-audit'
import { sweepFeed } from './sweep-feed'
import { sweepSessions } from './sweep-sessions'

export interface Jobs {
  stop(): Promise<void>
}

const everyHour = 3_600_000

/** What a gateway does by itself. Every job may run on every node at once. */
export function startJobs(
  context: GatewayContext,
  tail: FeedTail,
  metrics: Metrics,
  anchor: Anchor | null,
): Jobs {
  const sweep = async () => {
    await sweepFeed(context, tail.position())
    await sweepSessions(context)
  }
  const run = () => {
    running = sweep().catch((error: unknown) => {
      metrics.jobFailures.inc({ job: 'sweep' })
      context.log.warn({ err: error }, 'sweeping failed')
    })
  }
  let running: Promise<void> = Promise.resolve()
  run()
  const timer = setInterval(run, everyHour)
  const pushing = startPushing(context, tail, {
    onPosted: (outcome, seconds) => metrics.pushSeconds.observe({ outcome }, seconds),
  })
  const expiring = startExpiring(context, metrics)
  const sealing = startSealing(context, tail, metrics, { anchor })
  return {
    async stop() {
      clearInterval(timer)
      await running
      await expiring.stop()
      await pushing.stop()
      await sealing.stop()
    },
  }
}
