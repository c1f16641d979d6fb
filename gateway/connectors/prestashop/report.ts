import type {
  MasterDataInput,
  MasterDataKind,
  MasterDataResult,
} from '../../../contract/master-data'

/** A row as it is handed over: whole, or the mere key of one that is to go. */
export type MasterDataSent<K extends MasterDataKind> =
  | MasterDataInput<K>
  | { readonly id: string; readonly deleted: true }
  | { readonly article: string; readonly warehouse: string; readonly deleted: true }

/** The one way out of the connector: the gateway's batch upsert. */
export interface MasterDataPort {
  /** One result a batch, its counts and row indexes about the rows given. Never more than 1,000 rows. */
  upsert<K extends MasterDataKind>(
    kind: K,
    rows: readonly MasterDataSent<K>[],
  ): Promise<MasterDataResult>
}

/** Why something in the shop does not show in Kontor as it stands there. */
export const remarkReasons = {
  unreadable_row: 'The shop sent a row that cannot be read; what was known of it before stands.',
  draft: 'A product that has been begun but not saved in the shop.',
  guest_account: 'A guest account: it belongs to one order, not to a customer.',
  group_unknown: 'The customer is in no group the shop has.',
  address_incomplete: 'The address lacks street, postal code, city or a known country.',
  no_tax_rule: 'The tax rules group has no rule for the country: its products get 0 % VAT.',
  tax_rule_by_area:
    'A tax rule for a state or postal code was left out: the rate is the country’s.',
  reference_shared: 'The reference is not alone: the article number is made from the shop’s ids.',
  reference_changed: 'The reference has changed; the article keeps the number it had.',
  stock_of_unknown_article: 'A balance of a product or combination that the shop does not list.',
  stock_management_off: 'The shop does not keep stock, so its quantities mean nothing.',
  price_of_other_shop: 'The price belongs to another shop of the installation.',
  price_in_other_currency: 'The price is in another currency than the shop’s own.',
  price_in_other_country: 'The price holds in another country only.',
  price_of_unknown_product: 'The price belongs to a product or combination the shop does not list.',
  price_of_unknown_customer: 'The price belongs to a customer the shop does not list.',
  price_of_unknown_group: 'The price belongs to a customer group the shop does not list.',
  price_kind_unknown: 'The kind of reduction is not known.',
  price_never_valid: 'The price holds on no whole day.',
  price_from_time_of_day:
    'The price begins or ends within a day; in Kontor it holds the whole day.',
  price_of_one_contact: 'One contact’s own price counts for all of the company.',
} as const
export type RemarkReason = keyof typeof remarkReasons

export interface Remark {
  readonly resource: string
  readonly id: string
  readonly reason: RemarkReason
}

/** Which row of the shop a row of Kontor's is: what the way back needs. */
export interface ExternalLink {
  readonly kind: MasterDataKind
  /** Article `product:combination` (0 for none); company, contact: customer; else the row's own id. */
  readonly externalId: string
  readonly id: string
}

export interface FailedRow {
  readonly kind: MasterDataKind
  readonly key: string
  readonly code: string
  readonly pointer: string
  readonly message: string
}

export type KindCounts = Pick<
  MasterDataResult,
  'received' | 'created' | 'updated' | 'unchanged' | 'deleted' | 'failed'
>

/** What a pass did. Rows that had not changed since the pass before are not sent and not counted. */
export interface PrestaShopReport {
  readonly mode: PassMode
  readonly requests: number
  readonly kinds: Readonly<Partial<Record<MasterDataKind, KindCounts>>>
  /** Rows that were handed over and refused. */
  readonly failed: readonly FailedRow[]
  /** What did not come over at all. */
  readonly skipped: readonly Remark[]
  /** What came over otherwise than it stands in the shop. */
  readonly notes: readonly Remark[]
  readonly links: readonly ExternalLink[]
}

/** Everything, or what changed since the pass before. */
export type PassMode = 'full' | 'changes'
