import type { MasterDataInput, MasterDataKind } from '../../contract/master-data'
import type { StorefrontEventInput } from '../../contract/storefront'
import type { Role } from '../../domain/access/roles'
import type { Deadlines } from '../../domain/approval/deadlines'
import type { ApprovalRule } from '../../domain/approval/policy'
import type { VatMode } from '../../domain/money/totals'
import type { CalendarDate, Currency, Instant, MinorUnits } from '../../domain/units'

/** What the demo is made from; the same again gives the same to the byte. */
export interface DemoOptions {
  readonly seed: number
  /** The date in Stockholm that deliveries, backlog and campaigns are counted from. */
  readonly today: CalendarDate
  /** The moment the first inbox looks back from; five past two in the afternoon, UTC+1, by default. */
  readonly now?: Instant
}

/** The seller itself, in the fields the gateway's settings have. */
export interface DemoSeller {
  readonly name: string
  readonly currency: Currency
  readonly timeZone: string
  readonly vatMode: VatMode
  readonly syncedPriceMaxAgeHours: number | null
}

/** Someone who works at the seller. Passwords are nobody's data: the gateway makes them up. */
export interface DemoUser {
  readonly username: string
  readonly displayName: string
  readonly roles: readonly Role[]
  readonly team: string | null
  /** Öre without VAT; null is no limit. */
  readonly approvalLimit: MinorUnits | null
}

/** Rows of one kind, as the master-data door takes them and never more than it takes at once. */
export type DemoBatch = {
  readonly [K in MasterDataKind]: {
    readonly kind: K
    readonly rows: readonly MasterDataInput<K>[]
  }
}[MasterDataKind]

/** A signed event the shop would have sent; `id` is its `webhook-id`. */
export interface DemoEvent {
  readonly id: string
  readonly event: StorefrontEventInput
}

export interface DemoData {
  readonly seller: DemoSeller
  readonly users: readonly DemoUser[]
  readonly rules: readonly ApprovalRule[]
  readonly deadlines: Deadlines
  /** In an order in which they can be loaded. */
  readonly batches: readonly DemoBatch[]
  /** Oldest first. */
  readonly events: readonly DemoEvent[]
}

/** Rows of every kind while the seller is being made. */
export type DemoRows = { readonly [K in MasterDataKind]: readonly MasterDataInput<K>[] }
