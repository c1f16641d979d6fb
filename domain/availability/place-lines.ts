import type { WorkCalendar } from '../article'
import type { CalendarDate, Milli } from '../units'
import { placeLine, type LinePlacement, type PlacementOption } from './place-line'
import type { Commitment } from './position'

/** A line of a document that is to be delivered from somewhere. */
export interface LineToPlace {
  readonly id: string
  readonly quantity: Milli
  readonly plannedDate: CalendarDate | null
  /** What the customer wishes for, if anything: it is followed where it does not delay. */
  readonly wantedWarehouseId: string | null
  /** What the approver has chosen: it stands, whatever another warehouse could do better. */
  readonly chosenWarehouseId: string | null
}

export interface PlacedLine {
  /** Null where no option holds the article. */
  readonly warehouseId: string | null
  /** Where it would come from if nobody chose, and what each can do, after what earlier lines take. */
  readonly placement: LinePlacement | null
}

/**
 * Place the lines of one article one after the other, in the order of the document: what one line
 * takes the next cannot be promised. By line id.
 *
 * @param options the opened warehouses that hold the article, by priority
 */
export function placeLines(
  lines: readonly LineToPlace[],
  options: readonly PlacementOption[],
  context: {
    readonly today: CalendarDate
    readonly calendar: WorkCalendar
    readonly step: Milli
  },
): ReadonlyMap<string, PlacedLine> {
  const placed = new Map<string, PlacedLine>()
  let left = options
  for (const line of lines) {
    const placement = placeLine(line.quantity, left, {
      ...context,
      wantedWarehouseId: line.wantedWarehouseId,
    })
    const isChosen = left.some(({ warehouseId }) => warehouseId === line.chosenWarehouseId)
    const warehouseId = isChosen ? line.chosenWarehouseId : (placement?.warehouseId ?? null)
    placed.set(line.id, { warehouseId, placement })
    left = left.map((option) =>
      option.warehouseId === warehouseId
        ? { ...option, commitments: withLine(option.commitments, line) }
        : option,
    )
  }
  return placed
}

/** One commitment for each day, so that a document of thousands of lines is counted in a blink. */
function withLine(
  commitments: readonly Commitment[],
  { quantity, plannedDate }: LineToPlace,
): readonly Commitment[] {
  const same = commitments.find((one) => one.plannedDate === plannedDate)
  if (!same) return [...commitments, { quantity, plannedDate }]
  return commitments.map((one) =>
    one === same ? { quantity: one.quantity + quantity, plannedDate } : one,
  )
}
