/** What befalls bytes on their way in one direction. What is left out befalls nothing. */
export interface Shaping {
  /** Every byte arrives so much later, in ms. */
  readonly latencyMs?: number
  /** And up to so much later again, evenly distributed; the order stays. */
  readonly jitterMs?: number
  readonly bytesPerSecond?: number
  /** Nothing is written in larger pieces, each in a segment of its own. */
  readonly sliceBytes?: number
  /**
   * Half-open: bytes are taken and lost, and no end hears of the other's end. A connection that has
   * lost some stays silent afterwards, since no network leaves bytes out of the middle.
   */
  readonly swallow?: boolean
  /** How probable it is that a whole Socket.IO event comes twice, 0 to 1. */
  readonly duplicate?: number
}

/** Both directions, and what befalls new connections. */
export interface Faults {
  readonly toServer?: Shaping
  readonly toClient?: Shaping
  /** New connections are reset at once. */
  readonly refuse?: boolean
}
