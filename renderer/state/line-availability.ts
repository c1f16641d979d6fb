import type { Warehouse, WorkCalendar } from '../../domain/article'
import { availabilityOf, stockFigures } from '../../domain/availability/availability'
import type { StockFigures } from '../../domain/availability/availability'
import { commitmentsNotContained } from '../../domain/availability/commitments'
import type { Availability, UncertainInbound } from '../../domain/availability/position'
import { project } from '../../domain/availability/projection'
import type { CalendarDate, Milli } from '../../domain/units'
import type { ArticleStock } from './stock-index'

/** What one warehouse can do for a line; `answer` is null where it holds no balance of the article. */
export interface WarehouseAnswer {
  readonly warehouse: Warehouse
  readonly answer: Availability | null
  readonly uncertain: UncertainInbound | null
}

export interface AvailabilityContext {
  /** Opened ones, in the order they are shown; the same array until they change. */
  readonly warehouses: readonly Warehouse[]
  readonly today: CalendarDate
  readonly calendar: WorkCalendar
}

const remembered = new WeakMap<ArticleStock, Map<string, readonly WarehouseAnswer[]>>()
const contexts = new WeakMap<readonly Warehouse[], number>()
let contextCount = 0

/** What each opened warehouse can deliver of a quantity. Counted once for each state of the stock. */
export function lineAvailability(
  stock: ArticleStock | undefined,
  quantity: Milli,
  context: AvailabilityContext,
): readonly WarehouseAnswer[] {
  if (!stock)
    return context.warehouses.map((warehouse) => ({ warehouse, answer: null, uncertain: null }))
  let answers = remembered.get(stock)
  if (!answers) remembered.set(stock, (answers = new Map()))
  const key = `${quantity} ${context.today} ${contextNumber(context.warehouses)}`
  let answer = answers.get(key)
  if (!answer)
    answers.set(
      key,
      (answer = context.warehouses.map((warehouse) => ask(stock, quantity, warehouse, context))),
    )
  return answer
}

/** The parts behind a warehouse's answer, for whoever wants to know; null where there is no balance. */
export function figuresAt(
  stock: ArticleStock | undefined,
  warehouseId: string,
  today: CalendarDate,
): StockFigures | null {
  const position = stock?.positions[warehouseId]
  if (!stock || !position) return null
  const commitments = commitmentsNotContained(stock.demands.get(warehouseId) ?? [], position)
  return stockFigures({ position, commitments, today })
}

function ask(
  stock: ArticleStock,
  quantity: Milli,
  warehouse: Warehouse,
  { today, calendar }: AvailabilityContext,
): WarehouseAnswer {
  const position = stock.positions[warehouse.id]
  if (!position || quantity <= 0) return { warehouse, answer: null, uncertain: null }
  const commitments = commitmentsNotContained(stock.demands.get(warehouse.id) ?? [], position)
  return {
    warehouse,
    answer: availabilityOf({ position, commitments, today, calendar }, quantity),
    uncertain: project({ position, commitments, today }).uncertain,
  }
}

function contextNumber(warehouses: readonly Warehouse[]): number {
  let number = contexts.get(warehouses)
  if (number === undefined) contexts.set(warehouses, (number = ++contextCount))
  return number
}
