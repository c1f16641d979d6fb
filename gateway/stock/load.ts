import { sql } from 'kysely'
import type { PlacementOption } from '../../domain/availability/place-line'
import type { Commitment, StockPosition } from '../../domain/availability/position'
import { question, type Question } from '../database/together'

/** Article → what each opened warehouse has of it, in the order a line is placed. */
export type StockOfArticles = ReadonlyMap<string, readonly PlacementOption[]>

interface Row {
  article_id: string
  warehouse_id: string
  position: StockPosition
  commitments: Commitment[]
}

/**
 * Stock of some articles in the warehouses open to the webshop: what the source reported, and the
 * open lines of our own orders that its report does not contain. All of it from one statement, so
 * that the figures belong together.
 */
export function stockOf(articleIds: readonly string[]): Question<StockOfArticles> {
  const rows = sql<Row>`
    select b.article_id, b.warehouse_id,
      jsonb_build_object(
        'onHand', b.on_hand,
        'safetyStock', b.safety_stock,
        'leadTimeDays', b.lead_time_days,
        'source', b.source,
        'observedAt', to_char(b.observed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'backlog', coalesce((
          select jsonb_agg(jsonb_build_object('quantity', l.quantity, 'plannedDate', l.planned_date) order by l.id)
          from stock_backlog l where l.article_id = b.article_id and l.warehouse_id = b.warehouse_id), '[]'),
        'inbound', coalesce((
          select jsonb_agg(jsonb_build_object('quantity', l.quantity, 'date', l.date, 'confirmed', l.confirmed) order by l.id)
          from stock_inbound l where l.article_id = b.article_id and l.warehouse_id = b.warehouse_id), '[]')
      ) as position,
      coalesce((
        select jsonb_agg(jsonb_build_object('quantity', d.quantity, 'plannedDate', d.planned_date))
        from (
          -- As the domain has it (commitmentsNotContained); summed, so that a thousand orders make no long list.
          select sum(l.quantity) as quantity, l.planned_date
          from sales_order_line l
          where l.open and l.article_id = b.article_id and l.warehouse_id = b.warehouse_id
            and (l.exported_at is null or l.exported_at > b.observed_at)
          group by l.planned_date
        ) d), '[]') as commitments
    from stock_balance b
    join warehouse w on w.id = b.warehouse_id and w.open_to_webshop
    where b.article_id = any(${articleIds as string[]}::text[])
    order by w.priority, w.id`
  return question(rows, byArticle)
}

function byArticle(rows: readonly Row[]): StockOfArticles {
  const stock = new Map<string, PlacementOption[]>()
  for (const { article_id, warehouse_id, position, commitments } of rows) {
    const options = stock.get(article_id) ?? []
    options.push({ warehouseId: warehouse_id, position, commitments })
    stock.set(article_id, options)
  }
  return stock
}
