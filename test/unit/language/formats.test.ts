import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as iso4217 from 'dinero.js/bigint/currencies'
import { minorUnitExponent } from '../../../domain/money/currency'
import { formatsIn } from '../../../language/formats'
import { minorUnitDigits } from '../../../language/numbers'
import { wordsIn } from '../../../language/words'

const sv = formatsIn(wordsIn('sv'), 'Europe/Stockholm')
const en = formatsIn(wordsIn('en'), 'Europe/Stockholm')

/** Spaces that do not break, written so that a test can be read. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

describe('money', () => {
  test('is written as Swedes and Britons write it', () => {
    expect(plain(sv.money(1_248_050, 'SEK'))).toBe('12 480,50 kr')
    expect(plain(en.money(1_248_050, 'SEK'))).toBe('SEK 12,480.50')
    expect(plain(sv.money(1_248_050, 'EUR'))).toBe('12 480,50 EUR')
    expect(plain(sv.money(12_480, 'JPY'))).toBe('12 480 JPY')
    expect(plain(sv.money(-50, 'SEK'))).toBe('−0,50 kr')
    expect(plain(en.money(-50, 'SEK'))).toBe('−SEK 0.50')
  })

  test('leaves out decimals only where there are none', () => {
    expect(plain(sv.wholeMoney(2_500_000, 'SEK'))).toBe('25 000 kr')
    expect(plain(sv.wholeMoney(2_500_050, 'SEK'))).toBe('25 000,50 kr')
  })

  test('loses no öre however large the amount', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (amount) => {
        const digits = sv
          .amount(amount, 'SEK')
          .replace('−', '-')
          .replace(/[^\d-]/g, '')
        expect(Number(digits)).toBe(amount)
      }),
    )
  })

  test('knows the decimals of every currency the domain knows', () => {
    const differing = Object.values(iso4217)
      .map(({ code }) => code)
      .filter((code) => minorUnitDigits(code) !== minorUnitExponent(code))
    expect(differing).toEqual([])
  })
})

describe('unit prices, quantities and rates', () => {
  test('show the decimals they have, and at least two for a price', () => {
    expect(sv.unitPrice(18_400_000)).toBe('18,40')
    expect(sv.unitPrice(22_944_000)).toBe('22,944')
    expect(plain(sv.unitPrice(39_400_000_000))).toBe('39 400,00')
    expect(sv.roundedUnitPrice(63_631_000)).toBe('63,63')
    expect(sv.roundedUnitPrice(-63_635_000)).toBe('−63,64')
    expect(plain(sv.quantityWithUnit(2_500, 'm'))).toBe('2,5 m')
    expect(plain(sv.quantity(1_250_000))).toBe('1 250')
    expect(en.quantity(1_250_500)).toBe('1,250.5')
  })

  test('per cent', () => {
    expect(plain(sv.percent(84_000))).toBe('8,4 %')
    expect(plain(sv.percent(250_000))).toBe('25 %')
    expect(en.percent(84_000)).toBe('8.4%')
    expect(plain(sv.signedPercent(32_049))).toBe('+3,2 %')
    expect(plain(sv.signedPercent(-32_049))).toBe('−3,2 %')
  })
})

describe('dates and times', () => {
  const now = '2026-11-23T13:05:00.000Z'
  const today = '2026-11-23'

  test('a day, with its year only when it is another one', () => {
    expect(plain(sv.day('2026-11-30', today))).toBe('mån 30 nov')
    expect(plain(en.day('2026-11-30', today))).toBe('Mon 30 Nov')
    expect(plain(sv.day('2027-01-04', today))).toBe('mån 4 jan 2027')
    expect(plain(sv.shortDay('2026-12-02', today))).toBe('2 dec')
  })

  test('clock times are those of the seller, also across midnight and summer time', () => {
    expect(sv.time(now)).toBe('14:05')
    expect(en.time(now)).toBe('14:05')
    expect(sv.time('2026-07-01T22:30:00.000Z')).toBe('00:30')
    expect(sv.dateOf('2026-07-01T22:30:00.000Z')).toBe('2026-07-02')
    expect(sv.dateOf('2026-12-01T22:59:59.000Z')).toBe('2026-12-01')
  })

  test('in rows: the time today, else the day', () => {
    expect(sv.shortWhen('2026-11-23T12:58:00.000Z', now)).toBe('13:58')
    expect(sv.shortWhen('2026-11-22T22:30:00.000Z', now)).toBe('i går')
    expect(plain(sv.shortWhen('2026-11-20T10:00:00.000Z', now))).toBe('20 nov')
  })

  test('in sentences: relative up to an hour', () => {
    const ago = (seconds: number) =>
      sv.when(new Date(Date.parse(now) - seconds * 1000).toISOString(), now)
    expect(ago(0)).toBe('nyss')
    expect(ago(12)).toBe('för 12 s sedan')
    expect(ago(59)).toBe('för 59 s sedan')
    expect(ago(60)).toBe('för 1 min sedan')
    expect(ago(3599)).toBe('för 59 min sedan')
    expect(plain(ago(3600))).toBe('i dag kl. 13:05')
    expect(plain(ago(86_400))).toBe('i går kl. 14:05')
    expect(plain(ago(86_400 * 3))).toBe('fre 20 nov kl. 14:05')
    // A clock that is a little off.
    expect(ago(-5)).toBe('nyss')
    expect(en.when('2026-11-23T13:04:48.000Z', now)).toBe('12 s ago')
  })

  test('what is to come', () => {
    expect(sv.until('2026-11-23T13:05:07.600Z', now)).toBe('om 8 s')
    expect(sv.until('2026-11-23T13:10:00.000Z', now)).toBe('om 5 min')
    expect(sv.until('2026-11-23T13:00:00.000Z', now)).toBe('om 0 s')
  })
})
