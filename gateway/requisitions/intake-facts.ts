import { sql } from 'kysely'
import type { Company, Contact, CustomerGroup } from '../../domain/company'
import type { IntakeArticle } from '../../domain/requisition/intake-document'
import { periodStart } from '../../domain/requisition/decision-reasons'
import type { CalendarDate } from '../../domain/units'
import type { Transaction } from '../database/transaction'
import { listPriceOf } from './load-prices'

/** Who sent something in: the contact, its company, and the group whose rights and prices count. */
export interface IntakeParties {
  readonly contact: Pick<Contact, 'id' | 'name' | 'companyId' | 'status'>
  readonly company: Company
  /** The contact's own group, else the company's: it gives the ordering right. */
  readonly group: CustomerGroup
  /** Prices are the company's own, whoever of its people asks. */
  readonly companyGroup: CustomerGroup
}

/** An article as rules and the search look at it. */
export interface NamedArticle extends IntakeArticle {
  readonly nameSv: string
  readonly nameEn: string | null
}

/**
 * The parties behind a contact, or null when it is unknown. The company's row is locked until the
 * transaction ends, so that limits and credit are counted by one document at a time.
 */
export async function lockParties(
  tx: Transaction,
  contactId: string,
): Promise<IntakeParties | null> {
  const row = await tx
    .selectFrom('contact')
    .innerJoin('company', 'company.id', 'contact.company_id')
    .selectAll('company')
    .select([
      'contact.id as contact_id',
      'contact.name as contact_name',
      'contact.status as contact_status',
      'contact.customer_group_id as contact_group_id',
    ])
    .where('contact.id', '=', contactId)
    .forNoKeyUpdate('company')
    .executeTakeFirst()
  if (!row) return null
  const addresses = await tx
    .selectFrom('address')
    .select(['id', 'name', 'street', 'postal_code as postalCode', 'city', 'country'])
    .where('company_id', '=', row.id)
    .orderBy('id')
    .execute()
  const companyGroup = await loadGroup(tx, row.customer_group_id)
  return {
    contact: {
      id: row.contact_id,
      name: row.contact_name,
      companyId: row.id,
      status: row.contact_status,
    },
    company: {
      id: row.id,
      name: row.name,
      vatNumber: row.vat_number,
      currency: row.currency,
      language: row.language,
      customerGroupId: row.customer_group_id,
      priceListId: row.price_list_id,
      paymentTerms: row.payment_terms,
      creditLimit: row.credit_limit,
      exposure: row.exposure,
      status: row.status,
      statusReason: row.status_reason,
      accountOwner: row.account_owner,
      addresses,
    },
    group: row.contact_group_id === null ? companyGroup : await loadGroup(tx, row.contact_group_id),
    companyGroup,
  }
}

async function loadGroup(tx: Transaction, id: string): Promise<CustomerGroup> {
  const row = await tx
    .selectFrom('customer_group')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return {
    id: row.id,
    name: row.name,
    orderingRight: row.ordering_right,
    priceListId: row.price_list_id,
    orderLimit: {
      perOrder: row.limit_per_order,
      perPeriod: row.limit_per_period,
      period: row.period,
      currency: row.currency,
    },
  }
}

/** Those of the articles that there are. */
export async function loadArticles(
  tx: Transaction,
  ids: Iterable<string>,
): Promise<ReadonlyMap<string, NamedArticle>> {
  const rows = await tx
    .selectFrom('article')
    .select([
      'id',
      'name_sv',
      'name_en',
      'group_id',
      'list_price',
      'list_price_basis',
      'currency',
      'vat_rate',
      'precision',
      'pack_multiple',
      'minimum_quantity',
    ])
    // One parameter, however many: ten thousand would strain the protocol.
    .where((where) => where('id', '=', sql<string>`any(${[...new Set(ids)]}::text[])`))
    .execute()
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        nameSv: row.name_sv,
        nameEn: row.name_en,
        groupId: row.group_id,
        listPrice: listPriceOf(row.list_price, row.list_price_basis, row.currency),
        vatRate: row.vat_rate,
        precision: row.precision,
        packMultiple: row.pack_multiple,
        minimumQuantity: row.minimum_quantity,
      },
    ]),
  )
}

/** Every warehouse, opened or not, by its id. There are few. */
export async function loadWarehouses(
  tx: Transaction,
): Promise<ReadonlyMap<string, { readonly id: string; readonly openToWebshop: boolean }>> {
  const rows = await tx
    .selectFrom('warehouse')
    .select(['id', 'open_to_webshop as openToWebshop'])
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/**
 * Net total of the orders a contact has placed in the present period of its group's limit, in the
 * limit's currency. Cancelled orders give back what they took.
 */
export async function usedInPeriod(
  tx: Transaction,
  { contact, group }: IntakeParties,
  today: CalendarDate,
  timeZone: string,
): Promise<number> {
  const { perPeriod, period, currency } = group.orderLimit
  if (perPeriod === null) return 0
  const start = periodStart(today, period)
  const row = await tx
    .selectFrom('sales_order')
    .select(sql<number>`coalesce(sum(net), 0)`.as('used'))
    .where('contact_id', '=', contact.id)
    .where('currency', '=', currency)
    .where('state', '!=', 'cancelled')
    .where('placed_at', '>=', sql<Date>`${start}::date::timestamp at time zone ${timeZone}`)
    .executeTakeFirstOrThrow()
  return row.used
}

/**
 * What a company owes or will owe: what its source reported, and with VAT the orders of ours that
 * the source has not been given yet.
 */
export async function exposureOf(tx: Transaction, company: Company): Promise<number> {
  if (company.creditLimit === null) return company.exposure
  const row = await tx
    .selectFrom('sales_order')
    .select(sql<number>`coalesce(sum(gross), 0)`.as('own'))
    .where('company_id', '=', company.id)
    .where('currency', '=', company.currency)
    // As the index of such orders is defined; a parameter would hide that it fits.
    .where('exported_at', 'is', null)
    .where(sql<boolean>`state <> 'cancelled'`)
    .executeTakeFirstOrThrow()
  return company.exposure + row.own
}
