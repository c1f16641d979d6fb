import type { CalendarDate, Instant, Milli } from '../units'

/** Demand the source system reported; without a date, or past due, it counts today. */
export interface BacklogLine {
  readonly quantity: Milli
  readonly plannedDate: CalendarDate | null
}

/** A purchase-order line on its way in. */
export interface InboundLine {
  readonly quantity: Milli
  readonly date: CalendarDate | null
  readonly confirmed: boolean
}

/** What the source knows of one article in one warehouse, taken at one moment. */
export interface StockPosition {
  readonly onHand: Milli
  readonly safetyStock: Milli
  /** Working days until a new purchase arrives; null when none can be made. */
  readonly leadTimeDays: number | null
  readonly backlog: readonly BacklogLine[]
  readonly inbound: readonly InboundLine[]
  readonly source: string
  readonly observedAt: Instant
}

/** One of Kontor's own order lines that the source's report does not contain yet. */
export interface Commitment {
  readonly quantity: Milli
  readonly plannedDate: CalendarDate | null
}

/**
 * What is shown for a quantity, in the order of preference of the domain. `deliverableNow` is how
 * much of it would be answered `deliverable` today: above the safety stock, never below 0.
 * `confirmed` is false where the answer would not stand on confirmed inbound alone ("planned").
 */
export type Availability =
  | { readonly kind: 'deliverable'; readonly quantity: Milli; readonly confirmed: boolean }
  | {
      readonly kind: 'promised'
      readonly date: CalendarDate
      readonly confirmed: boolean
      readonly deliverableNow: Milli
    }
  | {
      readonly kind: 'lead_time'
      readonly days: number
      readonly date: CalendarDate
      readonly deliverableNow: Milli
    }
  | { readonly kind: 'out_of_stock'; readonly deliverableNow: Milli }

/** Inbound that counts on no day, said beside the answer. */
export interface UncertainInbound {
  readonly late: Milli
  readonly lateSince: CalendarDate | null
  readonly undated: Milli
}
