import { expect, it } from 'vitest'
import { minorUnitExponent } from '../../../../domain/money/currency'

it.each([
  ['SEK', 2],
  ['EUR', 2],
  ['JPY', 0],
  ['ISK', 0],
  ['KWD', 3],
  ['CLF', 4],
  // Fifths of an ariary and an ouguiya are coins, not decimals.
  ['MGA', 2],
  ['MRU', 2],
  ['XYZ', 2],
])('%s has %i decimals', (currency, exponent) => {
  expect(minorUnitExponent(currency)).toBe(exponent)
})
