import type { Milli } from '../units'
import type { PlacementOption } from './place-line'
import type { Commitment } from './position'

/** Stock of a warehouse that is kept for one line of a document for a while. */
export interface StockHold extends Commitment {
  readonly documentId: string
  readonly lineId: string
  readonly articleId: string
  readonly warehouseId: string
  /** Of two holds the later is the larger. */
  readonly heldAt: number
  /** What was ordered there since: it was promised with this kept back. Known of one's own holds. */
  readonly orderedSince: readonly Commitment[]
}

/** What is kept for a line, and where. */
export interface OwnHold {
  readonly warehouseId: string
  /** A line of no more than this gets what is kept. */
  readonly quantity: Milli
  /** What came after the hold, and takes nothing from it. */
  readonly after: readonly Commitment[]
}

/** The warehouses of an article with what is kept there for other documents taken off. */
export function withoutHeld(
  articleId: string,
  options: readonly PlacementOption[],
  others: readonly StockHold[],
): readonly PlacementOption[] {
  const held = others.filter((hold) => hold.articleId === articleId)
  if (held.length === 0) return options
  return options.map((option) => ({
    ...option,
    commitments: [
      ...option.commitments,
      ...held.filter(({ warehouseId }) => warehouseId === option.warehouseId),
    ],
  }))
}

/** What is kept for each line of a document, beside the holds of others. By line id. */
export function ownHolds(
  own: readonly StockHold[],
  others: readonly StockHold[],
): ReadonlyMap<string, OwnHold> {
  return new Map(
    own.map((hold) => {
      const { lineId, articleId, warehouseId, quantity, heldAt, orderedSince } = hold
      const heldSince = others.filter(
        (one) =>
          one.articleId === articleId && one.warehouseId === warehouseId && one.heldAt > heldAt,
      )
      return [lineId, { warehouseId, quantity, after: [...orderedSince, ...heldSince] }]
    }),
  )
}

/** The warehouses as they are for a line that something is kept for. */
export function asHeldFor(
  quantity: Milli,
  hold: OwnHold | undefined,
  options: readonly PlacementOption[],
): readonly PlacementOption[] {
  if (!hold || quantity > hold.quantity) return options
  return options.map((option) =>
    option.warehouseId === hold.warehouseId
      ? { ...option, commitments: [...option.commitments, ...hold.after.map(givenBack)] }
      : option,
  )
}

function givenBack({ quantity, plannedDate }: Commitment): Commitment {
  return { quantity: -quantity, plannedDate }
}
