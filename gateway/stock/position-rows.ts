import type { BacklogLine, InboundLine, StockPosition } from '../../domain/availability/position'
import type { CalendarDate } from '../../domain/units'

/** A balance, or a line of its backlog or of what is inbound. A column that a part has no use for is null. */
export interface PositionRow {
  readonly part: 'balance' | 'backlog' | 'inbound'
  readonly article_id: string
  readonly warehouse_id: string
  readonly quantity: number
  readonly date: CalendarDate | null
  readonly confirmed: boolean | null
  readonly safety_stock: number | null
  readonly lead_time_days: number | null
  readonly source: string | null
  readonly observed_at: Date | null
}

/** A position whose lines are still being put to it. */
export interface FillingPosition extends StockPosition {
  readonly backlog: BacklogLine[]
  readonly inbound: InboundLine[]
}

/** A balance without its lines. */
export function positionFrom(balance: Omit<PositionRow, 'part'>): FillingPosition {
  const { article_id, warehouse_id, safety_stock, source, observed_at } = balance
  if (safety_stock === null || source === null || observed_at === null)
    throw new Error(`The balance of ${article_id} in ${warehouse_id} is not whole.`)
  return {
    onHand: balance.quantity,
    safetyStock: safety_stock,
    leadTimeDays: balance.lead_time_days,
    source,
    observedAt: observed_at.toISOString(),
    backlog: [],
    inbound: [],
  }
}

/** Puts a line to the position that it belongs to. */
export function putLine(
  { backlog, inbound }: FillingPosition,
  part: 'backlog' | 'inbound',
  { quantity, date, confirmed }: Pick<PositionRow, 'quantity' | 'date' | 'confirmed'>,
): void {
  if (part === 'backlog') backlog.push({ quantity, plannedDate: date })
  else inbound.push({ quantity, date, confirmed: confirmed === true })
}
