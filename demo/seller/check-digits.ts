/**
 * The check digit that makes a row of digits valid by Luhn's algorithm (ISO/IEC 7812-1 annex B), as
 * Swedish organisation numbers use it.
 */
export function luhnCheckDigit(digits: string): number {
  let sum = 0
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index])
    const doubled = index % 2 === 0 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return (10 - (sum % 10)) % 10
}

/** A Swedish VAT number: SE, the organisation number's ten digits, 01. */
export function swedishVatNumber(nineDigits: string): string {
  return `SE${nineDigits}${luhnCheckDigit(nineDigits)}01`
}
