/**
 * The one way Kontor rounds: exact bigint arithmetic up to a single division, halves away from zero.
 */

/** `numerator / denominator` to the nearest whole number, halves away from zero. The denominator is above 0. */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const magnitude = numerator < 0n ? -numerator : numerator
  const rounded = (2n * magnitude + denominator) / (2n * denominator)
  return numerator < 0n ? -rounded : rounded
}

/** A figure that a number does not hold exactly any more. */
export class AmountTooLarge extends RangeError {
  override readonly name = 'AmountTooLarge'
}

/**
 * A bigint as a plain number, exactly. Past ±(2⁵³ − 1) it throws: figures are checked where they
 * come in (`tryDocumentTotals`, `quantityRefusals`), so that a larger one here is a bug.
 */
export function toExactNumber(value: bigint): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw new AmountTooLarge(`${value} is not exact as a number`)
  return number
}

/** 10ⁿ for n from 0. */
export function powerOfTen(exponent: number): bigint {
  return 10n ** BigInt(exponent)
}
