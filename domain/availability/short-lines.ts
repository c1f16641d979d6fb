import type { CalendarDate, Milli } from '../units'
import type { PlacementOption } from './place-line'
import { availableToPromise, project } from './projection'

/** Lines that no warehouse can deliver in full today, whatever else is taken from it. */
export function countShortLines(
  lines: readonly { readonly article: string; readonly quantity: Milli }[],
  stock: ReadonlyMap<string, readonly PlacementOption[]>,
  today: CalendarDate,
): number {
  return lines.filter(({ article, quantity }) => {
    const options = stock.get(article) ?? []
    return !options.some(({ position, commitments }) => {
      const [now] = project({ position, commitments, today }).days
      return availableToPromise(now, position.safetyStock) >= quantity
    })
  }).length
}
