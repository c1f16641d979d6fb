/**
 * Scaled integers → text in a language's forms, exactly: the digits are never passed through a
 * floating-point number.
 */

/** ISO 4217 minor units that are not two. */
const minorDigits: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'
      .split(' ')
      .map((code) => [code, 0]),
  ),
  ...Object.fromEntries('BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3])),
  CLF: 4,
  UYW: 4,
}

/** Decimals of a currency's minor unit. */
export function minorUnitDigits(currency: string): number {
  return minorDigits[currency] ?? 2
}

export const MINUS = '\u2212'
export const NO_BREAK_SPACE = '\u00a0'

interface Separators {
  readonly decimal: string
  readonly grouping: Intl.NumberFormat
}

const separators = new Map<string, Separators>()

function separatorsOf(locale: string): Separators {
  let found = separators.get(locale)
  if (!found) {
    const decimal =
      new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === 'decimal')
        ?.value ?? '.'
    found = { decimal, grouping: new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }) }
    separators.set(locale, found)
  }
  return found
}

/**
 * Integer × 10⁻`scale` → digits in groups. Trailing zeros are left out down to `minimumDecimals`;
 * nothing is rounded.
 */
export function decimalText(
  locale: string,
  value: number,
  scale: number,
  minimumDecimals: number,
): string {
  const { decimal, grouping } = separatorsOf(locale)
  const digits = String(Math.abs(value)).padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  let fraction = digits.slice(digits.length - scale)
  while (fraction.length > minimumDecimals && fraction.endsWith('0'))
    fraction = fraction.slice(0, -1)
  fraction = fraction.padEnd(minimumDecimals, '0')
  const sign = value < 0 ? MINUS : ''
  return `${sign}${grouping.format(BigInt(whole))}${fraction ? decimal + fraction : ''}`
}

/** A scaled integer rounded to fewer decimals, half away from zero, on the same scale. */
export function roundedTo(value: number, scale: number, decimals: number): number {
  const step = 10 ** Math.max(0, scale - decimals)
  return Math.sign(value) * Math.round(Math.abs(value) / step) * step
}
