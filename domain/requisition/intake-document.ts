import type { Article, Warehouse } from '../article'
import type { Address, Company, Contact, CustomerGroup } from '../company'
import type { QuantityRefusal } from '../quantity'
import type { CalendarDate, Currency, Instant, MicroUnits, Milli, Ppm } from '../units'
import type { QuotedPrice } from './line-price'
import type { RequisitionKind } from './states'

/** A price that one of the seller's people has set by hand. */
export interface SetPrice extends QuotedPrice {
  readonly by: { readonly id: string; readonly name: string }
}

/** A line as a webshop sends it, its figures already in our units. */
export interface IntakeLine {
  readonly id: string
  readonly article: string
  readonly quantity: Milli
  /** What the customer was shown, in the document's currency, before rebate. */
  readonly price: {
    readonly amount: MicroUnits
    readonly basis: 'net' | 'gross'
    readonly rebate: Ppm
  } | null
  /** Never from a webshop. */
  readonly set?: SetPrice | undefined
  readonly warehouse: string | null
  readonly requestedDate: CalendarDate | null
}

/** What a webshop sends in, as far as rules look at it. */
export interface IntakeDocument<Line extends IntakeLine = IntakeLine> {
  readonly revision: number
  readonly contact: string
  readonly currency: Currency
  readonly lines: readonly Line[]
  /** The key of one of the company's addresses, or an address written out. */
  readonly deliveryAddress: string | Omit<Address, 'id'> | null
  readonly requestedDate: CalendarDate | null
}

/** When and as what it was sent. */
export interface Sending {
  readonly kind: RequisitionKind
  /** By the shop's clock. */
  readonly sentAt: Instant
  readonly now: Instant
}

/** What is looked at of an article. */
export type IntakeArticle = Pick<
  Article,
  | 'id'
  | 'groupId'
  | 'listPrice'
  | 'vatRate'
  | 'precision'
  | 'packMultiple'
  | 'minimumQuantity'
  | 'status'
>

/** Who the document is from and what it names, as found; what was not found is missing. */
export interface IntakeFacts<A extends IntakeArticle = IntakeArticle> {
  readonly contact: Pick<Contact, 'id' | 'name' | 'status'> | null
  /** The contact's. */
  readonly company: Company | null
  /** The contact's own group, else the company's. */
  readonly group: CustomerGroup | null
  readonly articles: ReadonlyMap<string, A>
  readonly warehouses: ReadonlyMap<string, Pick<Warehouse, 'id' | 'openToWebshop'>>
}

/** What is wrong at one place of a document, with what it takes to say so. */
export type IntakeProblem =
  | QuantityRefusal
  | { readonly code: 'unknown_contact' }
  | { readonly code: 'contact_disabled' }
  | { readonly code: 'company_blocked'; readonly reason: string | null }
  | { readonly code: 'company_closed'; readonly reason: string | null }
  | {
      readonly code: 'ordering_right_too_low'
      readonly has: CustomerGroup['orderingRight']
      readonly needs: CustomerGroup['orderingRight']
    }
  | { readonly code: 'wrong_currency'; readonly currency: Currency }
  | { readonly code: 'unknown_address' }
  | { readonly code: 'date_out_of_range' }
  | { readonly code: 'timestamp_out_of_range' }
  | { readonly code: 'duplicate_line_id'; readonly first: number }
  | { readonly code: 'unknown_article' }
  | { readonly code: 'unknown_warehouse' }
  | { readonly code: 'warehouse_not_open' }
  | { readonly code: 'amount_too_large' }

/** `pointer` is a JSON pointer (RFC 6901) into the document, `''` for what stands around it. */
export interface IntakeRefusal {
  readonly pointer: string
  readonly problem: IntakeProblem
}
