import { createPrestaShopClient, type PrestaShopClient } from './client'
import { changesSince } from './clock'
import { openCursor, type PrestaShopCursor, type UnfinishedLists } from './cursor'
import { forgetPersons } from './customers'
import { deliver } from './deliver'
import type { Answer, PrestaShopFailure } from './failure'
import { readWhole } from './lists'
import { mapShop, type ShopPicture } from './map-shop'
import type { PrestaShopOptions } from './options'
import {
  beginLists,
  readAllRecords,
  readChangedRecords,
  refuseMassRemoval,
  type RecordsRead,
} from './records'
import type { MasterDataPort, PassMode, PrestaShopReport, Remark } from './report'
import { readShopFacts } from './shop-facts'

/** A pass that broke off is carried on within this time; later the shop has moved on too far. */
const unfinishedLifeMs = 6 * 3_600_000

export interface ReadingPass {
  /** `changes` needs a cursor of a full pass; without one the pass is full whatever is asked. */
  readonly mode: PassMode
  /** What the pass before gave back, as JSON; null for the first. */
  readonly cursor: unknown
  /** Take in that most of the shop is gone, which otherwise counts as a mistake. */
  readonly acceptRemovals?: boolean
  readonly now?: () => Date
  readonly signal?: AbortSignal
}

export type PrestaShopReading =
  | { readonly ok: true; readonly report: PrestaShopReport; readonly cursor: PrestaShopCursor }
  | {
      readonly ok: false
      readonly error: PrestaShopFailure
      /** To be kept in place of the one before: the next pass carries on from it. Null: keep the old. */
      readonly cursor: PrestaShopCursor | null
    }

/**
 * Reads the shop and hands what it holds to `port`: everything in a full pass, else what changed
 * since the last. Nothing is handed over until all of it has been read, so a failure leaves Kontor as
 * it was. Reading the same shop twice changes nothing the second time. What `port` throws is passed
 * on; the pass may then be run again with the cursor it was run with.
 *
 * Deleted and inactive products become discontinued articles, customers that are gone leave a closed
 * company; other rows that are gone are sent with `deleted`.
 */
export async function readPrestaShop(
  options: PrestaShopOptions,
  port: MasterDataPort,
  pass: ReadingPass,
): Promise<PrestaShopReading> {
  const now = pass.now ?? (() => new Date())
  const opened = openCursor(pass.cursor, options)
  if (!opened.ok) return { ...opened, cursor: null }
  const before = opened.value
  const client = createPrestaShopClient(options, pass.signal)
  const begun = beginPass(before, pass.mode, now())
  const { mode, startedAt, lists } = begun
  const giveUp = (error: PrestaShopFailure): PrestaShopReading => {
    const cursor =
      mode === 'full'
        ? { ...before, unfinished: { startedAt: startedAt.toISOString(), lists } }
        : null
    return { ok: false, error, cursor }
  }

  const remarks: Remark[] = []
  const facts = await readShopFacts(client, options, remarks)
  if (!facts.ok) return giveUp(facts.error)
  const read: Answer<RecordsRead> =
    begun.mode === 'full'
      ? await readAllRecords(client, lists, before.records, options)
      : await readChangedRecords(client, { ...before, since: begun.since }, options)
  if (!read.ok) return giveUp(read.error)
  const volatile = await readVolatile(client, options, remarks, now)
  if (!volatile.ok) return giveUp(volatile.error)
  const removal = pass.acceptRemovals ? null : refuseMassRemoval(before.records, read.value.records)
  // What was read is thrown away: read again, it may well be whole.
  if (removal) return { ok: false, error: removal, cursor: { ...before, unfinished: null } }

  const records = forgetPersons(before.records, read.value.records)
  const picture: ShopPicture = {
    facts: facts.value,
    records,
    pricesObservedAt: startedAt.toISOString(),
    ...volatile.value,
  }
  const mapped = mapShop(picture, before, options)
  const isRefresh = mode === 'full' || isDueForRefresh(before, now(), options)
  const repeats = { all: mode === 'full', observed: isRefresh }
  const delivery = await deliver(mapped.rows, before.sent, repeats, port)
  return {
    ok: true,
    report: {
      mode,
      requests: client.requests(),
      kinds: delivery.kinds,
      failed: delivery.failed,
      skipped: [...remarks, ...read.value.remarks, ...mapped.skipped],
      notes: mapped.notes,
      links: mapped.links.filter(({ kind, id }) => delivery.taken.has(`${kind} ${id}`)),
    },
    cursor: {
      ...before,
      since: changesSince(startedAt, facts.value.timeZone),
      records,
      articleIds: mapped.articleIds,
      companyIds: mapped.companyIds,
      sent: delivery.sent,
      refreshedAt: isRefresh ? picture.pricesObservedAt : before.refreshedAt,
      unfinished: null,
    },
  }
}

function isDueForRefresh(
  { refreshedAt }: PrestaShopCursor,
  now: Date,
  { refreshMinutes }: PrestaShopOptions,
): boolean {
  return refreshedAt === null || now.getTime() - Date.parse(refreshedAt) >= refreshMinutes * 60_000
}

type BegunPass = {
  readonly startedAt: Date
  /** Where a full pass keeps what it has read. */
  readonly lists: UnfinishedLists
} & ({ readonly mode: 'full' } | { readonly mode: 'changes'; readonly since: string })

/** A new pass, or the full one that broke off: what it has not finished must not be skipped over. */
function beginPass({ since, unfinished }: PrestaShopCursor, asked: PassMode, now: Date): BegunPass {
  if (unfinished && now.getTime() - Date.parse(unfinished.startedAt) < unfinishedLifeMs) {
    // Copied, as reading goes on in it.
    const lists = structuredClone(unfinished.lists)
    return { mode: 'full', startedAt: new Date(unfinished.startedAt), lists }
  }
  const lists = beginLists()
  return asked === 'changes' && since !== null
    ? { mode: 'changes', startedAt: now, lists, since }
    : { mode: 'full', startedAt: now, lists }
}

/** What bears no dates and changes all the time. Prices of carts are none of a customer's. */
async function readVolatile(
  client: PrestaShopClient,
  options: PrestaShopOptions,
  remarks: Remark[],
  now: () => Date,
): Promise<Answer<Pick<ShopPicture, 'specificPrices' | 'stock' | 'stockObservedAt'>>> {
  const { pageSize } = options
  const prices = options.readSpecificPrices
    ? await readWhole(client, 'specific_prices', pageSize, remarks, [['filter[id_cart]', '[0]']])
    : ({ ok: true, value: {} } as const)
  if (!prices.ok) return prices
  // Before the first page is asked for: an order that leaves meanwhile must not be counted as known.
  const stockObservedAt = now().toISOString()
  const stock = await readWhole(client, 'stock_availables', pageSize, remarks)
  if (!stock.ok) return stock
  return {
    ok: true,
    value: {
      specificPrices: Object.values(prices.value),
      stock: Object.values(stock.value),
      stockObservedAt,
    },
  }
}
