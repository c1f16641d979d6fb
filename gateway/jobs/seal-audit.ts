import { anchorLatest, type Anchor } from '../audit/anchor'
import { lookThrough } from '../audit/verify-anchor'
import { mostEntries, sealNext, sealState } from '../audit/seal'
import { isDatabaseLost } from '../database/lost'
import type { FeedTail } from '../feed/tail'
import type { GatewayContext } from '../gateway-context'
import type { Metrics } from '../metrics'

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
  readonly lastRoundMs?: number
}

/**
 * Seal the audit and anchor the latest seal, some seconds after entries were written. Runs on every
 * node: one seals, each anchors. A failure is logged once and tried again; nothing else waits for it.
 */
export function startSealing(
  { db, log, now }: GatewayContext,
  tail: Pick<FeedTail, 'onMove'>,
  metrics: Metrics,
  { anchor, delayMs = usualDelayMs, lastRoundMs = usualLastRoundMs }: SealingOptions,
): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined
  let dueAt = Infinity
  let running: Promise<void> | null = null
  let stopped = false
  let unsealedSince: Date | null = null
  /** What the log was told last, so that it is told once. */
  let told = ''

  function runIn(ms: number): void {
    const due = Date.now() + ms
    if (stopped || due >= dueAt) return
    clearTimeout(timer)
    dueAt = due
    timer = setTimeout(() => {
      dueAt = Infinity
      if (running) runIn(delayMs)
      else running = round().finally(() => (running = null))
    }, ms)
  }

  async function round(): Promise<void> {
    let next = lookMs
    try {
      const mayGoOn = await seal()
      const state = await sealState(db)
      unsealedSince = state.unsealedSince
      metrics.auditSealedEntries.set(state.latest?.entries ?? 0)
      const isAnchored = await anchorIt()
      if (mayGoOn) next = 0
      else if (unsealedSince !== null || !isAnchored) next = delayMs
      tell('')
    } catch (error) {
      next = delayMs
      metrics.jobFailures.inc({ job: 'seal' })
      if (!isDatabaseLost(error)) tell(String(error), error)
    } finally {
      metrics.auditSealLag.set(
        unsealedSince === null ? 0 : Math.max(0, (Date.now() - unsealedSince.getTime()) / 1_000),
      )
      runIn(next)
    }
  }

  /** True when there is more than fits one round. */
  async function seal(): Promise<boolean> {
    for (let made = 0; made < sealsAtOnce; made += 1) {
      const sealed = await sealNext(db)
      if (sealed.kind === 'busy' || sealed.entries < mostEntries) return false
    }
    return true
  }

  /** False when it is to be tried again. */
  async function anchorIt(): Promise<boolean> {
    if (anchor === null) return true
    try {
      const anchored = await anchorLatest(db, anchor, now(), log)
      if (anchored.kind === 'differs')
        throw new Error(
          `The database does not hold seal ${anchored.n} as the anchor ${anchor.file} knows it. Nothing is anchored until that is cleared up: see --verify-audit.`,
        )
      metrics.auditAnchorFails.set(0)
      return anchored.kind === 'anchored'
    } catch (error) {
      if (!isDatabaseLost(error)) metrics.auditAnchorFails.set(1)
      throw error
    }
  }

  function tell(what: string, error?: unknown): void {
    if (what === told) return
    if (what !== '')
      log.error({ err: error }, 'the audit is not sealed and anchored as it should be')
    else log.info('the audit is sealed and anchored again')
    told = what
  }

  /** Only its end is looked at when it is written to; the rest once, beside the work. */
  async function lookAtAnchor(): Promise<void> {
    if (anchor === null) return
    const { told, found } = await lookThrough(anchor)
    if (found > 0)
      log.error({ file: anchor.file, found, problems: told.slice(0, 3) }, 'the anchor is broken')
  }

  const stopListening = tail.onMove(() => runIn(delayMs))
  runIn(0)
  lookAtAnchor().catch((error: unknown) =>
    log.error({ err: error }, 'the audit’s anchor cannot be read'),
  )

  return {
    async stop() {
      stopListening()
      stopped = true
      clearTimeout(timer)
      const last = Promise.resolve(running).then(round)
      await Promise.race([last, new Promise((resolve) => setTimeout(resolve, lastRoundMs).unref())])
    },
  }
}
