import type { GatewayContext } from '../gateway-context'
import { retryDelay } from './backoff'
import { postChange, type Posted } from './post-change'
import {
  claimPush,
  dueShops,
  releasePush,
  settleDelivered,
  settleFailed,
  stopPushing,
  type ClaimedPush,
} from './push-queue'

export interface Pushing {
  /** Look for something to push now. */
  wake(): void
  /** Break off what is under way, which is tried again later, and end. */
  stop(): Promise<void>
}

export interface PushOptions {
  /** How often a node looks by itself. */
  readonly pollMs: number
  /** How long it waits for more to be committed before it looks; a look costs the database some work. */
  readonly gatherMs: number
  /** How long a shop may take to answer. */
  readonly timeoutMs: number
  /** How long a node keeps a change for itself; longer than an answer may take. */
  readonly leaseMs: number
  /** See `retryDelay`. */
  readonly retryDelay: (failures: number, chance: number) => number
  /** Called after every attempt: what became of it, and how many seconds it took. */
  readonly onPosted: (outcome: Posted['kind'], seconds: number) => void
}

const defaults: PushOptions = {
  pollMs: 2_000,
  gatherMs: 50,
  timeoutMs: 10_000,
  leaseMs: 30_000,
  retryDelay,
  onPosted: () => undefined,
}

/**
 * Push changes to the shops that have an address for them: each in order, one at a time, and the
 * next only when the one before has arrived. Runs on every node; the database says who has which.
 *
 * @param moves calls back whenever something may have been committed
 */
export function startPushing(
  context: GatewayContext,
  moves: { onMove(listener: () => void): () => void },
  options: Partial<PushOptions> = {},
): Pushing {
  const settings = { ...defaults, ...options }
  const { db, log } = context
  const stopped = new AbortController()
  /** Shops this node is busy with, and what ends when it is done with them. */
  const busy = new Map<string, Promise<void>>()
  let looking: Promise<void> | null = null
  let lookAgain = false
  let timer: NodeJS.Timeout | undefined
  let gathering: NodeJS.Timeout | undefined

  function wake(): void {
    if (stopped.signal.aborted) return
    if (looking) {
      lookAgain = true
      return
    }
    clearTimeout(timer)
    clearTimeout(gathering)
    gathering = undefined
    looking = look().finally(() => {
      looking = null
      if (stopped.signal.aborted) return
      if (lookAgain) {
        lookAgain = false
        wake()
      } else timer = setTimeout(wake, settings.pollMs)
    })
  }

  async function look(): Promise<void> {
    try {
      for (const shopId of await dueShops(db)) {
        if (!busy.has(shopId)) busy.set(shopId, drain(shopId))
      }
    } catch (error) {
      if (!stopped.signal.aborted) log.warn({ err: error }, 'changes to push cannot be looked for')
    }
  }

  /** Push to a shop until it has everything, fails, or another node goes on with it. */
  async function drain(shopId: string): Promise<void> {
    try {
      for (;;) {
        if (stopped.signal.aborted) return
        const push = await claimPush(db, shopId, settings.leaseMs, context.now())
        if (!push || !(await attempt(push))) return
      }
    } catch (error) {
      if (!stopped.signal.aborted) log.warn({ err: error, shop: shopId }, 'pushing was broken off')
    } finally {
      busy.delete(shopId)
    }
  }

  async function attempt(push: ClaimedPush): Promise<boolean> {
    const { timeoutMs } = settings
    const began = performance.now()
    const posted = await postChange(push, {
      now: context.now(),
      timeoutMs,
      signal: stopped.signal,
    })
    settings.onPosted(posted.kind, (performance.now() - began) / 1_000)
    switch (posted.kind) {
      case 'delivered':
        await settleDelivered(db, push)
        return true
      case 'gone':
        await stopPushing(db, push)
        log.warn({ shop: push.shopId }, 'the shop wants nothing pushed any more')
        return false
      case 'failed': {
        const delay = settings.retryDelay(push.attempts + 1, Math.random())
        await settleFailed(db, push, delay, posted.reason)
        const { shopId: shop, changeId: change, attempts } = push
        const { reason } = posted
        log.info({ shop, change, attempts: attempts + 1, delay, reason }, 'a push did not arrive')
        return false
      }
      case 'aborted':
        await releasePush(db, push)
        return false
    }
  }

  const stopListening = moves.onMove(() => {
    gathering ??= setTimeout(wake, settings.gatherMs)
  })
  wake()
  return {
    wake,
    async stop() {
      stopListening()
      stopped.abort()
      clearTimeout(timer)
      clearTimeout(gathering)
      await looking
      await Promise.all(busy.values())
    },
  }
}
