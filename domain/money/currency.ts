import * as iso4217 from 'dinero.js/bigint/currencies'
import type { Currency } from '../units'

const exponents: ReadonlyMap<Currency, number> = new Map(
  Object.values(iso4217)
    // The table gives ariary and ouguiya their fifths; ISO 4217 gives both two decimals.
    .filter((currency) => currency.base === 10n)
    .map((currency) => [currency.code, Number(currency.exponent)]),
)

/**
 * Decimals of a currency's minor unit by ISO 4217: 2 for SEK, 0 for JPY, 3 for KWD. A code the table
 * does not know has 2, as most do.
 */
export function minorUnitExponent(currency: Currency): number {
  return exponents.get(currency) ?? 2
}
