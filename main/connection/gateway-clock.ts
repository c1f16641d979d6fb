/**
 * The gateway's time, as far as it is known here: this computer's clock, set right by what the gateway
 * last said of its own. Ages and days are told by it, so that a clock that goes wrong on one desk
 * tells nobody there that an order is from tomorrow.
 */
export interface GatewayClock {
  /** In ms since 1970. */
  now(): number
  /** To be added to this computer's clock, in ms. */
  readonly offset: number
  /** The gateway has just said what time it is. */
  hear(serverTime: string): void
}

/** Less than this is as likely the way here as the clock, in ms. */
const noticeable = 2_000

/** @param changed told of every new offset */
export function createGatewayClock(
  changed: (offset: number) => void,
  own: () => number = Date.now,
): GatewayClock {
  let offset = 0
  return {
    now: () => own() + offset,
    get offset() {
      return offset
    },
    hear(serverTime) {
      const heard = Date.parse(serverTime) - own()
      // Against the clock of its own where that is near enough: then nothing needs to be set right.
      const next = Math.abs(heard) < noticeable ? 0 : heard
      if (Math.abs(next - offset) < noticeable && next !== 0) return
      if (next === offset) return
      offset = next
      changed(offset)
    },
  }
}
