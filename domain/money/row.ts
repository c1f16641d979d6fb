import { WHOLE } from '../units'
import type { MinorUnits, Milli, Ppm, UnitPrice } from '../units'
import { minorUnitExponent } from './currency'
import { divideRounded, powerOfTen, toExactNumber } from './rounding'

/** A priced row of a document, before any rounding. */
export interface MoneyRow {
  readonly price: UnitPrice
  readonly quantity: Milli
  readonly rebate: Ppm
}

export interface TaxedRow extends MoneyRow {
  readonly vatRate: Ppm
}

/** `net + vat = gross`, always. */
export interface RowAmounts {
  readonly net: MinorUnits
  readonly vat: MinorUnits
  readonly gross: MinorUnits
}

/** An exact fraction; the denominator is above 0. */
interface Fraction {
  readonly numerator: bigint
  readonly denominator: bigint
}

const whole = BigInt(WHOLE)

/** price × quantity × (1 − rebate) in minor units, on the price's own basis, not rounded. */
function exactAmount(row: MoneyRow): Fraction {
  return {
    numerator:
      BigInt(row.price.amount) *
      BigInt(row.quantity) *
      BigInt(WHOLE - row.rebate) *
      powerOfTen(minorUnitExponent(row.price.currency)),
    // micro × milli × ppm
    denominator: powerOfTen(6 + 3 + 6),
  }
}

/**
 * Row amount = unit price × quantity × (1 − rebate), rounded once, half away from zero, to the minor
 * units of the price's currency. It is on the price's own basis: a gross price gives a gross amount.
 */
export function rowAmount(row: MoneyRow): MinorUnits {
  const { numerator, denominator } = exactAmount(row)
  return toExactNumber(divideRounded(numerator, denominator))
}

/**
 * A row with and without VAT. Net and gross are each rounded once from the exact amount, and VAT is
 * what stands between them: 19.12 net × 3 at 20 % is 57.36 net and 68.83 gross, as PrestaShop 8.2.1
 * has it with rounding per row.
 */
export function rowAmounts(row: TaxedRow): RowAmounts {
  const { numerator, denominator } = exactAmount(row)
  const withVat = BigInt(WHOLE + row.vatRate)
  const own = divideRounded(numerator, denominator)
  const [net, gross] =
    row.price.basis === 'net'
      ? [own, divideRounded(numerator * withVat, denominator * whole)]
      : [divideRounded(numerator * whole, denominator * withVat), own]
  return {
    net: toExactNumber(net),
    vat: toExactNumber(gross - net),
    gross: toExactNumber(gross),
  }
}

/**
 * A unit price on the other basis, or the same price when it is there already. Rounded to micro
 * units, hence for showing only: amounts are counted from the price as it was quoted.
 */
export function unitPriceOn(price: UnitPrice, basis: UnitPrice['basis'], vatRate: Ppm): UnitPrice {
  if (price.basis === basis) return price
  const withVat = BigInt(WHOLE + vatRate)
  const amount = BigInt(price.amount)
  return {
    ...price,
    basis,
    amount: toExactNumber(
      basis === 'gross'
        ? divideRounded(amount * withVat, whole)
        : divideRounded(amount * whole, withVat),
    ),
  }
}

/** A unit price less its rebate, rounded to micro units: for showing only, as above. */
export function unitPriceAfterRebate(price: UnitPrice, rebate: Ppm): UnitPrice {
  const amount = divideRounded(BigInt(price.amount) * BigInt(WHOLE - rebate), whole)
  return { ...price, amount: toExactNumber(amount) }
}

/**
 * Which of two unit prices is lower, on the same basis and exactly: negative when `a` is, 0 when
 * they are equal. Both are in the same currency.
 */
export function compareUnitPrices(a: UnitPrice, b: UnitPrice, vatRate: Ppm): number {
  if (a.basis === b.basis) return a.amount - b.amount
  const withVat = BigInt(WHOLE + vatRate)
  const difference =
    BigInt(a.amount) * (a.basis === 'net' ? withVat : whole) -
    BigInt(b.amount) * (b.basis === 'net' ? withVat : whole)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}
