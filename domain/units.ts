/**
 * The units every figure in Kontor is kept in. All of them are whole numbers that fit a JSON number
 * exactly; fractions exist only on screen and at the doors (`contract/decimal.ts`, `domain/money/decimal.ts`).
 */

/** Integer minor units of a currency, e.g. öre. Its currency always stands beside it. */
export type MinorUnits = number

/** Integer 10⁻⁶ of the currency's major unit: 19.12 kr is 19_120_000. */
export type MicroUnits = number

/** Integer 10⁻³ of the article's unit: 2.5 m is 2_500. An article's `precision` says how fine it may be. */
export type Milli = number

/** Integer parts per million: 25 % is 250_000. Rebates, VAT rates and margins. */
export type Ppm = number

/** ISO 4217 code. */
export type Currency = string

/** Calendar date in the seller's time zone, `YYYY-MM-DD`. */
export type CalendarDate = string

/** ISO 8601 instant in UTC, `2026-11-23T13:05:00.000Z`. */
export type Instant = string

/** A unit price and the basis it was quoted on. */
export interface UnitPrice {
  readonly amount: MicroUnits
  readonly basis: 'net' | 'gross'
  readonly currency: Currency
}

/** One whole unit of an article. */
export const ONE_UNIT: Milli = 1_000

/** The whole of something, as a rate. */
export const WHOLE: Ppm = 1_000_000
