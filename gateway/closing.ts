import type { Logger } from 'pino'

export interface ClosingOptions {
  /** When what is left is to be broken off, counted from the beginning, in ms. */
  readonly withinMs: number
  /** How much longer is waited for what was broken off, in ms. */
  readonly graceMs: number
  readonly log: Pick<Logger, 'warn' | 'error'>
}

export interface Closing {
  /**
   * Remember how a part that was started is closed.
   *
   * @param options.breakOff called when the time is up, so that whatever waits for this part ends
   * @param options.always waited for until it is done, however late
   */
  add(
    close: () => Promise<void> | void,
    options?: { readonly breakOff?: () => void; readonly always?: boolean },
  ): void
  /** Close what was added, the last first; what fails or takes too long keeps nothing else from it. */
  closeAll(): Promise<void>
}

/** What a gateway has started, to be closed in the opposite order and within a time. */
export function closing({ withinMs, graceMs, log }: ClosingOptions): Closing {
  type Part = Parameters<Closing['add']>
  const parts: Part[] = []
  return {
    add: (...part) => void parts.push(part),
    async closeAll() {
      const closed = parts.splice(0).reverse()
      let giveUp = () => {}
      const givenUp = new Promise<void>((resolve) => (giveUp = resolve))
      const timers = [
        setTimeout(() => {
          log.warn('closing takes too long: the rest is broken off')
          for (const [, options] of closed) options?.breakOff?.()
        }, withinMs),
        setTimeout(() => giveUp(), withinMs + graceMs),
      ]
      for (const [close, options] of closed) {
        const done = Promise.resolve()
          .then(close)
          .catch((error: unknown) => log.error({ err: error }, 'something did not close'))
        await (options?.always ? done : Promise.race([done, givenUp]))
      }
      for (const timer of timers) clearTimeout(timer)
    },
  }
}
