/** A small generator of its own: the same seed gives the same numbers in [0, 1), in order. */
export function seeded(seed: number): () => number {
  // Seeds that are near one another must not begin alike.
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

/**
 * A generator for each of several who draw at the same time: in what order they come is the
 * machine's, but what each of them draws is not.
 */
export function seededEach(seed: number): () => () => number {
  const seeds = seeded(seed)
  return () => seeded(Math.floor(seeds() * 2 ** 31))
}
