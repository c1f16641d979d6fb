/** One measured figure, as `npm run bench -- --json` prints it. */
export interface Figure {
  /** `approve.rate.8` */
  readonly name: string
  /** Median of the rounds. */
  readonly value: number
  readonly unit: 'ms' | 'ms/min' | '1/s' | 'MiB' | '%'
  /** Median of the floor's rounds, which were taken in turns with ours; null where there is none. */
  readonly floor: number | null
  /** `value / floor` */
  readonly ratio: number | null
  readonly rounds: number
}

/** Print a figure as one JSON line. `ours` and `floors` hold one number for each round. */
export function report(
  name: string,
  unit: Figure['unit'],
  ours: readonly number[],
  floors: readonly number[] | null = null,
): void {
  const value = median(ours)
  const floor = floors && median(floors)
  const figure: Figure = {
    name,
    value: rounded(value),
    unit,
    floor: floor === null ? null : rounded(floor),
    ratio: floor === null ? null : rounded(value / floor),
    rounds: ours.length,
  }
  process.stdout.write(`${JSON.stringify(figure)}\n`)
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle]
  if (upper === undefined) throw new Error('Nothing was measured.')
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2
}

/** The value that a share of all values do not pass: 0.99 for the 99th percentile. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  if (value === undefined) throw new Error('Nothing was measured.')
  return value
}

/** Milliseconds that `work` took. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function rounded(value: number): number {
  return Number(value.toPrecision(4))
}
