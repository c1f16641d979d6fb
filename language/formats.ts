import { localeOf } from './catalogue'
import { createDates } from './dates'
import type { Dates } from './dates'
import { decimalText, MINUS, minorUnitDigits, NO_BREAK_SPACE, roundedTo } from './numbers'
import { unitWord } from './units'
import type { Words } from './words'

/** A figure and what it counts, so that the latter can stand in a lighter tone. */
export interface FigureParts {
  readonly figure: string
  readonly unit: string
  /** Where the language puts it. */
  readonly unitFirst: boolean
}

/** How one language writes figures and times. Figures are in the units of `domain/units.ts`. */
export interface Formats extends Dates {
  /** Minor units → `12 480,50 kr`. */
  readonly money: (amount: number, currency: string) => string
  /** The same without decimals where there are none: `25 000 kr`, for limits. */
  readonly wholeMoney: (amount: number, currency: string) => string
  /** `25 000`: the same without the currency, where it stands beside another amount. */
  readonly wholeAmount: (amount: number, currency: string) => string
  readonly moneyParts: (amount: number, currency: string) => FigureParts
  /** Minor units → `12 480,50`, for columns whose currency is named elsewhere. */
  readonly amount: (amount: number, currency: string) => string
  /** Micro units → `18,40`, or as many of its six decimals as it has. */
  readonly unitPrice: (amount: number) => string
  /** Micro units with the currency → `18,40 kr`. */
  /** A price that was counted out, to two decimals: `63,63`. */
  readonly roundedUnitPrice: (amount: number) => string
  readonly unitPriceWithCurrency: (amount: number, currency: string) => string
  /** Milli units → `2,5`. */
  readonly quantity: (quantity: number) => string
  /** Milli units with the unit → `2,5 m`. */
  readonly quantityWithUnit: (quantity: number, unit: string) => string
  /** A unit as the reader calls it: `st` is `pcs` in English. */
  readonly unit: (unit: string) => string
  /** Parts per million → `8,4 %`, with at most `decimals` of them. */
  readonly percent: (rate: number, decimals?: number) => string
  /** The same with a sign that is always there: `+3,2 %`. */
  readonly signedPercent: (rate: number, decimals?: number) => string
  readonly integer: (value: number) => string
  /** How large a file is, from bytes: `312 kB`, `1,4 MB`. */
  readonly fileSize: (bytes: number) => string
  /** `a, b och c` */
  readonly list: (items: readonly string[]) => string
  /** `a, b eller c` */
  readonly either: (items: readonly string[]) => string
}

const made = new Map<string, Formats>()

/** The formats of a language; clock times are those of `timeZone` (an IANA name). */
export function formatsIn(words: Words, timeZone: string): Formats {
  const key = `${words.language} ${timeZone}`
  let formats = made.get(key)
  if (!formats) made.set(key, (formats = createFormats(words, timeZone)))
  return formats
}

function createFormats(words: Words, timeZone: string): Formats {
  const locale = localeOf[words.language]
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' })
  const choices = new Intl.ListFormat(locale, { type: 'disjunction' })
  const unitFirst = words.language === 'en'

  const amount = (value: number, currency: string) => {
    const digits = minorUnitDigits(currency)
    return decimalText(locale, value, digits, digits)
  }
  const wholeAmount = (value: number, currency: string) => {
    const digits = minorUnitDigits(currency)
    return decimalText(locale, value, digits, value % 10 ** digits === 0 ? 0 : digits)
  }
  const withCurrency = (figure: string, currency: string) =>
    unitFirst
      ? figure.startsWith(MINUS)
        ? `${MINUS}${currency}${NO_BREAK_SPACE}${figure.slice(1)}`
        : `${currency}${NO_BREAK_SPACE}${figure}`
      : `${figure}${NO_BREAK_SPACE}${currencyName(currency)}`
  const unitPrice = (value: number) => decimalText(locale, value, 6, 2)
  const quantity = (value: number) => decimalText(locale, value, 3, 0)
  const unit = (named: string) => unitWord(named, words.language)
  const percent = (rate: number, decimals = 1) =>
    `${decimalText(locale, roundedTo(rate, 4, decimals), 4, 0)}${unitFirst ? '' : NO_BREAK_SPACE}%`

  return {
    ...createDates(words, timeZone),
    money: (value, currency) => withCurrency(amount(value, currency), currency),
    wholeMoney: (value, currency) => withCurrency(wholeAmount(value, currency), currency),
    wholeAmount,
    moneyParts: (value, currency) => ({
      figure: amount(value, currency),
      unit: unitFirst ? currency : currencyName(currency),
      unitFirst,
    }),
    amount,
    unitPrice,
    roundedUnitPrice: (value) => unitPrice(roundedTo(value, 6, 2)),
    unitPriceWithCurrency: (value, currency) => withCurrency(unitPrice(value), currency),
    quantity,
    quantityWithUnit: (value, named) => `${quantity(value)}${NO_BREAK_SPACE}${unit(named)}`,
    unit,
    percent,
    signedPercent: (rate, decimals) => `${rate > 0 ? '+' : ''}${percent(rate, decimals)}`,
    integer: (value) => decimalText(locale, value, 0, 0),
    fileSize: (bytes) => {
      const figure =
        bytes < 999_500
          ? decimalText(locale, Math.max(1, Math.round(bytes / 1_000)), 0, 0)
          : decimalText(locale, roundedTo(bytes, 6, 1), 6, 0)
      return `${figure}${NO_BREAK_SPACE}${bytes < 999_500 ? 'kB' : 'MB'}`
    },
    list: (items) => lists.format(items),
    either: (items) => choices.format(items),
  }
}

/** Swedish writes kronor as kr; every other currency by its code, so that none is mistaken. */
function currencyName(currency: string): string {
  return currency === 'SEK' ? 'kr' : currency
}
