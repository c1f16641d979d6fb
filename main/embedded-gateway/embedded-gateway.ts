import type { EmbeddedGatewayReady } from '../../contract/embedded-gateway'
import { refusal, type Outcome, type Refusal } from '../../contract/errors'
import type { Log } from '../log'
import { runGateway, type GatewayProcess, type GatewayRun } from './gateway-run'

export interface EmbeddedGatewayOptions {
  /** Start a new process; it is told what to do by a message. */
  readonly fork: () => GatewayProcess
  readonly dataDir: string
  readonly log: Log
  readonly timing?: Partial<EmbeddedGatewayTiming>
}

export interface EmbeddedGatewayTiming {
  readonly silenceAtMost: number
  readonly stopWithin: number
  /** How long to wait before the n-th start in a row, in ms; it gives up behind the last. */
  readonly restarts: readonly number[]
  /** A run of this length was a good one and clears the count, in ms. */
  readonly goodAfter: number
}

const usualTiming: EmbeddedGatewayTiming = {
  silenceAtMost: 120_000,
  stopWithin: 10_000,
  restarts: [200, 1_000, 3_000, 10_000],
  goodAfter: 60_000,
}

export interface EmbeddedGatewayListener {
  progress(step: 'database' | 'demo_data'): void
  /** It went down and came up again, as a rule at another address and with other passwords. */
  restarted(ready: EmbeddedGatewayReady): void
  /** It went down and does not come up again. */
  failed(error: Refusal): void
}

/** The gateway that the console runs by itself, in a process of its own. */
export interface EmbeddedGateway {
  /** Start it; when it runs already, what it said then. */
  start(listener: EmbeddedGatewayListener): Promise<Outcome<EmbeddedGatewayReady>>
  /** End it in order, bounded in time. */
  stop(): Promise<void>
}

export function createEmbeddedGateway(options: EmbeddedGatewayOptions): EmbeddedGateway {
  const timing = { ...usualTiming, ...options.timing }
  let run: GatewayRun | null = null
  let wake: (() => void) | null = null
  let isWanted = false

  function begin(listener: EmbeddedGatewayListener): GatewayRun {
    return runGateway({
      process: options.fork(),
      start: { kind: 'start', dataDir: options.dataDir, demo: true },
      progress: (step) => listener.progress(step),
      log: options.log,
      silenceAtMost: timing.silenceAtMost,
      stopWithin: timing.stopWithin,
    })
  }

  /** Stand by a gateway that has started, and start it again when it goes down by itself. */
  async function watch(first: GatewayRun, listener: EmbeddedGatewayListener): Promise<void> {
    let current = first
    let crashes = 0
    let beganAt = Date.now()
    for (;;) {
      await current.exited
      if (!isWanted || run !== current) return
      if (Date.now() - beganAt >= timing.goodAfter) crashes = 0
      const wait = timing.restarts[crashes]
      crashes += 1
      if (wait === undefined) break
      options.log.warn(`The embedded gateway went down; start ${crashes} follows in ${wait} ms`)
      await pause(wait)
      if (!isWanted || run !== current) return
      current = begin(listener)
      run = current
      beganAt = Date.now()
      const started = await current.started
      if (!isWanted || run !== current) return
      if (started.ok) listener.restarted(started.value)
      else await current.stop()
    }
    run = null
    options.log.error('The embedded gateway went down too often')
    listener.failed(
      refusal('unavailable', 'The gateway on this computer went down and did not come back.', {
        reason: 'crashed',
      }),
    )
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  return {
    async start(listener) {
      if (run !== null) return run.started
      isWanted = true
      const first = begin(listener)
      run = first
      const started = await first.started
      if (started.ok) void watch(first, listener)
      else {
        // One that reported a failure may still be holding the data folder.
        await first.stop()
        if (run === first) run = null
      }
      return started
    },
    async stop() {
      isWanted = false
      const current = run
      run = null
      wake?.()
      await current?.stop()
    },
  }
}
