import { sql, type Kysely, type RawBuilder, type Selectable } from 'kysely'
import type { Company, Contact, CustomerGroup } from '../../domain/company'
import type { UnitCost } from '../../domain/money/margin'
import type { IntakeArticle } from '../../domain/requisition/intake-document'
import { periodStart } from '../../domain/requisition/decision-reasons'
import type { CalendarDate } from '../../domain/units'
import { groupInForce } from '../customers/customer-group'
import type { Database } from '../database/schema'
import { answered, question, together, type Question } from '../database/together'
import { ChangedMeanwhile, type Transaction } from '../database/transaction'
import { isOpenToContact } from '../stock/warehouses'
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
  readonly cost: UnitCost | null
}

/**
 * The parties behind a contact, or null when it is unknown. The company's row is locked until the
 * transaction ends, so that limits and credit are counted by one document at a time.
 */
export function partiesLocked(tx: Transaction, contactId: string): Question<IntakeParties | null> {
  const lock = tx
    .selectFrom('company')
    .select('id')
    .where('id', '=', (from) =>
      from.selectFrom('contact').select('company_id').where('contact.id', '=', contactId),
    )
    .forNoKeyUpdate()
  // A statement of its own: it sees what whoever held the lock before has committed.
  const both = together(
    question(lock, ([company]) => company?.id ?? null),
    partiesNow(contactId),
  )
  return {
    ...both,
    read(answers) {
      const [lockedId, parties] = both.read(answers)
      if ((parties?.company.id ?? null) === lockedId) return parties
      throw new ChangedMeanwhile('the contact has moved to another company')
    },
  }
}

/** The parties behind a contact as they are now, with no lock on them; null when it is unknown. */
export function partiesNow(contactId: string): Question<IntakeParties | null> {
  const parties = sql<PartiesRow>`
    select c.*, contact.id as contact_id, contact.name as contact_name,
      contact.status as contact_status, to_jsonb(g) as company_group, to_jsonb(own) as contact_group,
      (
        select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'street', a.street,
          'postalCode', a.postal_code, 'city', a.city, 'country', a.country) order by a.id), '[]')
        from address a where a.company_id = c.id
      ) as addresses
    from contact
    join company c on c.id = contact.company_id
    join customer_group g on g.id = c.customer_group_id
    left join customer_group own on own.id = contact.customer_group_id
    where contact.id = ${contactId}`
  return question(parties, ([row]) => (row ? partiesOf(row) : null))
}

type PartiesRow = Selectable<Database['company']> & {
  readonly contact_id: string
  readonly contact_name: string
  readonly contact_status: Contact['status']
  readonly company_group: Selectable<Database['customer_group']>
  /** Null where the contact goes with its company. */
  readonly contact_group: Selectable<Database['customer_group']> | null
  readonly addresses: Company['addresses']
}

function partiesOf(row: PartiesRow): IntakeParties {
  const companyGroup = groupInForce(row.company_group)
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
      addresses: row.addresses,
    },
    group: row.contact_group ? groupInForce(row.contact_group) : companyGroup,
    companyGroup,
  }
}

/** Those of the articles that there are. */
export function articlesOf(
  tx: Kysely<Database>,
  ids: Iterable<string>,
): Question<ReadonlyMap<string, NamedArticle>> {
  const articles = tx
    .selectFrom('article')
    .select([
      'id',
      'name_sv',
      'name_en',
      'group_id',
      'list_price',
      'list_price_basis',
      'currency',
      'cost',
      'vat_rate',
      'precision',
      'pack_multiple',
      'minimum_quantity',
      'status',
    ])
    // One parameter, however many: ten thousand would strain the protocol.
    .where((where) => where('id', '=', sql<string>`any(${[...new Set(ids)]}::text[])`))
  return question(
    articles,
    (rows) =>
      new Map(
        rows.map((row) => [
          row.id,
          {
            id: row.id,
            nameSv: row.name_sv,
            nameEn: row.name_en,
            groupId: row.group_id,
            listPrice: listPriceOf(row.list_price, row.list_price_basis, row.currency),
            vatRate: row.vat_rate,
            cost: row.cost === null ? null : { amount: row.cost, currency: row.currency },
            precision: row.precision,
            packMultiple: row.pack_multiple,
            minimumQuantity: row.minimum_quantity,
            status: row.status,
          },
        ]),
      ),
  )
}

/** Every warehouse by its id, and whether it is open to a contact. There are few. */
export function warehousesOf(
  contactId: string,
): Question<ReadonlyMap<string, { readonly id: string; readonly openToWebshop: boolean }>> {
  const all = sql<{ readonly id: string; readonly openToWebshop: boolean }>`
    select w.id, ${isOpenToContact(contactId)} as "openToWebshop" from warehouse w`
  return question(all, (rows) => new Map(rows.map((row) => [row.id, row])))
}

/**
 * Net total of what takes of a contact's limit in the present period of its group, in the limit's
 * currency: the orders it has placed itself and those it has approved, and what it has approved that the
 * seller still looks at. Cancelled orders give back what they took, and so does what comes to nothing.
 */
export function usedInPeriod(
  tx: Transaction,
  { contact, group }: IntakeParties,
  today: CalendarDate,
  timeZone: string,
): Question<number> {
  const { perPeriod, period, currency } = group.orderLimit
  if (perPeriod === null) return answered(0)
  const start = periodStart(today, period)
  const used = sql<{ readonly used: number }>`
    select ${usedOf({
      contactId: sql`${contact.id}::text`,
      companyId: sql`${contact.companyId}`,
      currency: sql`${currency}`,
      start: sql`${start}::date::timestamp at time zone ${timeZone}`,
    })} as used`
  return question(used, ([row]) => row?.used ?? 0)
}

/** What takes of a contact's limit since the start of its period, as `usedInPeriod` says it, in SQL. */
export function usedOf({
  contactId,
  companyId,
  currency,
  start,
}: Readonly<Record<'contactId' | 'companyId' | 'currency' | 'start', RawBuilder<unknown>>>) {
  return sql<number>`((
    select coalesce(sum(o.net), 0) from sales_order o
    where coalesce(o.charged_to, o.contact_id) = ${contactId} and o.currency = ${currency}
      and o.state <> 'cancelled' and o.placed_at >= ${start}
  ) + (
    select coalesce(sum(r.net), 0) from requisition r
    where r.company_id = ${companyId} and r.currency = ${currency}
      and r.state in ('submitted', 'in_review', 'approved')
      and coalesce(r.progress->'steps', r.body->'steps') @> jsonb_build_array(jsonb_build_object(
        'by', jsonb_build_object('kind', 'buyer'),
        'approvals', jsonb_build_array(jsonb_build_object(
          'by', jsonb_build_object('id', ${contactId})))))
  ))`
}

/**
 * What a company owes or will owe: what its source reported, and with VAT the orders of ours that
 * the source has not been given yet.
 */
export function exposureOf(
  tx: Kysely<Database>,
  company: Pick<Company, 'id' | 'currency' | 'creditLimit' | 'exposure'>,
): Question<number> {
  if (company.creditLimit === null) return answered(company.exposure)
  const orders = tx
    .selectFrom('sales_order')
    .select(sql<number>`coalesce(sum(gross), 0)`.as('own'))
    .where('company_id', '=', company.id)
    .where('currency', '=', company.currency)
    // As the index of such orders is defined; a parameter would hide that it fits.
    .where('exported_at', 'is', null)
    .where(sql<boolean>`state <> 'cancelled'`)
  return question(orders, ([row]) => company.exposure + (row?.own ?? 0))
}
