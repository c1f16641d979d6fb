/**
 * Decimal strings ↔ the scaled integers of `units.ts`: "19.12" at scale 6 is 19_120_000. Nothing is
 * ever rounded on the way in.
 */

/** Decimals of the scaled integers in `units.ts`. */
export const MICRO_SCALE = 6
export const MILLI_SCALE = 3
/** Per cent to parts per million: "25" is 250_000. */
export const PERCENT_SCALE = 4

/**
 * - `plain`: what machines write, `-1234.5`.
 * - `typed`: what people type. Comma or point for the decimals, spaces between digit groups, a real
 *   minus sign. Both a comma and a point are refused: which one groups cannot be known.
 */
export type DecimalNotation = 'plain' | 'typed'

export interface DecimalError {
  readonly code: 'decimal_empty' | 'decimal_malformed' | 'decimal_too_fine' | 'decimal_too_large'
  readonly text: string
  /** How many decimals there may be. */
  readonly scale: number
}

export type ParsedDecimal =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly error: DecimalError }

const digitGroups = /(?<=\d)[ \u00a0\u2009\u202f](?=\d{3}(?:\D|$))/g

/**
 * A decimal string → integer × 10^`scale`. Zeros beyond the scale are let through ("19.1200000" at
 * scale 6), any other digit there is `decimal_too_fine`; past ±(2⁵³ − 1) it is `decimal_too_large`.
 */
export function parseDecimal(
  text: string,
  scale: number,
  notation: DecimalNotation = 'plain',
): ParsedDecimal {
  const fail = (code: DecimalError['code']): ParsedDecimal => ({
    ok: false,
    error: { code, text, scale },
  })
  const trimmed = text.trim()
  if (trimmed === '') return fail('decimal_empty')
  const plain =
    notation === 'typed'
      ? trimmed.replace('\u2212', '-').replace(digitGroups, '').replace(',', '.')
      : trimmed
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(plain)
  if (!match) return fail('decimal_malformed')
  const [, sign = '', whole = '', fraction = ''] = match
  const significant = fraction.replace(/0+$/, '')
  if (significant.length > scale) return fail('decimal_too_fine')
  // Before BigInt, so that a megabyte of digits costs nothing.
  if (whole.replace(/^0+/, '').length > 16) return fail('decimal_too_large')
  const magnitude = Number(BigInt(whole + significant.padEnd(scale, '0')))
  if (!Number.isSafeInteger(magnitude)) return fail('decimal_too_large')
  // Never -0: it survives neither JSON nor a database.
  return { ok: true, value: sign === '-' && magnitude !== 0 ? -magnitude : magnitude }
}

/**
 * Integer × 10^`scale` → its decimal string with a point, exactly; trailing zeros are left out down
 * to `minimumDecimals` (0 unless told). `parseDecimal` reads it back to the same integer.
 */
export function printDecimal(value: number, scale: number, minimumDecimals = 0): string {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not an exact integer`)
  const digits = String(Math.abs(value)).padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  let fraction = digits.slice(digits.length - scale)
  while (fraction.length > minimumDecimals && fraction.endsWith('0')) {
    fraction = fraction.slice(0, -1)
  }
  fraction = fraction.padEnd(minimumDecimals, '0')
  return `${value < 0 ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`
}
