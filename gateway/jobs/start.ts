import type { Anchor } from '../audit/anchor'
import type { FeedTail } from '../feed/tail'
import type { GatewayContext } from '../gateway-context'
import type { MailSettings } from '../mail/settings'
import { startMailing, type Mailing } from '../mail/start-mailing'
import type { Metrics } from '../metrics'
import { startPushing } from '../storefront/push'
import { startExpiring } from './expire-quotes'
import { keepDeadlines } from './keep-deadlines'
import { repeat } from './repeat'
import { startSealing } from './seal-audit'
import { sweepAttachments } from './sweep-attachments'
import { sweepFeed } from './sweep-feed'
import { sweepMail } from './sweep-mail'
import { sweepSessions } from './sweep-sessions'

export interface Jobs {
  /** Null where no mail is sent. */
  readonly mailing: Mailing | null
  stop(): Promise<void>
}

const everyHour = 3_600_000
/** Deadlines are in hours and days: half a minute is soon. */
const deadlinesEvery = 30_000

/** What a gateway does by itself. Every job may run on every node at once. */
export function startJobs(
  context: GatewayContext,
  tail: FeedTail,
  metrics: Metrics,
  anchor: Anchor | null,
  mail: MailSettings | null,
): Jobs {
  const failed = (job: string) => (error: unknown) => {
    metrics.jobFailures.inc({ job })
    context.log.warn({ err: error }, `${job} failed`)
  }
  const sweeping = repeat(
    everyHour,
    async () => {
      await sweepFeed(context, tail.position())
      await sweepSessions(context)
      await sweepMail(context)
      await sweepAttachments(context)
    },
    failed('sweep'),
  )
  const deadlines = repeat(deadlinesEvery, () => keepDeadlines(context), failed('deadlines'))
  const pushing = startPushing(context, tail, {
    onPosted: (outcome, seconds) => metrics.pushSeconds.observe({ outcome }, seconds),
  })
  const expiring = startExpiring(context, metrics)
  const sealing = startSealing(context, tail, metrics, { anchor })
  const mailing = mail && startMailing(context, tail, metrics, mail)
  return {
    mailing,
    async stop() {
      await Promise.all([sweeping.stop(), deadlines.stop(), expiring.stop()])
      await mailing?.stop()
      await pushing.stop()
      await sealing.stop()
    },
  }
}
