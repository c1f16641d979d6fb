import { MICRO_SCALE, parseDecimal, printDecimal } from '../../../domain/money/decimal'
import { divideRounded, toExactNumber } from '../../../domain/money/rounding'

const million = 1_000_000n

/** A record's decimal, which its cast has made sure of, as exact micro units. */
export function micro(decimal: string): bigint {
  const parsed = parseDecimal(decimal, MICRO_SCALE)
  if (!parsed.ok) throw new RangeError(`${decimal} is no decimal of six places`)
  return BigInt(parsed.value)
}

/** Micro units → the shortest decimal. */
export function printMicro(value: bigint): string {
  return printDecimal(toExactNumber(value), MICRO_SCALE)
}

/** The product of two figures in micro units, rounded to micro units. */
export function timesMicro(a: bigint, b: bigint): bigint {
  return divideRounded(a * b, million)
}

/** What is left of a price after a part of it, given in micro of the whole, is taken off. */
export function lessPart(price: bigint, part: bigint): bigint {
  return timesMicro(price, million - part)
}

/** An amount with VAT → without, the rate in micro per cent. */
export function withoutVat(amount: bigint, ratePercent: bigint): bigint {
  return divideRounded(amount * 100n * million, 100n * million + ratePercent)
}
