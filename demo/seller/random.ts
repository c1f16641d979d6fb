/** Chance that can be repeated: every draw follows from a seed and the name of what it is drawn for. */
export interface Random {
  /** 0 ≤ x < 1. */
  next(): number
  /** Whole, both ends included. */
  whole(from: number, to: number): number
  chance(probability: number): boolean
  pick<T>(items: readonly T[]): T
  /** `count` different items, or all of them when there are fewer, in drawn order. */
  sample<T>(items: readonly T[], count: number): T[]
}

/**
 * A stream of its own for each name, so that one more draw for the companies does not reshuffle the
 * articles. Generator: sfc32 (Chris Doty-Humphrey's PractRand), seeded by FNV-1a over seed and name;
 * only 32-bit integer steps, so every engine gives the same.
 */
export function createRandom(seed: number, stream: string): Random {
  let a = fnv1a(`${seed}/${stream}/a`)
  let b = fnv1a(`${seed}/${stream}/b`)
  let c = fnv1a(`${seed}/${stream}/c`)
  let counter = 1
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    c |= 0
    return (sum >>> 0) / 4_294_967_296
  }
  // The first draws still show how alike two seeds are.
  for (let warmUp = 0; warmUp < 16; warmUp++) next()

  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    whole,
    chance: (probability) => next() < probability,
    pick: <T>(items: readonly T[]) => {
      if (items.length === 0) throw new Error('nothing to pick from')
      return items[whole(0, items.length - 1)] as T
    },
    sample: <T>(items: readonly T[], count: number) => {
      const left = [...items]
      const taken: T[] = []
      while (taken.length < count && left.length > 0) {
        const index = whole(0, left.length - 1)
        taken.push(left[index] as T)
        left[index] = left[left.length - 1] as T
        left.pop()
      }
      return taken
    },
  }
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return hash | 0
}
