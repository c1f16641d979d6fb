import { sql, type Kysely } from 'kysely'

/**
 * Stock travels by columns and articles say in which block (docs/decisions/0032): what the feed holds of
 * them is told anew.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    update feed f set
      value = (f.value::jsonb || jsonb_build_object('block', a.block))::json,
      version = f.version + 1,
      xid = pg_current_xact_id(),
      bytes = octet_length((f.value::jsonb || jsonb_build_object('block', a.block))::text)
    from article a
    where f.kind = 'article' and f.id = a.id and f.value is not null`.execute(db)
  await sql`
    with balance as (
      select a.block, b.*,
        dense_rank() over (partition by a.block order by b.article_id) - 1 as article,
        dense_rank() over (partition by a.block order by b.warehouse_id) - 1 as warehouse,
        dense_rank() over (partition by a.block order by b.source) - 1 as source_at,
        row_number() over (partition by a.block order by b.article_id, b.warehouse_id) - 1 as at
      from article a join stock_balance b on b.article_id = a.id
    ),
    balances as (
      select block,
        jsonb_agg(article_id order by at) filter (where is_first_of_article) as articles,
        (select jsonb_agg(w order by w) from (select distinct unnest(array_agg(warehouse_id)) as w) each) as warehouses,
        (select jsonb_agg(s order by s) from (select distinct unnest(array_agg(source)) as s) each) as sources,
        jsonb_build_object(
          'article', jsonb_agg(article order by at),
          'warehouse', jsonb_agg(warehouse order by at),
          'source', jsonb_agg(source_at order by at),
          'onHand', jsonb_agg(on_hand order by at),
          'safetyStock', jsonb_agg(safety_stock order by at),
          'leadTimeDays', jsonb_agg(coalesce(lead_time_days, -1) order by at),
          'observedAt', jsonb_agg(floor(extract(epoch from observed_at) * 1000)::bigint order by at)
        ) as balances
      from (
        select *, row_number() over (partition by block, article_id order by at) = 1 as is_first_of_article
        from balance
      ) marked
      group by block
    ),
    backlog as (
      select b.block, jsonb_build_object(
        'balance', jsonb_agg(b.at order by b.at, l.id),
        'quantity', jsonb_agg(l.quantity order by b.at, l.id),
        'day', jsonb_agg(coalesce(l.planned_date - date '1970-01-01', -1000000) order by b.at, l.id)
      ) as lines
      from balance b join stock_backlog l on l.article_id = b.article_id and l.warehouse_id = b.warehouse_id
      group by b.block
    ),
    inbound as (
      select b.block, jsonb_build_object(
        'balance', jsonb_agg(b.at order by b.at, l.id),
        'quantity', jsonb_agg(l.quantity order by b.at, l.id),
        'day', jsonb_agg(coalesce(l.date - date '1970-01-01', -1000000) order by b.at, l.id),
        'confirmed', jsonb_agg(l.confirmed::integer order by b.at, l.id)
      ) as lines
      from balance b join stock_inbound l on l.article_id = b.article_id and l.warehouse_id = b.warehouse_id
      group by b.block
    ),
    told as (
      select f.id, jsonb_build_object(
        'articles', coalesce(s.articles, '[]'),
        'warehouses', coalesce(s.warehouses, '[]'),
        'sources', coalesce(s.sources, '[]'),
        'balances', coalesce(s.balances, '{"article":[],"warehouse":[],"source":[],"onHand":[],"safetyStock":[],"leadTimeDays":[],"observedAt":[]}'),
        'backlog', coalesce(l.lines, '{"balance":[],"quantity":[],"day":[]}'),
        'inbound', coalesce(i.lines, '{"balance":[],"quantity":[],"day":[],"confirmed":[]}')
      )::json as value
      from feed f
      left join balances s on s.block::text = f.id
      left join backlog l on l.block::text = f.id
      left join inbound i on i.block::text = f.id
      where f.kind = 'stock_block' and f.value is not null
    )
    update feed f set
      value = told.value,
      version = f.version + 1,
      xid = pg_current_xact_id(),
      bytes = octet_length(told.value::text)
    from told
    where f.kind = 'stock_block' and f.id = told.id`.execute(db)
}
