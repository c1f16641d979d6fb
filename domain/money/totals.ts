import { WHOLE } from '../units'
import type { Currency, MinorUnits, Ppm } from '../units'
import { rowAmount, rowAmounts } from './row'
import type { TaxedRow } from './row'
import { AmountTooLarge, divideRounded, toExactNumber } from './rounding'

/**
 * How a document counts VAT; it is the seller's choice and stands on the document.
 * - `per_rate_on_sum`: per rate, on the sum of the rows, as ERPs do.
 * - `per_row`: row by row, as webshops do.
 */
export const vatModes = ['per_rate_on_sum', 'per_row'] as const
export type VatMode = (typeof vatModes)[number]

/** The rows of one VAT rate together. */
export interface VatTotal {
  readonly rate: Ppm
  /** Without VAT. */
  readonly base: MinorUnits
  readonly amount: MinorUnits
}

/** A document's sums. `net` + every VAT amount = `gross`; the bases add up to `net`. */
export interface DocumentTotals {
  readonly currency: Currency
  readonly net: MinorUnits
  /** Highest rate first, one entry for each rate among the rows, 0 % included. */
  readonly vat: readonly VatTotal[]
  readonly gross: MinorUnits
  readonly mode: VatMode
}

export interface TotalsOptions {
  readonly currency: Currency
  readonly mode: VatMode
}

export interface TotalsError {
  readonly code: 'amount_too_large' | 'mixed_currencies'
}

/** The sums of one rate on their way; a gross sum is counted apart from a net one. */
interface RateSum {
  net: number
  gross: number
  vat: number
}

/**
 * Totals of a document whose rows are in its currency.
 *
 * `per_rate_on_sum`: rows are rounded on their own basis and summed per rate. VAT on the net rows is
 * their sum × rate, rounded; rows priced with VAT keep their sum, and its net is sum ÷ (1 + rate),
 * rounded, so that a customer pays exactly what the gross prices add up to.
 * `per_row`: net and gross of every row as in `rowAmounts`, summed.
 *
 * Throws where `tryDocumentTotals` has an error: use that one where rows come from outside.
 */
export function documentTotals(rows: readonly TaxedRow[], options: TotalsOptions): DocumentTotals {
  const { currency, mode } = options
  const rates = new Map<Ppm, RateSum>()
  for (const row of rows) {
    if (row.price.currency !== currency) {
      throw new TypeError(`a row in ${row.price.currency} stands in a document in ${currency}`)
    }
    let sum = rates.get(row.vatRate)
    if (!sum) rates.set(row.vatRate, (sum = { net: 0, gross: 0, vat: 0 }))
    if (mode === 'per_row') {
      const amounts = rowAmounts(row)
      sum.net = add(sum.net, amounts.net)
      sum.vat = add(sum.vat, amounts.vat)
    } else if (row.price.basis === 'net') sum.net = add(sum.net, rowAmount(row))
    else sum.gross = add(sum.gross, rowAmount(row))
  }
  const vat = [...rates]
    .sort(([a], [b]) => b - a)
    .map(([rate, sum]) =>
      mode === 'per_row' ? { rate, base: sum.net, amount: sum.vat } : vatOnSum(rate, sum),
    )
  const net = vat.reduce((total, { base }) => add(total, base), 0)
  const gross = vat.reduce((total, { amount }) => add(total, amount), net)
  return { currency, net, vat, gross, mode }
}

/** The same, with what is wrong with the rows as a value. */
export function tryDocumentTotals(
  rows: readonly TaxedRow[],
  options: TotalsOptions,
):
  | { readonly ok: true; readonly totals: DocumentTotals }
  | { readonly ok: false; readonly error: TotalsError } {
  if (rows.some((row) => row.price.currency !== options.currency)) {
    return { ok: false, error: { code: 'mixed_currencies' } }
  }
  try {
    return { ok: true, totals: documentTotals(rows, options) }
  } catch (error) {
    if (!(error instanceof AmountTooLarge)) throw error
    return { ok: false, error: { code: 'amount_too_large' } }
  }
}

function vatOnSum(rate: Ppm, sum: RateSum): VatTotal {
  const whole = BigInt(WHOLE)
  const onNet = toExactNumber(divideRounded(BigInt(sum.net) * BigInt(rate), whole))
  const netOfGross = toExactNumber(divideRounded(BigInt(sum.gross) * whole, BigInt(WHOLE + rate)))
  return {
    rate,
    base: add(sum.net, netOfGross),
    amount: add(onNet, sum.gross - netOfGross),
  }
}

/** Sums of safe integers stay exact or throw. */
function add(a: number, b: number): number {
  const sum = a + b
  if (!Number.isSafeInteger(sum)) throw new AmountTooLarge(`${a} + ${b} is not exact as a number`)
  return sum
}
