import { expect, test } from 'vitest'
import { formatsIn } from '../../../language/formats'
import { wordsIn } from '../../../language/words'

const said = (language: 'sv' | 'en', unit: string) =>
  formatsIn(wordsIn(language), 'Europe/Stockholm')
    .quantityWithUnit(2_000, unit)
    .replace(/\u00a0/g, ' ')

test.each([
  ['st', '2 st', '2 pcs'],
  ['förp', '2 förp', '2 pack'],
  ['m', '2 m', '2 m'],
  ['constructor', '2 constructor', '2 constructor'],
])('%s is %s, and %s in English', (unit, swedish, english) => {
  expect(said('sv', unit)).toBe(swedish)
  expect(said('en', unit)).toBe(english)
})
