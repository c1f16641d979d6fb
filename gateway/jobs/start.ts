import type { FeedTail } from '../feed/tail'
import type { GatewayContext } from '../gateway-context'
import { startPushing } from '../storefront/push'
import { sweepFeed } from './sweep-feed'
import { sweepSessions } from './sweep-sessions'

export interface Jobs {
  /** Cursors before this may have missed a tombstone that has been swept. */
  readonly feedFloor: () => number
  stop(): Promise<void>
}

const everyHour = 3_600_000

/** What a gateway does by itself. Every job may run on every node at once. */
export function startJobs(context: GatewayContext, tail: FeedTail, knownFloor: number): Jobs {
  let floor = knownFloor
  const sweep = async () => {
    floor = await sweepFeed(context, tail.position())
    await sweepSessions(context)
  }
  const run = () => {
    running = sweep().catch((error: unknown) => context.log.warn({ err: error }, 'sweeping failed'))
  }
  let running: Promise<void> = Promise.resolve()
  run()
  const timer = setInterval(run, everyHour)
  const pushing = startPushing(context, tail)
  return {
    feedFloor: () => floor,
    async stop() {
      clearInterval(timer)
      await running
      await pushing.stop()
    },
  }
}
