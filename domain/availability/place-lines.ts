import type { WorkCalendar } from '../article'
import type { CalendarDate, Milli } from '../units'
import { deliveryChange, deliveryFrom, type Delivery } from './delivery'
import { asHeldFor, type OwnHold } from './holds'
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
  /** What somebody was shown before: it stands where it still delivers no later than that. */
  readonly seen?: Delivery | null
  /** What is kept for it. */
  readonly held?: OwnHold | undefined
}

export interface PlacedLine {
  /** Null where no option holds the article. */
  readonly warehouseId: string | null
  /** Where it would come from if nobody chose, and what each can do, after what earlier lines take. */
  readonly placement: LinePlacement | null
}

export interface PlacingContext {
  readonly today: CalendarDate
  readonly calendar: WorkCalendar
  readonly step: Milli
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
  context: PlacingContext,
): ReadonlyMap<string, PlacedLine> {
  const placed = new Map<string, PlacedLine>()
  let left = options
  for (const line of lines) {
    const there = asHeldFor(line.quantity, line.held, left)
    const placement = placeLine(line.quantity, there, {
      ...context,
      wantedWarehouseId: line.wantedWarehouseId,
    })
    const isChosen = left.some(({ warehouseId }) => warehouseId === line.chosenWarehouseId)
    const warehouseId = isChosen
      ? line.chosenWarehouseId
      : (stillAsSeen(line.seen, placement) ?? placement?.warehouseId ?? null)
    placed.set(line.id, { warehouseId, placement })
    left = left.map((option) =>
      option.warehouseId === warehouseId
        ? { ...option, commitments: withLine(option.commitments, line) }
        : option,
    )
  }
  return placed
}

/** Place all lines of a document, those of one article one after the other. By line id. */
export function placeDocument(
  lines: readonly (LineToPlace & { readonly articleId: string })[],
  optionsOf: (articleId: string) => readonly PlacementOption[],
  context: PlacingContext,
): ReadonlyMap<string, PlacedLine> {
  const byArticle = new Map<string, LineToPlace[]>()
  for (const line of lines) {
    const same = byArticle.get(line.articleId)
    if (same) same.push(line)
    else byArticle.set(line.articleId, [line])
  }
  const placed = new Map<string, PlacedLine>()
  for (const [articleId, same] of byArticle) {
    for (const [id, one] of placeLines(same, optionsOf(articleId), context)) placed.set(id, one)
  }
  return placed
}

/** The warehouse that was shown, where what it promises now is no later than what it promised then. */
function stillAsSeen(
  seen: Delivery | null | undefined,
  placement: LinePlacement | null,
): string | null {
  const answer = placement?.answers.find(({ warehouseId }) => warehouseId === seen?.warehouseId)
  if (!seen || !answer) return null
  const now = deliveryFrom(answer.warehouseId, answer.availability)
  return deliveryChange(seen, now) === 'later' ? null : seen.warehouseId
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
