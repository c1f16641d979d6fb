import type { RequisitionLine } from '../../contract/entities'
import { commitmentsNotContained } from '../../domain/availability/commitments'
import { placeLines } from '../../domain/availability/place-lines'
import type { PlacementOption } from '../../domain/availability/place-line'
import { project } from '../../domain/availability/projection'
import { ONE_UNIT } from '../../domain/units'
import type { AvailabilityContext, WarehouseAnswer } from './line-availability'
import type { ArticleStock } from './stock-index'
import type { Choices } from './warehouse-choices'

/** Where a line would be ordered from if it were approved now. */
export interface PlacedLine {
  /** Null where no opened warehouse holds the article. */
  readonly warehouseId: string | null
  /** Where it would come from if nobody chose. */
  readonly automaticId: string | null
  /** What each opened warehouse can do, after what earlier lines of the same article take. */
  readonly answers: readonly WarehouseAnswer[]
}

type Lines = readonly RequisitionLine[]

interface Made {
  readonly of: readonly unknown[]
  readonly placed: ReadonlyMap<string, PlacedLine>
}

const remembered = new WeakMap<ArticleStock, Made>()
const grouped = new WeakMap<Lines, ReadonlyMap<string, Lines>>()

/**
 * Places the lines of one article one after the other, as the gateway does when it makes the order. By line id; counted once for each state of the stock.
 *
 * @param lines all lines of the document, in its order
 */
export function placeArticle(
  articleId: string,
  lines: Lines,
  choices: Choices,
  stock: ArticleStock | undefined,
  context: AvailabilityContext,
): ReadonlyMap<string, PlacedLine> {
  const own = ofArticle(articleId, lines)
  if (!stock) return place(own, choices, stock, context)
  // A choice for another article changes nothing here.
  const chosen = own.flatMap(({ id }) => (Object.hasOwn(choices, id) ? [id, choices[id]] : []))
  const of = [lines, JSON.stringify(chosen), context]
  const known = remembered.get(stock)
  if (known && of.every((part, at) => part === known.of[at])) return known.placed
  const placed = place(own, choices, stock, context)
  remembered.set(stock, { of, placed })
  return placed
}

/** The warehouse chosen for a line, if the line can come from it at all. */
export function validChoice(
  line: RequisitionLine,
  choices: Choices,
  stock: ArticleStock | undefined,
  { warehouses }: Pick<AvailabilityContext, 'warehouses'>,
): string | null {
  // A line may be called `constructor`: only what was really chosen counts.
  const chosen = Object.hasOwn(choices, line.id) ? choices[line.id] : undefined
  if (chosen === undefined || !stock?.positions[chosen]) return null
  return warehouses.some(({ id }) => id === chosen) ? chosen : null
}

function ofArticle(articleId: string, lines: Lines): Lines {
  let groups = grouped.get(lines)
  if (!groups) {
    const made = new Map<string, RequisitionLine[]>()
    for (const line of lines) {
      const group = made.get(line.articleId)
      if (group) group.push(line)
      else made.set(line.articleId, [line])
    }
    grouped.set(lines, (groups = made))
  }
  return groups.get(articleId) ?? []
}

function place(
  lines: Lines,
  choices: Choices,
  stock: ArticleStock | undefined,
  context: AvailabilityContext,
): ReadonlyMap<string, PlacedLine> {
  const { warehouses, today, calendar } = context
  const options = optionsOf(stock, context)
  // What is late or has no date is so whoever takes what.
  const uncertain = new Map(
    options.map((option) => [option.warehouseId, project({ ...option, today }).uncertain]),
  )
  const placed = placeLines(
    lines.map((line) => ({
      id: line.id,
      quantity: line.quantity,
      plannedDate: line.requestedDate,
      wantedWarehouseId: line.warehouseId,
      chosenWarehouseId: validChoice(line, choices, stock, context),
    })),
    options,
    { today, calendar, step: ONE_UNIT },
  )
  return new Map(
    [...placed].map(([id, { warehouseId, placement }]) => [
      id,
      {
        warehouseId,
        automaticId: placement?.warehouseId ?? null,
        answers: warehouses.map((warehouse) => ({
          warehouse,
          answer:
            placement?.answers.find((one) => one.warehouseId === warehouse.id)?.availability ??
            null,
          uncertain: uncertain.get(warehouse.id) ?? null,
        })),
      },
    ]),
  )
}

function optionsOf(
  stock: ArticleStock | undefined,
  { warehouses }: AvailabilityContext,
): readonly PlacementOption[] {
  return warehouses.flatMap(({ id }) => {
    const position = stock?.positions[id]
    if (!position) return []
    const commitments = commitmentsNotContained(stock?.demands.get(id) ?? [], position)
    return [{ warehouseId: id, position, commitments }]
  })
}
