/** The tables as Kysely sees them. int8 and numeric come as numbers (see connect.ts), dates as text. */
import type { ColumnType, Generated } from 'kysely'
import type { CommandAnswer } from '../../contract/commands'
import type { Order, Requisition } from '../../contract/entities'
import type { Actor } from '../../contract/primitives'
import type { Quote } from '../../contract/quotes'
import type { AnyReceipt, StorefrontChange } from '../../contract/storefront'
import type { Role } from '../../domain/access/roles'
import type { Deadlines } from '../../domain/approval/deadlines'
import type { ApprovalFacts } from '../../domain/approval/facts'
import type { ApprovalRule } from '../../domain/approval/policy'
import type { ContentKind } from '../../domain/attachment/kind'
import type { StockDisplay } from '../../domain/availability/stock-display'
import type { ProposedLine } from '../../domain/requisition/revalidate'

type Json<T> = ColumnType<T, string, string>
/** Written as ISO text, read as a Date. */
type Timestamp = ColumnType<Date, Date | string | undefined, Date | string>
type NullableTimestamp = ColumnType<
  Date | null,
  Date | string | null | undefined,
  Date | string | null
>
/** xid8 is compared in SQL and read as text; the feed turns it into a number. */
type Xid = ColumnType<string, string | undefined, string>

/**
 * What a decision changes of a requisition. It is kept beside the revision's content, which is large and
 * stays as it came in: writing all of it anew at every step was much of an approval's work.
 */
export type RequisitionProgress = Pick<
  Requisition,
  'state' | 'claimedBy' | 'outcome' | 'steps' | 'choices' | 'reminder' | 'attachments'
>

/** A customer group's right and limits, as its columns hold them. */
export interface RightsColumns {
  readonly ordering_right: 'lists' | 'requisition' | 'order'
  readonly limit_per_order: number | null
  readonly limit_per_period: number | null
  readonly period: 'month' | 'year'
  readonly currency: string
}

export interface Database {
  installation: {
    only_row: Generated<boolean>
    gateway_id: string
    epoch: string
    feed_floor: Generated<number>
    created_at: Timestamp
  }
  seller: {
    only_row: Generated<boolean>
    name: string
    currency: string
    time_zone: string
    vat_mode: 'per_rate_on_sum' | 'per_row'
    synced_price_max_age_hours: number | null
    deadlines: ColumnType<Deadlines, string | undefined, string>
    deadlines_version: Generated<number>
    stock_display: ColumnType<StockDisplay, string | undefined, string>
    stock_display_version: Generated<number>
    hold_minutes: Generated<number | null>
  }
  app_user: {
    id: string
    username: string
    display_name: string
    password_hash: string
    roles: Role[]
    team: string | null
    approval_limit: number | null
    discount_limit: Generated<number | null>
    margin_floor: Generated<number | null>
    status: 'active' | 'disabled'
    rights_version: Generated<number>
    version: Generated<number>
    created_at: Timestamp
    last_sign_in_at: NullableTimestamp
  }
  session: {
    token_hash: Buffer
    user_id: string
    created_at: Timestamp
    expires_at: Timestamp
    revoked_at: NullableTimestamp
  }
  command: {
    id: string
    user_id: string
    type: string
    aggregate_id: string
    body_hash: Buffer
    answer: Json<CommandAnswer>
    at: Timestamp
  }
  audit: {
    seq: Generated<number>
    xid: Xid
    at: Timestamp
    type: string
    actor: Json<Actor>
    aggregate_kind: string
    aggregate_id: string
    version: number
    data: Json<Record<string, unknown>>
    origin: Json<Record<string, unknown>>
    /** Either a salt, or the digest that an erased payload left behind. */
    salt: Generated<Buffer | null>
    digest: Generated<Buffer | null>
  }
  audit_seal: {
    n: number
    /** Arrays of int8 come as text. */
    seqs: ColumnType<string[], readonly number[], readonly number[]>
    entry_hashes: Buffer
    entries: number
    through_xid: ColumnType<string, string, string>
    through_seq: number | null
    at: ColumnType<Date, Date | string, Date | string>
    previous: Buffer
    hash: Buffer
  }
  feed: {
    kind: string
    id: string
    version: number
    xid: Xid
    company_id: string | null
    user_id: string | null
    value: Json<unknown>
    bytes: number
  }
  feed_day: { day: string; seq: number }
  holiday: { date: string; name: string }
  warehouse: {
    id: string
    name: string
    open_to_webshop: boolean
    priority: number
    customer_groups: Generated<string[]>
    /** What the source last said, while another openness is set here. */
    source: ColumnType<
      { readonly open_to_webshop: boolean } | null,
      string | null | undefined,
      string | null
    >
    set_by: Generated<string | null>
    set_at: NullableTimestamp
  }
  article_group: { id: string; name_sv: string; name_en: string | null }
  article: {
    id: string
    block: Generated<number>
    name_sv: string
    name_en: string | null
    unit: string
    precision: 0 | 1 | 2 | 3
    pack_multiple: number
    minimum_quantity: number
    group_id: string | null
    vat_rate: number
    list_price: number | null
    list_price_basis: 'net' | 'gross'
    currency: string
    cost: number | null
    supplier: string | null
    weight_grams: number | null
    status: 'active' | 'discontinued'
  }
  price_list: { id: string; name: string; currency: string }
  customer_group: {
    id: string
    name: string
    ordering_right: 'lists' | 'requisition' | 'order'
    price_list_id: string | null
    limit_per_order: number | null
    limit_per_period: number | null
    period: 'month' | 'year'
    currency: string
    /** What the source last said, while others are set here. */
    source: ColumnType<RightsColumns | null, string | null | undefined, string | null>
    set_by: Generated<string | null>
    set_at: NullableTimestamp
  }
  company: {
    id: string
    name: string
    vat_number: string | null
    currency: string
    language: 'sv' | 'en'
    customer_group_id: string
    price_list_id: string | null
    payment_terms: string | null
    credit_limit: number | null
    exposure: number
    status: 'active' | 'on_hold' | 'blocked' | 'closed'
    status_reason: string | null
    account_owner: string | null
  }
  address: {
    id: string
    company_id: string
    name: string
    street: string
    postal_code: string
    city: string
    country: string
  }
  contact: {
    id: string
    company_id: string
    name: string
    email: string
    phone: string | null
    customer_group_id: string | null
    status: 'active' | 'disabled'
  }
  price_rule: {
    kind: 'contract' | 'price_list' | 'campaign' | 'synced' | 'rebate'
    id: string
    article_id: string | null
    article_group_id: string | null
    company_id: string | null
    customer_group_id: string | null
    price_list_id: string | null
    minimum_quantity: number
    price: number | null
    basis: 'net' | 'gross' | null
    currency: string | null
    rebate: number | null
    net: boolean | null
    campaign: string | null
    source: string | null
    observed_at: NullableTimestamp
    valid_from: string | null
    valid_to: string | null
  }
  stock_balance: {
    article_id: string
    warehouse_id: string
    on_hand: number
    safety_stock: number
    lead_time_days: number | null
    source: string
    observed_at: Timestamp
  }
  stock_backlog: {
    id: string
    article_id: string
    warehouse_id: string
    quantity: number
    planned_date: string | null
  }
  stock_inbound: {
    id: string
    article_id: string
    warehouse_id: string
    quantity: number
    date: string | null
    confirmed: boolean
  }
  connector_state: {
    name: string
    cursor: Json<unknown>
    report: Json<unknown>
    passed_at: Timestamp
  }
  external_key: { system: string; kind: string; external_id: string; id: string }
  shop: {
    id: string
    name: string
    secret: string
    former_secret: string | null
    former_secret_until: NullableTimestamp
    push_url: string | null
    told_of_availability: Generated<boolean>
    status: Generated<'active' | 'disabled'>
    created_at: Timestamp
  }
  storefront_event: {
    shop_id: string
    webhook_id: string
    body_hash: Buffer
    receipt: Json<AnyReceipt>
    at: Timestamp
  }
  requisition: {
    id: string
    number: string
    shop_id: string
    document_id: string
    kind: Requisition['kind']
    origin: Requisition['origin']
    name: string | null
    state: Requisition['state']
    revision: number
    version: number
    company_id: string
    contact_id: string
    currency: string
    submitted_at: Timestamp
    received_at: Timestamp
    finished_at: NullableTimestamp
    net: number
    claimed_by: string | null
    body: Json<Requisition>
    progress: Json<RequisitionProgress>
    look_at: NullableTimestamp
  }
  stock_hold: {
    requisition_id: string
    line_id: string
    revision: number
    article_id: string
    warehouse_id: string
    quantity: number
    planned_date: string | null
    observed_at: Timestamp
    held_by: string
    held_at: Timestamp
    held_until: Timestamp
  }
  requisition_words: { requisition_id: string; words: string }
  requisition_revision: {
    requisition_id: string
    revision: number
    submitted_at: Timestamp
    received_at: NullableTimestamp
    body: Json<Requisition>
    facts: Json<ApprovalFacts> | null
    /** By line id, as it was when it came in. */
    proposed: Json<Readonly<Record<string, ProposedLine>>> | null
    made_by: Json<Actor> | null
    made_how: 'submitted' | 'edited' | 'accepted' | null
  }
  requisition_article: { article_id: string; requisition_id: string }
  attachment_content: { sha256: Buffer; size: number; stored_at: Timestamp }
  attachment_piece: { sha256: Buffer; n: number; bytes: Buffer }
  attachment: {
    id: string
    sha256: Buffer
    size: number
    kind: ContentKind
    user_id: string | null
    shop_id: string | null
    uploaded_at: Timestamp
  }
  requisition_attachment: { requisition_id: string; attachment_id: string }
  requisition_attachment_removed: { requisition_id: string; attachment_id: string }
  quote: {
    id: string
    number: string
    requisition_id: string | null
    shop_id: string | null
    state: Quote['state']
    revision: number
    version: number
    company_id: string
    contact_id: string
    currency: string
    net: number
    valid_until: string
    created_at: Timestamp
    finished_at: NullableTimestamp
    body: Json<Quote>
    search: string
  }
  quote_revision: {
    quote_id: string
    revision: number
    sent_at: Timestamp
    body: Json<Quote>
  }
  quote_article: { article_id: string; quote_id: string }
  approval_policy: {
    version: number
    rules: Json<ApprovalRule[]>
    set_by: string | null
    set_at: Timestamp
  }
  delegation: {
    id: string
    from_user: string
    to_user: string
    from_date: string
    until_date: string
    reason: string
    ended_at: NullableTimestamp
    version: Generated<number>
  }
  mail: {
    id: string
    kind: string
    aggregate_kind: string
    aggregate_id: string
    revision: number
    version: number
    contact_id: string
    recipient: string
    language: 'sv' | 'en'
    state: Generated<'queued' | 'sent' | 'failed' | 'skipped'>
    attempts: Generated<number>
    next_attempt_at: Timestamp
    last_error: string | null
    queued_at: Timestamp
    settled_at: NullableTimestamp
  }
  customer_link: {
    id: string
    token_hash: Buffer
    purpose: string
    aggregate_kind: string
    aggregate_id: string
    revision: number
    contact_id: string
    created_at: Timestamp
    expires_at: Timestamp
    used_at: NullableTimestamp
  }
  sales_order: {
    id: string
    number: string
    source_kind: string
    source_id: string
    part: string
    state: Order['state']
    version: number
    company_id: string
    contact_id: string
    /** Who has approved it of the customer's; null where none was asked. */
    charged_to: string | null
    currency: string
    net: number
    gross: number
    placed_at: Timestamp
    exported_at: NullableTimestamp
    body: Json<Order>
    search: string
  }
  sales_order_line: {
    order_id: string
    line_id: string
    article_id: string
    warehouse_id: string | null
    quantity: number
    unit_price: number
    basis: 'net' | 'gross'
    rebate: number
    vat_rate: number
    row_amount: number
    planned_date: string | null
    open: Generated<boolean>
    exported_at: NullableTimestamp
    taken_at: NullableTimestamp
  }
  storefront_change: {
    id: string
    shop_id: string
    xid: Xid
    at: Timestamp
    change: Json<StorefrontChange>
  }
  storefront_push: {
    shop_id: string
    xid: Generated<string>
    change_id: string | null
    attempts: Generated<number>
    next_attempt_at: Timestamp
    last_error: string | null
  }
}
