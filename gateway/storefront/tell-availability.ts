import { sql, type RawBuilder } from 'kysely'
import { v7 as uuid } from 'uuid'
import { writeAtEnd, type Transaction, type WriteGroup } from '../database/transaction'

/** Articles that one change names; where there are more, there are more changes. */
const articlesInOne = 500

/** What may be another of an article in a warehouse. */
export interface StockTouched {
  readonly articleId: string
  readonly warehouseId: string
  /**
   * Where the source has said the same again: between which two of its reports. The figures are others
   * then only where one of our orders is in the one report and not in the other.
   */
  readonly saidAgain?: { readonly from: string; readonly to: string } | null
}

/**
 * Tell the shops that want to know about which articles they are to ask anew what can be delivered, in
 * the caller's transaction, as `tellShop` does: each article once, however often it was touched, and only
 * where some customer may see anything of it.
 */
export function tellAvailability(tx: Transaction, touched: readonly StockTouched[]): void {
  writeAtEnd(tx, ofSome, touched)
}

/** Tell them that it may be so of every article: who is delivered from where, or what is shown, is another. */
export function tellAvailabilityOfAll(tx: Transaction): void {
  writeAtEnd(tx, ofAll, [null])
}

const ofSome: WriteGroup<StockTouched> = {
  statement(touched) {
    const rows = touched.map(({ articleId, warehouseId, saidAgain }) => ({
      articleId,
      warehouseId,
      from: saidAgain?.from,
      to: saidAgain?.to,
    }))
    return sql`
      insert into storefront_change (id, shop_id, change)
      select ${newId()}, s.id, ${changeNaming(sql`told.articles`)}
      from shop s, (
        select jsonb_agg(id order by id) as articles
        from (
          select t.id, (row_number() over (order by t.id) - 1) / ${sql.lit(articlesInOne)} as n
          from (
            select distinct r."articleId" as id
            from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (
              "articleId" text, "warehouseId" text, "from" timestamptz, "to" timestamptz)
            join warehouse w on w.id = r."warehouseId" and w.open_to_webshop
            where r."from" is null or exists (
              select from sales_order_line l
              where l.open and l.article_id = r."articleId" and l.warehouse_id = r."warehouseId"
                and l.exported_at > least(r."from", r."to")
                and l.exported_at <= greatest(r."from", r."to"))
          ) t
        ) numbered
        group by n
      ) told
      where ${isTold}`
  },
}

const ofAll: WriteGroup<null> = {
  statement: () => sql`
    insert into storefront_change (id, shop_id, change)
    select ${newId()}, s.id, ${changeNaming(sql`null::jsonb`)} from shop s where ${isTold}`,
}

const isTold = sql`s.told_of_availability and s.status = 'active'`

function changeNaming(articles: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`jsonb_build_object(
    'type', 'availability.changed',
    'timestamp', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'data', jsonb_build_object('articles', ${articles}))`
}

/** One for each row, since only the statement knows how many there are; as ids are, by when they were made. */
function newId(): RawBuilder<unknown> {
  return sql`(substr(${uuid()}::text, 1, 19) || substr(gen_random_uuid()::text, 20))::uuid`
}
