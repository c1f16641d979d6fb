/**
 * Take so many rounds of a measurement and of its floor, one after the other; whoever went first goes
 * second in the next round, so that what a round leaves behind is borne by both.
 */
export async function inTurns<T>(
  rounds: number,
  measure: () => Promise<T>,
  floor: () => Promise<T>,
): Promise<readonly [ours: readonly T[], floors: readonly T[]]> {
  const [ours, floors]: [T[], T[]] = [[], []]
  for (let round = 0; round < rounds; round += 1) {
    if (round % 2 === 0) ours.push(await measure())
    floors.push(await floor())
    if (round % 2 === 1) ours.push(await measure())
  }
  return [ours, floors]
}
