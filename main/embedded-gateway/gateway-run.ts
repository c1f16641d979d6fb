import {
  fromEmbeddedGatewaySchema,
  type EmbeddedGatewayReady,
  type FromEmbeddedGateway,
  type ToEmbeddedGateway,
} from '../../contract/embedded-gateway'
import { refusal, type Outcome, type Refusal } from '../../contract/errors'
import type { Log } from '../log'

/** A process that runs a gateway, as seen from here. */
export interface GatewayProcess {
  send(message: ToEmbeddedGateway): void
  onMessage(listener: (message: unknown) => void): void
  /** Called once, also when the process could not be started. */
  onExit(listener: (code: number | null) => void): void
  kill(): void
}

export interface GatewayRunOptions {
  readonly process: GatewayProcess
  readonly start: Extract<ToEmbeddedGateway, { kind: 'start' }>
  readonly progress: (step: 'database' | 'demo_data') => void
  readonly log: Log
  /** Longest silence before `ready`, in ms; every step reported starts it anew. */
  readonly silenceAtMost: number
  /** How long an ordered stop may take before the process is killed, in ms. */
  readonly stopWithin: number
}

/** One run of a gateway's process, from its start to its exit. */
export interface GatewayRun {
  readonly started: Promise<Outcome<EmbeddedGatewayReady>>
  readonly exited: Promise<void>
  /** Ask it to close in order; it is killed when it takes too long. */
  stop(): Promise<void>
}

export function runGateway(options: GatewayRunOptions): GatewayRun {
  const { process, log } = options
  let settleStarted: (outcome: Outcome<EmbeddedGatewayReady>) => void
  let settleExited: () => void
  let hasExited = false
  const started = new Promise<Outcome<EmbeddedGatewayReady>>((resolve) => (settleStarted = resolve))
  const exited = new Promise<void>((resolve) => (settleExited = resolve))

  const fail = (error: Refusal) => settleStarted({ ok: false, error })
  let silence: NodeJS.Timeout | null = null
  function listenFor(): void {
    stopListening()
    silence = setTimeout(() => {
      log.error('The embedded gateway said nothing for too long and is ended')
      fail(
        refusal('unavailable', 'The gateway on this computer did not start in time.', {
          reason: 'timeout',
        }),
      )
      process.kill()
    }, options.silenceAtMost)
  }
  function stopListening(): void {
    if (silence !== null) clearTimeout(silence)
    silence = null
  }

  function take(message: FromEmbeddedGateway): void {
    switch (message.kind) {
      case 'progress':
        if (silence !== null) listenFor()
        return options.progress(message.step)
      case 'ready':
        stopListening()
        return settleStarted({ ok: true, value: message })
      case 'failed':
        stopListening()
        log.error('The embedded gateway could not start', message.error)
        return fail(message.error)
    }
  }

  process.onMessage((raw) => {
    const message = fromEmbeddedGatewaySchema.safeParse(raw)
    if (message.success) take(message.data)
    else log.warn('The embedded gateway said something that cannot be understood')
  })
  process.onExit((code) => {
    hasExited = true
    stopListening()
    fail(
      refusal('unavailable', 'The gateway on this computer ended while it started.', {
        reason: 'exited',
        code,
      }),
    )
    settleExited()
  })
  listenFor()
  process.send(options.start)

  return {
    started,
    exited,
    async stop() {
      if (hasExited) return
      stopListening()
      const deadline = setTimeout(() => {
        log.warn('The embedded gateway did not stop in time and is ended')
        process.kill()
      }, options.stopWithin)
      process.send({ kind: 'stop' })
      await exited
      clearTimeout(deadline)
    },
  }
}
