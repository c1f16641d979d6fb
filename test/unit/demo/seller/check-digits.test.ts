import { describe, expect, it } from 'vitest'
import { luhnCheckDigit, swedishVatNumber } from '../../../../demo/seller/check-digits'

describe('check digits', () => {
  it.each([
    // The example of the tax authority's brochure on organisation numbers, and Luhn's own.
    ['212000014', 2],
    ['7992739871', 3],
    ['0', 0],
    ['5', 9],
  ])('of %s is %i', (digits, checkDigit) => {
    expect(luhnCheckDigit(digits)).toBe(checkDigit)
  })

  it('make a VAT number', () => {
    expect(swedishVatNumber('212000014')).toBe('SE212000014201')
  })
})
