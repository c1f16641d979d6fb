import fc from 'fast-check'

/** How many random cases a property is tried on, and from which seed, so that a failure comes back. */
export interface Cases {
  readonly runs: number
  readonly seed: number
}

/** What the unit tests run. */
export const FEW: Cases = { runs: 1_000, seed: 20_261_123 }

/**
 * What the proofs run; another seed is given as `PROVE_SEED`, another number as `PROVE_CASES` (below
 * some hundreds the properties miss kinds of answers, and say so).
 */
export const MANY: Cases = {
  runs: Number(process.env['PROVE_CASES'] ?? 20_000),
  seed: Number(process.env['PROVE_SEED'] ?? 1),
}

/** Generous for the slowest machine: a property stops at the case that fails, not at the clock. */
export function timeoutOf({ runs }: Cases): number {
  return 10_000 + runs * 20
}

export function assertHolds<T>(property: fc.IProperty<T>, { runs, seed }: Cases): void {
  if (!(runs > 0)) throw new Error('a property tried on no case proves nothing')
  fc.assert(property, { numRuns: runs, seed })
}
