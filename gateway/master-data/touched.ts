import type { MasterDataKind } from '../../contract/master-data'
import type { Transaction } from '../database/transaction'
import {
  renewRightsOfOwners,
  republishArticles,
  republishCompanies,
  republishContacts,
  republishCustomerGroups,
  republishSeller,
  republishStock,
  republishWarehouses,
} from './republish'
import {
  tellAvailability,
  tellAvailabilityOfAll,
  type StockTouched,
} from '../storefront/tell-availability'

type StoredRow = Readonly<Record<string, unknown>>

/** A stored row before and after a batch; null where there was or is none. */
export interface Touched {
  readonly before: StoredRow | null
  readonly after: StoredRow | null
}

/**
 * Put into the feed whatever a batch touched. Prices and price lists are not in any replica: the
 * price a line was given is in the document, and the one of today is a query.
 */
export async function republish(
  tx: Transaction,
  kind: MasterDataKind,
  touched: readonly Touched[],
): Promise<void> {
  const keys = (column: string) =>
    distinct(touched.flatMap(({ before, after }) => [before?.[column], after?.[column]]))
  switch (kind) {
    case 'holiday':
      tellAvailabilityOfAll(tx)
      return republishSeller(tx)
    case 'warehouse':
      tellAvailabilityOfAll(tx)
      return republishWarehouses(tx, keys('id'))
    case 'article':
      return republishArticles(tx, keys('id'))
    case 'customer_group':
      return republishCustomerGroups(tx, keys('id'))
    case 'address':
      return republishCompanies(tx, keys('company_id'))
    case 'contact': {
      const companies = touched.flatMap(({ before, after }) => {
        const row = after ?? before
        return row ? [[String(row['id']), String(row['company_id'])] as const] : []
      })
      await republishContacts(tx, keys('id'), new Map(companies))
      // Whoever saw a contact at its former company must not go on seeing it.
      const left = touched.flatMap(({ before, after }) =>
        before && after && before['company_id'] !== after['company_id']
          ? [String(before['company_id'])]
          : [],
      )
      return renewRightsOfOwners(tx, await ownersOf(tx, left))
    }
    case 'company': {
      await republishCompanies(tx, keys('id'))
      const moved = touched.filter(
        ({ before, after }) => before?.['account_owner'] !== after?.['account_owner'],
      )
      const owners = distinct(
        moved.flatMap(({ before, after }) => [before?.['account_owner'], after?.['account_owner']]),
      )
      return renewRightsOfOwners(tx, new Set(owners))
    }
    case 'balance':
    case 'backlog':
    case 'inbound':
      tellAvailability(tx, touched.flatMap(stockTouched))
      return republishStock(tx, keys('article_id'))
    case 'article_group':
    case 'price_list':
    case 'contract_price':
    case 'price_list_price':
    case 'campaign_price':
    case 'synced_price':
    case 'rebate':
      return
  }
}

/** A line may have moved from one article or warehouse to another. */
function stockTouched({ before, after }: Touched): readonly StockTouched[] {
  const placeOf = (row: StoredRow) => ({
    articleId: String(row['article_id']),
    warehouseId: String(row['warehouse_id']),
  })
  if (before && after && isSaidAgain(before, after)) {
    const [from, to] = [String(before['observed_at']), String(after['observed_at'])]
    return [{ ...placeOf(after), saidAgain: { from, to } }]
  }
  return [before, after].flatMap((row) => (row ? [placeOf(row)] : []))
}

/** Of a balance: nothing but when, and by whom. Lines do not say when they were seen. */
function isSaidAgain(before: StoredRow, after: StoredRow): boolean {
  return (
    'observed_at' in after &&
    ['on_hand', 'safety_stock', 'lead_time_days'].every((name) => before[name] === after[name])
  )
}

async function ownersOf(
  tx: Transaction,
  companyIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (companyIds.length === 0) return new Set()
  const rows = await tx
    .selectFrom('company')
    .select('account_owner')
    .where('id', 'in', companyIds)
    .execute()
  return new Set(rows.flatMap(({ account_owner }) => account_owner ?? []))
}

function distinct(values: readonly unknown[]): readonly string[] {
  return [...new Set(values.filter((value) => typeof value === 'string'))].sort()
}
