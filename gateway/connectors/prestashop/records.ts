import type { PrestaShopClient } from './client'
import {
  keptResources,
  type KeptResource,
  type PrestaShopCursor,
  type ShopRecords,
  type UnfinishedLists,
} from './cursor'
import { failure, type Answer, type PrestaShopFailure } from './failure'
import {
  beginList,
  readByIds,
  readIds,
  readList,
  unreadableRemarks,
  type ListProgress,
} from './lists'
import type { PrestaShopOptions } from './options'
import type { Remark } from './report'
import type { RecordOf } from './resources'
import type { Query } from './client'

/** Addresses of suppliers and manufacturers hang on no customer. */
const filtersOf: Readonly<Record<KeptResource, Query>> = {
  products: [],
  combinations: [],
  customers: [],
  addresses: [['filter[id_customer]', '![0]']],
}
/** An address is this long at most; the shop's web server may take no more than 8 kB. */
const idsPerRequest = 200
/** Ids weigh next to nothing. */
const idPageSize = 5000

export interface RecordsRead {
  readonly records: ShopRecords
  readonly remarks: readonly Remark[]
}

export function beginLists(): UnfinishedLists {
  return {
    products: beginList<'products'>(),
    combinations: beginList<'combinations'>(),
    customers: beginList<'customers'>(),
    addresses: beginList<'addresses'>(),
  }
}

/** Reads everything. `lists` holds the progress: a later call with the same lists carries on. */
export async function readAllRecords(
  client: PrestaShopClient,
  lists: UnfinishedLists,
  before: ShopRecords,
  options: PrestaShopOptions,
): Promise<Answer<RecordsRead>> {
  const remarks: Remark[] = []
  const read = async <R extends KeptResource>(resource: R, progress: ListProgress<R>) => {
    const error = await readList(client, resource, filtersOf[resource], progress, options.pageSize)
    if (!error) remarks.push(...unreadableRemarks(resource, progress.unreadable))
    return error
  }
  // In this order, so that a combination seldom comes without its product.
  const error =
    (await read('products', lists.products)) ??
    (await read('combinations', lists.combinations)) ??
    (await read('customers', lists.customers)) ??
    (await read('addresses', lists.addresses))
  if (error) return { ok: false, error }
  const records: ShopRecords = {
    products: replace(before.products, lists.products),
    combinations: replace(before.combinations, lists.combinations),
    customers: replace(before.customers, lists.customers),
    addresses: replace(before.addresses, lists.addresses),
  }
  return { ok: true, value: { records, remarks } }
}

/** The new list, with what it could not read or no longer holds taken from the one before. */
function replace<Kept extends object>(
  before: Readonly<Record<string, Kept>>,
  list: {
    readonly records: Readonly<Record<string, Kept>>
    readonly unreadable: readonly number[]
  },
): Readonly<Record<string, Kept>> {
  const present = new Set([...Object.keys(list.records).map(Number), ...list.unreadable])
  return keepGone(before, list.records, present)
}

/** Marks what the shop no longer has; addresses are simply let go, as nothing is told of them. */
function keepGone<Kept extends object>(
  before: Readonly<Record<string, Kept>>,
  after: Readonly<Record<string, Kept>>,
  present: ReadonlySet<number>,
): Readonly<Record<string, Kept>> {
  const records: Record<string, Kept> = { ...after }
  for (const [id, record] of Object.entries(before)) {
    if (present.has(Number(id))) records[id] ??= record
    else if ('gone' in record) records[id] = { ...record, gone: true }
    else delete records[id]
  }
  return records
}

/** Reads what changed since the cursor, what is new and what is gone. */
export async function readChangedRecords(
  client: PrestaShopClient,
  cursor: PrestaShopCursor & { readonly since: string },
  options: PrestaShopOptions,
): Promise<Answer<RecordsRead>> {
  const { records: before, since } = cursor
  const remarks: Remark[] = []
  const touchedProducts = new Set<number>()

  const readSome = async <R extends KeptResource>(
    resource: R,
    filters: Query,
    into: Record<string, RecordOf<R>>,
  ): Promise<PrestaShopFailure | null> => {
    const list = beginList<R>()
    const all = [...filtersOf[resource], ...filters]
    const error = await readList(client, resource, all, list, options.pageSize)
    Object.assign(into, list.records)
    remarks.push(...unreadableRemarks(resource, list.unreadable))
    return error
  }

  /** By id, in as many requests as it takes. */
  const readThese = async <R extends KeptResource>(
    resource: R,
    ids: readonly number[],
    into: Record<string, RecordOf<R>>,
  ): Promise<PrestaShopFailure | null> => {
    for (const some of chunks(ids)) {
      const read = await readByIds(client, resource, some, filtersOf[resource])
      if (!read.ok) return read.error
      Object.assign(into, read.value.records)
      remarks.push(...unreadableRemarks(resource, read.value.unreadable))
    }
    return null
  }

  const refresh = async <R extends 'products' | 'customers' | 'addresses'>(
    resource: R,
  ): Promise<Answer<Readonly<Record<string, RecordOf<R>>>>> => {
    const known = before[resource] as Readonly<Record<string, RecordOf<R>>>
    const changed: Record<string, RecordOf<R>> = {}
    // Dates are looked at only with date=1; without it they are an unknown filter.
    const sinceThen: Query = [
      ['filter[date_upd]', `>[${since}]`],
      ['date', '1'],
    ]
    const error = await readSome(resource, sinceThen, changed)
    if (error) return { ok: false, error }
    const present = await readIds(client, resource, filtersOf[resource], idPageSize)
    if (!present.ok) return present
    const isKnown = (id: number) => String(id) in changed || isAlive(known[id])
    const unknown = [...present.value].filter((id) => !isKnown(id))
    const failed = await readThese(resource, unknown, changed)
    if (failed) return { ok: false, error: failed }
    if (resource === 'products')
      for (const id of Object.keys(changed)) touchedProducts.add(Number(id))
    return { ok: true, value: keepGone(known, { ...known, ...changed }, present.value) }
  }

  const products = await refresh('products')
  if (!products.ok) return products
  const combinations = await refreshCombinations()
  if (!combinations.ok) return combinations
  const customers = await refresh('customers')
  if (!customers.ok) return customers
  const addresses = await refresh('addresses')
  if (!addresses.ok) return addresses
  return {
    ok: true,
    value: {
      records: {
        products: products.value,
        combinations: combinations.value,
        customers: customers.value,
        addresses: addresses.value,
      },
      remarks,
    },
  }

  /** Combinations bear no dates: those of touched products are read again, and those not seen before. */
  async function refreshCombinations(): Promise<Answer<ShopRecords['combinations']>> {
    const present = await readIds(client, 'combinations', [], idPageSize)
    if (!present.ok) return present
    const changed: Record<string, RecordOf<'combinations'>> = {}
    for (const ids of chunks([...touchedProducts])) {
      const ofProducts: Query = [['filter[id_product]', `[${ids.join('|')}]`]]
      const error = await readSome('combinations', ofProducts, changed)
      if (error) return { ok: false, error }
    }
    const unknown = [...present.value].filter(
      (id) => !(String(id) in changed) && !isAlive(before.combinations[id]),
    )
    const failed = await readThese('combinations', unknown, changed)
    if (failed) return { ok: false, error: failed }
    const merged = { ...before.combinations, ...changed }
    return { ok: true, value: keepGone(before.combinations, merged, present.value) }
  }
}

/**
 * Refuses a picture of the shop in which half of what sold before is gone: a key that lost a right
 * or a shop that was mixed up looks just like that, and every article would be discontinued.
 */
export function refuseMassRemoval(
  before: ShopRecords,
  after: ShopRecords,
): PrestaShopFailure | null {
  for (const resource of keptResources) {
    const known = Object.values(before[resource]).filter(isAlive).length
    const gone = Object.entries(before[resource]).filter(
      ([id, record]) => isAlive(record) && !isAlive(after[resource][id]),
    ).length
    if (gone >= 20 && gone * 2 > known) {
      const message = `${gone} of ${known} ${resource} are gone from the shop since the pass before.`
      return failure('too_many_gone', message, { resource })
    }
  }
  return null
}

/** Known and, as far as the record tells, still in the shop. */
function isAlive(record: object | undefined): boolean {
  return record !== undefined && !('gone' in record && record.gone === true)
}

function chunks(ids: readonly number[]): readonly (readonly number[])[] {
  return Array.from({ length: Math.ceil(ids.length / idsPerRequest) }, (_, index) =>
    ids.slice(index * idsPerRequest, (index + 1) * idsPerRequest),
  )
}
