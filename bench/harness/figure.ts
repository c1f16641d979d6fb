/** One measured figure, as `npm run bench -- --json` prints it. */
export interface Figure {
  /** `approve.rate.8` */
  readonly name: string
  /** Median of the rounds; of a quantile, that of everything measured in them. */
  readonly value: number
  readonly unit: 'ms' | 'ms/min' | '1/s' | 'MiB' | '%'
  /** The same of the floor's rounds, which were taken in turns with ours; null where there is none. */
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
  print({ name, unit, rounds: ours.length }, median(ours), floors && median(floors))
}

/**
 * Print a quantile of everything that was measured, in whichever round: one round alone has too few
 * values to have a 99th percentile that is not simply its largest.
 */
export function reportQuantile(
  name: string,
  unit: Figure['unit'],
  share: number,
  ours: readonly (readonly number[])[],
  floors: readonly (readonly number[])[],
): void {
  const [value, floor] = [quantile(ours.flat(), share), quantile(floors.flat(), share)]
  print({ name, unit, rounds: ours.length }, value, floor)
}

/** Print a figure that was computed from all rounds at once. */
export function print(
  about: Pick<Figure, 'name' | 'unit' | 'rounds'>,
  value: number,
  floor: number | null = null,
): void {
  const { name, unit, rounds } = about
  const figure: Figure = {
    name,
    value: rounded(value),
    unit,
    floor: floor === null ? null : rounded(floor),
    ratio: floor === null ? null : rounded(value / floor),
    rounds,
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

/** The smallest value that a share of all do not pass (nearest rank): 0.99 for the 99th percentile. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const value = sorted[Math.ceil(sorted.length * share) - 1]
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
