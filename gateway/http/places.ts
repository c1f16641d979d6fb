/**
 * So many things at a time, and so many of them of one. The returned function takes a place for a key and
 * gives what leaves it again, to be called once; null where there is none.
 */
export function places({
  all,
  each,
}: {
  readonly all: number
  readonly each: number
}): (key: string) => (() => void) | null {
  const taken = new Map<string, number>()
  let sum = 0
  return (key) => {
    const own = taken.get(key) ?? 0
    if (sum >= all || own >= each) return null
    sum += 1
    taken.set(key, own + 1)
    return () => {
      sum -= 1
      const left = (taken.get(key) ?? 0) - 1
      if (left > 0) taken.set(key, left)
      else taken.delete(key)
    }
  }
}
