import { sql } from 'kysely'
import type { PlacementOption } from '../../domain/availability/place-line'
import type { Commitment } from '../../domain/availability/position'
import { question, type Question } from '../database/together'
import { positionFrom, putLine, type FillingPosition, type PositionRow } from './position-rows'
import { isOpenToContact } from './warehouses'

/** Article → what each warehouse that is open has of it, in the order a line is placed. */
export type StockOfArticles = ReadonlyMap<string, readonly PlacementOption[]>

/** A part of a position, or what our own orders ask for on a day. */
type Row = Omit<PositionRow, 'part'> & {
  readonly part: PositionRow['part'] | 'demand'
  readonly priority: number | null
}

/**
 * Stock of some articles in the warehouses open to a contact (null: to whoever has not signed in): what
 * the source reported, and the open lines of our own orders that its report does not contain. All of it
 * from one statement, so that the figures belong together, and put together here: that costs the
 * database a third of what building every position's JSON did.
 */
export function stockOf(
  articleIds: readonly string[],
  contactId: string | null,
): Question<StockOfArticles> {
  const articles = sql`${articleIds as string[]}::text[]`
  const rows = sql<Row>`
    with balance as materialized (
      select b.*, w.priority
      from stock_balance b
      join warehouse w on w.id = b.warehouse_id and ${isOpenToContact(contactId)}
      where b.article_id = any(${articles})
    )
    select 'balance' as part, article_id, warehouse_id, on_hand as quantity, null::date as date,
      null::boolean as confirmed, safety_stock, lead_time_days, source, observed_at, priority
    from balance
    union all (
      select 'backlog', article_id, warehouse_id, quantity, planned_date, null, null, null, null, null, null
      from stock_backlog where article_id = any(${articles}) order by id)
    union all (
      select 'inbound', article_id, warehouse_id, quantity, date, confirmed, null, null, null, null, null
      from stock_inbound where article_id = any(${articles}) order by id)
    union all
    -- As the domain has it (commitmentsNotContained); summed, so that a thousand orders make no long list.
    -- One place after the other: joined at once, a server that last saw no open lines reads all there are.
    select 'demand', b.article_id, b.warehouse_id, d.quantity, d.planned_date, null, null, null, null, null, null
    from balance b cross join lateral (
      select sum(l.quantity) as quantity, l.planned_date
      from sales_order_line l
      where l.open and l.article_id = b.article_id and l.warehouse_id = b.warehouse_id
        and (l.exported_at is null or l.exported_at > b.observed_at)
      group by l.planned_date
    ) d`
  return question(rows, byArticle)
}

/** Locks are many enough that two documents seldom share one, and few enough to hold all of them. */
const lockCount = 512
/** The first half of the locks' keys; nothing else of ours locks by two halves. */
const lockSpace = 1

/**
 * Wait until whoever is placing an order of one of these articles is done, and let nobody begin before
 * this transaction ends: what is promised to one is not promised to another at the same time. Asked
 * together with and before `stockOf`, which then sees what they have taken.
 *
 * @param afterCompany a company that is held first, as intake does, so that its credit and limits too
 * are counted by one document at a time
 */
export function stockHeld(
  articleIds: Iterable<string>,
  { afterCompany }: { readonly afterCompany?: string } = {},
): Question<null> {
  // Always in the same order, so that two who want the same never wait for each other.
  const keys = [...new Set([...articleIds].map(lockOf))].sort((a, b) => a - b)
  const locks = sql`
    select pg_advisory_xact_lock(${sql.lit(lockSpace)}, key) from unnest(${keys}::integer[]) as k (key)`
  if (afterCompany === undefined) return question(locks, () => null)
  // Depends on no article, so the server finds it out once, and before the first of them.
  const held = sql`
    with held as materialized (select from company where id = ${afterCompany} for no key update)
    ${locks} where exists (select from held)`
  return question(held, () => null)
}

/** FNV-1a of the article's number, cut down to one of the locks. */
function lockOf(articleId: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < articleId.length; at += 1) {
    hash = Math.imul(hash ^ articleId.charCodeAt(at), 0x01000193)
  }
  return (hash >>> 0) % lockCount
}

/** An option whose lines are still being put to it. */
interface Filling extends PlacementOption {
  readonly position: FillingPosition
  readonly commitments: Commitment[]
}

function byArticle(rows: readonly Row[]): StockOfArticles {
  const stock = new Map<string, Filling[]>()
  const balances = rows.filter(({ part }) => part === 'balance')
  for (const row of balances.sort(byPlacing)) {
    const options = stock.get(row.article_id)
    if (options) options.push(optionOf(row))
    else stock.set(row.article_id, [optionOf(row)])
  }
  for (const row of rows) {
    const { part, article_id, warehouse_id, quantity, date } = row
    if (part === 'balance') continue
    // What is reported of a warehouse without a balance, or not open to the webshop, counts nowhere.
    const option = stock.get(article_id)?.find(({ warehouseId }) => warehouseId === warehouse_id)
    if (!option) continue
    if (part === 'demand') option.commitments.push({ quantity, plannedDate: date })
    else putLine(option.position, part, row)
  }
  return stock
}

/** The order in which a line is placed. */
function byPlacing(a: Row, b: Row): number {
  const byPriority = (a.priority ?? 0) - (b.priority ?? 0)
  return byPriority === 0 ? (a.warehouse_id < b.warehouse_id ? -1 : 1) : byPriority
}

function optionOf(row: Row): Filling {
  return { warehouseId: row.warehouse_id, position: positionFrom(row), commitments: [] }
}
