import type { Anchor } from '../audit/anchor'
import { mostEntries, sealNext, sealState } from '../audit/seal'
import { isDatabaseLost } from '../database/lost'
import type { FeedTail } from '../feed/tail'
import type { GatewayContext } from '../gateway-context'
import type { Metrics } from '../metrics'
import { startAnchoring } from './anchor-audit'
import { outcomeOf } from './outcome'
import { ofAudit, toldOnce } from './told-once'

/** How long after something was written it is sealed, so that a seal covers more than one entry. */
const usualDelayMs = 5_000
/** How often a node looks by itself: not all that is audited shows in the feed. */
const lookMs = 60_000
/** Seals made in a row before others get their turn. */
const sealsAtOnce = 10
/** A gateway that stops seals what is left, unless that takes longer. */
const usualLastRoundMs = 2_000

export interface SealingOptions {
  /** Null when nothing is to be anchored. */
  readonly anchor: Anchor | null
  readonly delayMs?: number
  /** See `startAnchoring`. */
  readonly patienceMs?: number
  readonly lastRoundMs?: number
}

/**
 * Seal the audit and anchor the latest seal, some seconds after entries were written. Runs on every
 * node: one seals, each anchors. A failure is logged once and tried again; nothing else waits for it,
 * and the sealing does not wait for the anchor.
 */
export function startSealing(
  context: GatewayContext,
  tail: Pick<FeedTail, 'onMove'>,
  metrics: Metrics,
  options: SealingOptions,
): { stop(): Promise<void> } {
  const { db, log } = context
  const { anchor, delayMs = usualDelayMs, lastRoundMs = usualLastRoundMs } = options
  const anchoring =
    anchor === null
      ? null
      : startAnchoring(context, metrics, {
          anchor,
          ...(options.patienceMs === undefined ? {} : { patienceMs: options.patienceMs }),
          again: () => runIn(delayMs),
        })
  let timer: NodeJS.Timeout | undefined
  let dueAt = Infinity
  let running: Promise<void> | null = null
  let stopped = false
  const tell = toldOnce(log, ofAudit('sealed'))

  function runIn(ms: number): void {
    const due = Date.now() + ms
    if (stopped || due >= dueAt) return
    clearTimeout(timer)
    dueAt = due
    timer = setTimeout(() => {
      dueAt = Infinity
      if (running === null) running = round().finally(() => (running = null))
      else {
        // Should that one hang, what comes meanwhile is to be seen.
        void outcomeOf(look())
        runIn(delayMs)
      }
    }, ms)
  }

  async function round(): Promise<void> {
    // Where it stands is asked for before and after, whatever becomes of the sealing: what keeps it
    // from its work must show.
    const before = await outcomeOf(look())
    const sealing = await outcomeOf(seal())
    const after = await outcomeOf(look())
    const failed = [before, sealing, after].find(({ ok }) => !ok)
    if (failed?.ok === false) fail(failed.error)
    else tell(null)
    anchoring?.keepUp()
    if (sealing.ok && sealing.value) runIn(0)
    else runIn(failed === undefined && after.ok && after.value ? lookMs : delayMs)
  }

  function fail(error: unknown): void {
    metrics.jobFailures.inc({ job: 'seal' })
    if (!isDatabaseLost(error)) tell(error)
  }

  /** True when all entries are sealed. */
  async function look(): Promise<boolean> {
    const { latest, unsealedSince } = await sealState(db)
    metrics.noteUnsealedSince(unsealedSince)
    metrics.auditSealedEntries.set(latest?.entries ?? 0)
    return unsealedSince === null
  }

  /** True when there is more than fits one round. */
  async function seal(): Promise<boolean> {
    for (let made = 0; made < sealsAtOnce; made += 1) {
      const sealed = await sealNext(db)
      if (sealed.kind === 'busy' || sealed.entries < mostEntries) return false
    }
    return true
  }

  const stopListening = tail.onMove(() => runIn(delayMs))
  runIn(0)

  return {
    async stop() {
      stopListening()
      stopped = true
      clearTimeout(timer)
      const last = Promise.resolve(running)
        .then(round)
        .then(() => anchoring?.done())
      await Promise.race([last, new Promise((resolve) => setTimeout(resolve, lastRoundMs).unref())])
    },
  }
}
