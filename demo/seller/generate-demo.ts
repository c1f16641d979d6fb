import { masterDataKinds, maximumBatchRows, type MasterDataKind } from '../../contract/master-data'
import { openCatalogue } from './catalogue'
import { deadlines, rules } from './data/rules'
import { users } from './data/users'
import { makeInbox } from './inbox'
import { makeSeller, makeSellerStock } from './seller'
import type { DemoBatch, DemoData, DemoOptions, DemoRows, DemoSeller } from './types'

/** What the demo is made from unless told otherwise. */
export const demoSeed = 1

export const demoSeller: DemoSeller = {
  name: 'Rörby & Ström Grossist AB',
  currency: 'SEK',
  timeZone: 'Europe/Stockholm',
  vatMode: 'per_rate_on_sum',
  syncedPriceMaxAgeHours: null,
}

/**
 * A Swedish wholesaler for plumbing, electrical and building trades with its customers, prices and
 * stock, and the documents of its first inbox. Nobody in it exists. The same options give the same
 * to the byte.
 */
export function generateDemo(options: DemoOptions): DemoData {
  const seller = makeSeller(options)
  const rows: DemoRows = { ...seller.rows, ...makeSellerStock(seller) }
  return {
    seller: demoSeller,
    users,
    rules,
    deadlines,
    batches: masterDataKinds.flatMap((kind) => batchesOf(kind, rows)),
    events: makeInbox(openCatalogue(seller)),
  }
}

function batchesOf<K extends MasterDataKind>(kind: K, rows: DemoRows): DemoBatch[] {
  const batches: DemoBatch[] = []
  for (let start = 0; start < rows[kind].length; start += maximumBatchRows) {
    // The compiler cannot see that a kind and its own rows are one member of the union.
    batches.push({
      kind,
      rows: rows[kind].slice(start, start + maximumBatchRows),
    } as unknown as DemoBatch)
  }
  return batches
}
