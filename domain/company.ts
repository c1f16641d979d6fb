import type { Currency, Instant, MinorUnits } from './units'

export interface Address {
  readonly id: string
  readonly name: string
  readonly street: string
  readonly postalCode: string
  readonly city: string
  readonly country: string
}

/** The customer: a main customer in the ERP. `id` is the customer number. */
export interface Company {
  readonly id: string
  readonly name: string
  readonly vatNumber: string | null
  readonly currency: Currency
  readonly language: 'sv' | 'en'
  readonly customerGroupId: string
  readonly priceListId: string | null
  readonly paymentTerms: string | null
  readonly creditLimit: MinorUnits | null
  /** Open orders plus unpaid invoices as the source last reported them. */
  readonly exposure: MinorUnits
  readonly status: 'active' | 'on_hold' | 'blocked' | 'closed'
  readonly statusReason: string | null
  /** The username of the sales rep who owns the account. */
  readonly accountOwner: string | null
  readonly addresses: readonly Address[]
}

/** A person at a company who signs in to the webshop. */
export interface Contact {
  readonly id: string
  readonly companyId: string
  readonly name: string
  readonly email: string
  readonly phone: string | null
  /** Overrides the company's customer group for this person. */
  readonly customerGroupId: string | null
  readonly status: 'active' | 'disabled'
}

/** Each right includes the one before it. */
export const orderingRights = ['lists', 'requisition', 'order'] as const
export type OrderingRight = (typeof orderingRights)[number]

export interface CustomerGroup {
  readonly id: string
  readonly name: string
  readonly orderingRight: OrderingRight
  readonly priceListId: string | null
  /** Totals without VAT; null is no limit. They bind only the right `order`. */
  readonly orderLimit: {
    readonly perOrder: MinorUnits | null
    readonly perPeriod: MinorUnits | null
    readonly period: 'month' | 'year'
    readonly currency: Currency
  }
  /** Where an admin has set right and limits: who and when, and what the source last said instead. */
  readonly set?:
    | {
        readonly by: string
        readonly at: Instant
        readonly source: Pick<CustomerGroup, 'orderingRight' | 'orderLimit'>
      }
    | undefined
}
