import { WHOLE } from '../units'
import type { Currency, MicroUnits, Ppm, UnitPrice } from '../units'
import { minorUnitExponent } from './currency'
import { rowAmounts } from './row'
import type { TaxedRow } from './row'
import { divideRounded, powerOfTen, toExactNumber } from './rounding'

/** What a unit costs the seller, without VAT. */
export interface UnitCost {
  readonly amount: MicroUnits
  readonly currency: Currency
}

export interface CostedRow extends TaxedRow {
  readonly cost: UnitCost | null
}

/** A margin over several rows, or how many of them hide what they cost. */
export type DocumentMargin =
  | { readonly kind: 'known'; readonly margin: Ppm }
  | {
      readonly kind: 'unknown'
      readonly rowsWithoutCost: number
      /** Over the rows whose cost is known; null when there is nothing to divide by. */
      readonly marginOfRest: Ppm | null
    }

/**
 * Margin of a unit = (net price after rebate − cost) ÷ net price after rebate, in ppm, half away
 * from zero; below 0 when sold at a loss. Null when the cost is unknown or in another currency, or
 * when nothing is charged.
 */
export function unitMargin(
  price: UnitPrice,
  rebate: Ppm,
  vatRate: Ppm,
  cost: UnitCost | null,
): Ppm | null {
  if (!cost || cost.currency !== price.currency) return null
  // Both sides times (1 + VAT) when the price carries it, so that nothing is divided before the end.
  const revenue = BigInt(price.amount) * BigInt(WHOLE - rebate)
  const perUnit = price.basis === 'gross' ? BigInt(WHOLE + vatRate) : BigInt(WHOLE)
  return ratio(revenue, BigInt(cost.amount) * perUnit)
}

/**
 * Margin of a document's rows: what they bring in without VAT (the rounded row amounts) against
 * what they cost. Rows in another currency than their cost count as rows without cost.
 */
export function documentMargin(rows: readonly CostedRow[]): DocumentMargin {
  let revenue = 0n
  let costs = 0n
  let rowsWithoutCost = 0
  for (const row of rows) {
    if (!row.cost || row.cost.currency !== row.price.currency) {
      rowsWithoutCost += 1
      continue
    }
    // Both in 10⁻⁹ of the major unit: micro × milli.
    revenue += BigInt(rowAmounts(row).net) * powerOfTen(9 - minorUnitExponent(row.price.currency))
    costs += BigInt(row.cost.amount) * BigInt(row.quantity)
  }
  const margin = ratio(revenue, costs)
  return rowsWithoutCost === 0 && margin !== null
    ? { kind: 'known', margin }
    : { kind: 'unknown', rowsWithoutCost, marginOfRest: margin }
}

function ratio(revenue: bigint, cost: bigint): Ppm | null {
  if (revenue <= 0n) return null
  return toExactNumber(divideRounded((revenue - cost) * BigInt(WHOLE), revenue))
}
