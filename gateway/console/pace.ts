/** A gate that lets so many through in any one second, counted by a bucket that refills evenly. */
export function perSecond(limit: number, now: () => number = Date.now): () => boolean {
  let tokens = limit
  let last = now()
  return () => {
    const time = now()
    tokens = Math.min(limit, tokens + ((time - last) / 1000) * limit)
    last = time
    if (tokens < 1) return false
    tokens -= 1
    return true
  }
}
