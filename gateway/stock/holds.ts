import { sql } from 'kysely'
import type { HeldStock } from '../../contract/figures'
import type { Requisition } from '../../contract/entities'
import { seesCompany, type Viewer } from '../../domain/access/rights'
import { deliveryOf } from '../../domain/availability/delivery'
import type { StockHold } from '../../domain/availability/holds'
import type { PlacedLine } from '../../domain/availability/place-lines'
import type { CalendarDate } from '../../domain/units'
import { question, type Question } from '../database/together'
import { writeAtEnd, type Transaction, type WriteGroup } from '../database/transaction'

/** A hold that counts now, with whose it is. */
export interface LiveHold extends StockHold {
  readonly number: string
  readonly companyId: string
  readonly by: string
  readonly until: string
}

interface Row {
  readonly requisition_id: string
  readonly line_id: string
  readonly article_id: string
  readonly warehouse_id: string
  readonly quantity: number
  readonly planned_date: CalendarDate | null
  readonly held_at: number
  readonly held_until: Date
  readonly number: string
  readonly company_id: string
  readonly by: string
  readonly ordered_since: StockHold['orderedSince']
}

/**
 * What is held of some articles by the database's clock: for requisitions that are claimed by whom it is
 * held for, in the revision it is held for. Whatever ends one of these ends the hold with it; only in
 * the transaction that makes the next revision it goes on for the lines that stay.
 *
 * @param forId the requisition whose own holds are told with what was ordered beside them since, where
 * the stock is still the one that was reported then
 */
export function holdsOf(
  articleIds: readonly string[],
  forId: string | null = null,
): Question<readonly LiveHold[]> {
  const rows = sql<Row>`
    select h.requisition_id, h.line_id, h.article_id, h.warehouse_id, h.quantity, h.planned_date,
      (extract(epoch from h.held_at) * 1000000)::bigint as held_at, h.held_until,
      r.number, r.company_id, u.display_name as by,
      case when h.requisition_id = ${forId}::uuid then (
        select coalesce(jsonb_agg(jsonb_build_object('quantity', l.quantity, 'plannedDate', l.planned_date)), '[]')
        from stock_balance b
        join sales_order_line l on l.open and l.article_id = b.article_id and l.warehouse_id = b.warehouse_id
          and (l.exported_at is null or l.exported_at > b.observed_at)
        where b.article_id = h.article_id and b.warehouse_id = h.warehouse_id
          and b.observed_at = h.observed_at and l.taken_at > h.held_at
      ) else '[]' end as ordered_since
    from stock_hold h
    join requisition r on r.id = h.requisition_id
      and (r.revision = h.revision or r.id = ${forId}::uuid)
      and r.claimed_by = h.held_by and r.state in ('submitted', 'in_review')
    join app_user u on u.id = h.held_by
    where h.article_id = any(${articleIds as string[]}::text[]) and h.held_until > statement_timestamp()
    order by h.held_at, h.requisition_id, h.line_id`
  return question(rows, (found) => found.map(holdOf))
}

function holdOf(row: Row): LiveHold {
  return {
    documentId: row.requisition_id,
    lineId: row.line_id,
    articleId: row.article_id,
    warehouseId: row.warehouse_id,
    quantity: row.quantity,
    plannedDate: row.planned_date,
    heldAt: row.held_at,
    orderedSince: row.ordered_since,
    number: row.number,
    companyId: row.company_id,
    by: row.by,
    until: row.held_until.toISOString(),
  }
}

/**
 * Hold what the lines of a requisition are placed on and can be promised of it, for as long as the
 * seller has set; what was held for it before and is not any more is let go. The stock must be held by
 * the transaction (`stockHeld`), so that no two are given the same.
 *
 * @param before what is held for it now: a line that stays within that is behind nobody who came since
 */
export function holdStock(
  tx: Transaction,
  { id, revision, lines }: Pick<Requisition, 'id' | 'revision' | 'lines'>,
  placements: ReadonlyMap<string, PlacedLine>,
  { before, userId }: { readonly before: readonly StockHold[]; readonly userId: string },
): void {
  const held = lines.flatMap(({ id: lineId, articleId, quantity, requestedDate }) => {
    const delivery = deliveryOf(placements.get(lineId))
    if (delivery?.kind !== 'deliverable' && delivery?.kind !== 'promised') return []
    const { warehouseId } = delivery
    const isWithin = before.some(
      (one) =>
        one.lineId === lineId &&
        one.articleId === articleId &&
        one.warehouseId === warehouseId &&
        one.quantity >= quantity,
    )
    return [
      {
        line_id: lineId,
        article_id: articleId,
        warehouse_id: warehouseId,
        quantity,
        planned_date: requestedDate,
        is_within: isWithin,
      },
    ]
  })
  writeAtEnd(
    tx,
    holds,
    held.map((line) => ({ ...line, requisition_id: id, revision, held_by: userId })),
  )
  writeAtEnd(tx, letGo, [{ id, kept: held.map(({ line_id }) => line_id) }])
}

const holds: WriteGroup<{ readonly requisition_id: string; readonly line_id: string }> = {
  statement: (held) => sql`
    insert into stock_hold (
      requisition_id, line_id, revision, article_id, warehouse_id, quantity, planned_date,
      observed_at, held_by, held_at, held_until)
    select h.requisition_id, h.line_id, h.revision, h.article_id, h.warehouse_id, h.quantity,
      h.planned_date, coalesce(before.observed_at, b.observed_at), h.held_by,
      coalesce(before.held_at, statement_timestamp()),
      statement_timestamp() + make_interval(mins => seller.hold_minutes)
    from jsonb_to_recordset(${JSON.stringify(held)}::jsonb) as h (
      requisition_id uuid, line_id text, revision integer, article_id text, warehouse_id text,
      quantity bigint, planned_date date, held_by uuid, is_within boolean)
    join stock_balance b on b.article_id = h.article_id and b.warehouse_id = h.warehouse_id
    join seller on seller.hold_minutes is not null
    left join stock_hold before on h.is_within
      and before.requisition_id = h.requisition_id and before.line_id = h.line_id
    on conflict (requisition_id, line_id) do update set
      revision = excluded.revision, article_id = excluded.article_id,
      warehouse_id = excluded.warehouse_id, quantity = excluded.quantity,
      planned_date = excluded.planned_date, observed_at = excluded.observed_at, held_by = excluded.held_by,
      held_at = excluded.held_at, held_until = excluded.held_until`,
}

/** What a requisition holds no more, and what nobody holds any more since its time is over. */
const letGo: WriteGroup<{ readonly id: string; readonly kept: readonly string[] }> = {
  statement: (written) => sql`
    delete from stock_hold where (requisition_id, line_id) in (
      select h.requisition_id, h.line_id
      from stock_hold h
      left join jsonb_to_recordset(${JSON.stringify(written)}::jsonb) as w (id uuid, kept jsonb)
        on w.id = h.requisition_id
      where case when w.id is null then h.held_until <= statement_timestamp() else not w.kept ? h.line_id end
      -- Another may be clearing away what is over at this moment.
      for update of h skip locked)`,
}

/**
 * What is held of an article for others, as somebody may be told it: of requisitions that they may not
 * see, that somebody holds so much and for how long.
 */
export function heldToTell(
  articleId: string,
  others: readonly LiveHold[],
  viewer: Viewer,
): readonly HeldStock[] {
  const told = new Map<string, HeldStock>()
  for (const hold of others.filter((one) => one.articleId === articleId)) {
    const { documentId: id, warehouseId, quantity, by, until, number } = hold
    const key = `${warehouseId} ${id}`
    told.set(key, {
      warehouseId,
      quantity: quantity + (told.get(key)?.quantity ?? 0),
      by,
      requisition: seesCompany(viewer, hold.companyId) ? { id, number } : null,
      until,
    })
  }
  return [...told.values()]
}
