import type { SendResult } from '../../contract/console'

/** How many commands are on their way at the same time. */
export const IN_FLIGHT = 6
/**
 * Commands begun in a second at the most. The gateway takes 250 a second from one console and refuses
 * the rest: what the person does meanwhile must always find room.
 */
export const A_SECOND = 150
/** After the gateway has said that it is too much, in milliseconds. */
const REST_MILLISECONDS = 1_000

/** A command on its way. */
export interface Flight {
  /** The end of it, whenever that is known. */
  readonly ended: Promise<SendResult>
  /** No clear answer came and the gateway is being asked: others need not wait for that. */
  readonly unclear: Promise<void>
}

export interface PumpPort<T> {
  readonly send: (one: T) => Flight
  /** Whether the gateway can be reached; nothing is sent into the void, nor kept for later. */
  readonly canReach: () => boolean
  readonly sending: (one: T) => void
  readonly ended: (one: T, result: SendResult) => void
  /** It has not been done, and will be sent when the pump goes on. */
  readonly back: (one: T) => void
  readonly moved: (phase: PumpPhase) => void
}

/**
 * `paused`: the line is gone, and a person says when to go on. `ended`: nothing is left to be sent and
 * every answer that is to be had at once has come.
 */
export type PumpPhase = 'running' | 'paused' | 'cancelled' | 'ended'

/** Sends many commands, each with its own end. */
export interface Pump {
  readonly goOn: () => void
  /** Leaves what has not been sent unsent; what is on its way comes to its end. */
  readonly cancel: () => void
}

/** Sends one command after the other, several at a time and only so many a second. */
export function startPump<T>(all: readonly T[], port: PumpPort<T>): Pump {
  const left = [...all]
  let phase: PumpPhase = 'running'
  let flying = 0
  /** The earliest moment for the next one. */
  let nextAt = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const move = (to: PumpPhase) => {
    if (phase === to) return
    phase = to
    clearTimeout(timer)
    timer = undefined
    port.moved(to)
  }

  const fly = (one: T) => {
    flying += 1
    port.sending(one)
    const { ended, unclear } = port.send(one)
    let isLanded = false
    const land = () => {
      if (isLanded) return
      isLanded = true
      flying -= 1
      fill()
    }
    void unclear.then(land)
    void ended.then((result) => {
      if (result.kind === 'offline') return giveBack(one, land, () => move('paused'))
      if (result.kind === 'refused' && result.error.code === 'too_many_requests') {
        return giveBack(one, land, () => (nextAt = performance.now() + REST_MILLISECONDS))
      }
      port.ended(one, result)
      land()
    })
  }

  /** Nothing has happened to it, so it may be given anew. */
  const giveBack = (one: T, land: () => void, then: () => void) => {
    left.unshift(one)
    port.back(one)
    if (phase === 'running') then()
    land()
  }

  const fill = () => {
    while (phase === 'running' && flying < IN_FLIGHT && left.length > 0) {
      if (!port.canReach()) return move('paused')
      const wait = nextAt - performance.now()
      if (wait > 0) {
        timer ??= setTimeout(() => {
          timer = undefined
          fill()
        }, wait)
        return
      }
      nextAt = Math.max(nextAt, performance.now() - 1_000 / A_SECOND) + 1_000 / A_SECOND
      const one = left.shift()
      if (one !== undefined) fly(one)
    }
    if (phase === 'running' && flying === 0 && left.length === 0) move('ended')
  }

  fill()
  return {
    goOn: () => {
      if (phase !== 'paused') return
      move('running')
      fill()
    },
    cancel: () => {
      if (phase === 'running' || phase === 'paused') move('cancelled')
    },
  }
}
