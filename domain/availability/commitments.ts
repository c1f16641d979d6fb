import type { CalendarDate, Instant, Milli } from '../units'
import type { Commitment } from './position'

/** An open order line of Kontor's own: neither cancelled nor delivered. */
export interface OrderLineDemand {
  readonly quantity: Milli
  readonly plannedDate: CalendarDate | null
  /** When the target system acknowledged the order; null until it has. */
  readonly exportedAt: Instant | null
}

/**
 * The order lines that a source's report cannot contain, which therefore count on top of it: those
 * not exported yet, and those exported after the report was observed. `observedAt` is when the
 * reading of the source began, so that whatever was acknowledged until then is in what was read.
 */
export function commitmentsNotContained(
  lines: readonly OrderLineDemand[],
  report: { readonly observedAt: Instant },
): readonly Commitment[] {
  const observed = Date.parse(report.observedAt)
  return lines
    .filter(({ exportedAt }) => exportedAt === null || Date.parse(exportedAt) > observed)
    .map(({ quantity, plannedDate }) => ({ quantity, plannedDate }))
}
