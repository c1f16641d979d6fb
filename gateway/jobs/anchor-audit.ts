import { anchorLatest, type Anchor } from '../audit/anchor'
import { lookThrough } from '../audit/verify-anchor'
import { isDatabaseLost } from '../database/lost'
import type { GatewayContext } from '../gateway-context'
import type { Metrics } from '../metrics'
import { outcomeOf } from './outcome'
import { ofAudit, toldOnce } from './told-once'

const usualPatienceMs = 10_000

export interface AnchoringOptions {
  readonly anchor: Anchor
  /** After so long without an answer from the anchor's file system it is told that it hangs, in ms. */
  readonly patienceMs?: number
  /** Called when it is to be tried again after a while. */
  readonly again: () => void
}

export interface Anchoring {
  /** Bring the anchor up to the latest seal, at once or after what is under way. */
  keepUp(): void
  /** Resolves when nothing is under way. */
  done(): Promise<void>
}

/**
 * Keep the anchor up with the seals, apart from the sealing. One operation at a time: where the file
 * system hangs, each keeps one of the few threads that all files of the process share.
 */
export function startAnchoring(
  { db, log, now }: GatewayContext,
  metrics: Metrics,
  { anchor, patienceMs = usualPatienceMs, again }: AnchoringOptions,
): Anchoring {
  let running: Promise<void> | null = null
  /** Whether there may be a seal that the anchor does not know. */
  let mayBeNew = false
  const tell = toldOnce(log, ofAudit('anchored'))

  async function run(): Promise<void> {
    while (mayBeNew) {
      mayBeNew = false
      await anchorOnce()
    }
    running = null
  }

  async function anchorOnce(): Promise<void> {
    const hangs = setTimeout(
      () => fail(new Error(`${anchor.file} does not answer: its file system hangs.`)),
      patienceMs,
    ).unref()
    const outcome = await outcomeOf(anchorLatest(db, anchor, now(), log))
    clearTimeout(hangs)
    if (!outcome.ok) return fail(outcome.error)
    const anchored = outcome.value
    if (anchored.kind === 'differs') {
      const { n } = anchored
      const way = 'Nothing is anchored until that is cleared up: see --verify-audit.'
      return fail(
        new Error(
          `The database does not hold seal ${n} as the anchor ${anchor.file} knows it. ${way}`,
        ),
      )
    }
    metrics.auditAnchorFails.set(0)
    tell(null)
    if (anchored.kind === 'busy') again()
  }

  function fail(error: unknown): void {
    metrics.jobFailures.inc({ job: 'anchor' })
    again()
    if (isDatabaseLost(error)) return
    metrics.auditAnchorFails.set(1)
    tell(error)
  }

  /** Only its end is looked at when it is written to; the rest once, beside the work. */
  async function lookAtAll(): Promise<void> {
    const { told, found } = await lookThrough(anchor)
    if (found > 0)
      log.error({ file: anchor.file, found, problems: told.slice(0, 3) }, 'the anchor is broken')
  }

  lookAtAll().catch((error: unknown) =>
    log.error({ err: error }, 'the audit’s anchor cannot be read'),
  )

  return {
    keepUp() {
      mayBeNew = true
      running ??= run()
    },
    done: () => running ?? Promise.resolve(),
  }
}
