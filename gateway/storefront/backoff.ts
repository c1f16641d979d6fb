const first = 5_000
const longest = 6 * 3_600_000

/**
 * Milliseconds to wait after so many failures in a row: doubling from five seconds to six hours,
 * and up to half of it less, so that shops that failed together do not come back together.
 *
 * @param chance from 0 up to 1
 */
export function retryDelay(failures: number, chance: number): number {
  const full = Math.min(longest, first * 2 ** (failures - 1))
  return Math.round(full * (1 - chance / 2))
}
