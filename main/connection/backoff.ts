/** Quick at first, since most interruptions are short; then slower, for the gateway's sake. */
const steps = [100, 400, 1_000, 2_000, 4_000, 7_000, 10_000] as const

/**
 * How long to wait before the next try, in ms: between half of a step and the whole of it, so that
 * many consoles that lost the same gateway do not come back in the same instant.
 *
 * @param failures tries that failed since the line last held
 * @param random evenly distributed in [0, 1)
 */
export function retryDelay(failures: number, random: number): number {
  const step = steps[Math.min(Math.max(failures, 0), steps.length - 1)] ?? 10_000
  return Math.round(step * (0.5 + random / 2))
}
