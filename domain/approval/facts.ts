import type { OrderingRight } from '../company'
import { requisitionKinds } from '../requisition/states'
import type { Currency, MinorUnits, Ppm } from '../units'

/** What a document may be for rules: a requisition of some kind, or a quote of ours. */
export const documentKinds = [...requisitionKinds, 'quote'] as const

/** What rules look at: one revision of a requisition or of a quote, at the moment it is judged. */
export interface ApprovalFacts {
  readonly kind: (typeof documentKinds)[number]
  readonly currency: Currency
  /** Totals without and with VAT, of the lines that have a price. */
  readonly net: MinorUnits
  readonly gross: MinorUnits
  /** Of the document; null when a line has no price or no known cost. */
  readonly margin: Ppm | null
  /** The largest discount of a line against its list price; null when no line has one to compare with. */
  readonly discount: Ppm | null
  readonly lines: number
  /** Lines that no warehouse opened to the webshop can deliver in full today; null when nobody looked. */
  readonly shortLines: number | null
  /** Lines that are ordered at another price than the company's own now: shown so, or set by hand. */
  readonly changedPrices: number
  /** By how much the company's credit limit is exceeded with this, with VAT; 0 when it is not. */
  readonly overCredit: MinorUnits
  readonly onHold: boolean
  /**
   * Whoever sent it may order, but not so much by themselves or not in this currency; null of revisions
   * from before it was looked at.
   */
  readonly overOwnLimit: boolean | null
  /** The company has never ordered before; null when nobody looked. */
  readonly firstOrder: boolean | null
  readonly orderingRight: OrderingRight
  readonly customerGroup: string
  /** Of the articles, each once. */
  readonly articleGroups: readonly string[]
}

/** Facts that are amounts of money, in the document's currency. */
export const moneyFacts = ['net', 'gross', 'overCredit'] as const
/** Facts that are rates in parts per million. */
export const rateFacts = ['margin', 'discount'] as const
/** Facts that are counts of lines. */
export const countFacts = ['lines', 'shortLines', 'changedPrices'] as const
export const flagFacts = ['overOwnLimit', 'onHold', 'firstOrder'] as const
export const choiceFacts = ['kind', 'currency', 'orderingRight', 'customerGroup'] as const
/** Facts that are several choices at once. */
export const setFacts = ['articleGroups'] as const

export type MoneyFact = (typeof moneyFacts)[number]
export type RateFact = (typeof rateFacts)[number]
export type CountFact = (typeof countFacts)[number]
export type FlagFact = (typeof flagFacts)[number]
export type ChoiceFact = (typeof choiceFacts)[number]
export type SetFact = (typeof setFacts)[number]
export type FactName = keyof ApprovalFacts
