/** The gateway's time, in steps: views that show it are drawn anew once a step and not oftener. */
export interface Clock {
  readonly now: () => number
  /** The start of the current step, in milliseconds since 1970. */
  readonly step: (length: number) => number
  /** This computer's clock is to be set right by so many milliseconds. */
  readonly setOffset: (offset: number) => void
  /** Calls back at the start of every step of that length, as long as someone listens. */
  readonly subscribe: (length: number, listener: () => void) => () => void
}

export const SECOND = 1_000
export const MINUTE = 60_000

export function createClock(own: () => number = Date.now): Clock {
  let offset = 0
  const now = () => own() + offset
  const listeners = new Map<number, Set<() => void>>()
  const timers = new Map<number, ReturnType<typeof setTimeout>>()

  const wait = (length: number) => {
    const toNext = length - (now() % length)
    timers.set(
      length,
      setTimeout(() => {
        for (const listener of listeners.get(length) ?? []) listener()
        wait(length)
      }, toNext + 1),
    )
  }

  return {
    now,
    step: (length) => Math.floor(now() / length) * length,
    setOffset: (next) => {
      if (next === offset) return
      offset = next
      for (const [length, group] of listeners) {
        clearTimeout(timers.get(length))
        if (group.size === 0) continue
        for (const listener of group) listener()
        wait(length)
      }
    },
    subscribe: (length, listener) => {
      const group = listeners.get(length) ?? new Set()
      listeners.set(length, group)
      group.add(listener)
      if (group.size === 1) wait(length)
      return () => {
        group.delete(listener)
        if (group.size > 0) return
        clearTimeout(timers.get(length))
        timers.delete(length)
      }
    },
  }
}
