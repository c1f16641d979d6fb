/** How much may pass: so many a second for as long as it takes, and so many at once after a pause. */
export interface Pace {
  readonly perSecond: number
  readonly burst: number
}

interface Bucket {
  tokens: number
  at: number
}

/** Buckets of strangers' making must not fill the memory. */
const mostBuckets = 10_000

/**
 * A bucket of tokens for each key, refilled evenly. The returned function takes one token and answers
 * 0, or, when there is none, the whole seconds until there is.
 */
export function tokenBuckets(
  { perSecond, burst }: Pace,
  now: () => number = Date.now,
): (key: string) => number {
  const buckets = new Map<string, Bucket>()
  return (key) => {
    const at = now()
    const known = buckets.get(key)
    const tokens = known
      ? Math.min(burst, known.tokens + (Math.max(0, at - known.at) / 1_000) * perSecond)
      : burst
    const isLet = tokens >= 1
    // Set anew, so that the map is in the order of last use and the first of it is the oldest.
    buckets.delete(key)
    buckets.set(key, { tokens: isLet ? tokens - 1 : tokens, at })
    if (buckets.size > mostBuckets) {
      const [oldest] = buckets.keys()
      if (oldest !== undefined) buckets.delete(oldest)
    }
    return isLet ? 0 : Math.max(1, Math.ceil((1 - tokens) / perSecond))
  }
}
