import type { CalendarDate, Currency, Instant, Milli, Ppm, UnitPrice } from '../units'

/** Half-open in neither direction: both days belong to the span; null is open-ended. */
export interface ValidDates {
  readonly from: CalendarDate | null
  readonly to: CalendarDate | null
}

interface PriceRow extends ValidDates {
  readonly id: string
  readonly articleId: string
  /** The quantity from which the row counts. */
  readonly minimumQuantity: Milli
  readonly price: UnitPrice
}

/** Agreed with one company. `net` means no rebate comes off it. */
export interface ContractPrice extends PriceRow {
  readonly kind: 'contract'
  readonly companyId: string
  readonly net: boolean
}

/** A row of a price list that companies and groups point at. */
export interface PriceListPrice extends PriceRow {
  readonly kind: 'price_list'
  readonly priceListId: string
}

/** A campaign, for everyone or for one group or company. */
export interface CampaignPrice extends PriceRow {
  readonly kind: 'campaign'
  readonly campaign: string
  readonly customerGroupId: string | null
  readonly companyId: string | null
}

/** A price another system is master of: it wins as it stands, rebate included. */
export interface SyncedPrice extends PriceRow {
  readonly kind: 'synced'
  /** Null counts for every company (of the group, when there is one). */
  readonly companyId: string | null
  readonly customerGroupId: string | null
  readonly source: string
  readonly observedAt: Instant
}

/** A cell of the rebate matrix: who gets how much off what. Null on a side means anyone or anything. */
export interface RebateRule extends ValidDates {
  readonly kind: 'rebate'
  readonly id: string
  readonly companyId: string | null
  readonly customerGroupId: string | null
  readonly articleId: string | null
  readonly articleGroupId: string | null
  readonly minimumQuantity: Milli
  readonly rebate: Ppm
}

export type PriceRule = ContractPrice | PriceListPrice | CampaignPrice | SyncedPrice | RebateRule

/** Whose price is asked for, of what, how much and when. */
export interface PriceQuestion {
  readonly company: {
    readonly id: string
    readonly customerGroupId: string
    readonly priceListId: string | null
    readonly groupPriceListId: string | null
    readonly currency: Currency
  }
  readonly article: {
    readonly id: string
    readonly groupId: string | null
    readonly listPrice: UnitPrice | null
    readonly vatRate: Ppm
  }
  readonly quantity: Milli
  readonly date: CalendarDate
  /** For telling whether a synced price is stale. */
  readonly now: Instant
  readonly syncedPriceMaxAgeHours: number | null
}

/** Why a price is what it is, in the order the rules were tried; the screen words it. */
export type PriceStep =
  | { readonly kind: 'used'; readonly rule: PriceSource; readonly price: UnitPrice }
  | { readonly kind: 'passed_over'; readonly rule: PriceSource; readonly price: UnitPrice }
  | { readonly kind: 'rebate'; readonly ruleId: string; readonly rebate: Ppm }
  | { readonly kind: 'no_rebate_on_net_price' }

export type PriceSource =
  | {
      readonly kind: 'synced'
      readonly ruleId: string
      readonly source: string
      readonly observedAt: Instant
    }
  | { readonly kind: 'contract'; readonly ruleId: string; readonly net: boolean }
  | { readonly kind: 'company_price_list'; readonly ruleId: string; readonly priceListId: string }
  | { readonly kind: 'group_price_list'; readonly ruleId: string; readonly priceListId: string }
  | { readonly kind: 'list_price' }
  | { readonly kind: 'campaign'; readonly ruleId: string; readonly campaign: string }

/** The company's own price before and after rebate, or the plain fact that there is none. */
export type PriceResolution =
  | {
      readonly kind: 'priced'
      /** Before rebate. */
      readonly unitPrice: UnitPrice
      readonly rebate: Ppm
      readonly listPrice: UnitPrice | null
      readonly vatRate: Ppm
      readonly source: PriceSource
      readonly steps: readonly PriceStep[]
      /** True when a synced price is older than the seller allows. */
      readonly stale: boolean
    }
  | {
      readonly kind: 'missing'
      readonly reason: 'no_rule' | 'other_currency_only'
      readonly listPrice: UnitPrice | null
      readonly vatRate: Ppm
    }
