import { sql, type Kysely } from 'kysely'
import type { Database } from '../../../gateway/database/schema'

/**
 * Nobody of a customer's own has ordered or approved beyond the limits of their group: not one order,
 * with all that was split from it, nor all of a period together with what still waits for the seller.
 */
export async function checkLimits(db: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<{
    contact: string
    period: string
    net: number
    largest: number
    perOrder: number | null
    perPeriod: number | null
  }>`
    with limits as (
      select c.id, g.limit_per_order as "perOrder", g.limit_per_period as "perPeriod", g.period
      from contact c join company on company.id = c.company_id
      join customer_group g on g.id = coalesce(c.customer_group_id, company.customer_group_id)
    ), deeds as (
      select coalesce(o.charged_to, o.contact_id) as contact, o.net, r.body, o.placed_at as at
      from sales_order o join requisition r on r.id = o.source_id
      -- What the seller has decided on alone is no deed of theirs.
      where o.charged_to is not null
        or ((r.progress->'outcome'->>'automatic')::boolean and o.state <> 'cancelled')
      union all
      select given->'by'->>'id', r.net, r.body, (given->>'at')::timestamptz from requisition r
      cross join jsonb_path_query(coalesce(r.progress->'steps', r.body->'steps'),
        '$[*] ? (@.by.kind == "buyer").approvals[*]') given
      where r.state in ('submitted', 'in_review', 'approved')
    )
    select contact, date_trunc(period, at at time zone 'Europe/Stockholm')::date::text as period,
      sum(net) as net, "perOrder", "perPeriod",
      max(net + coalesce((body->'whole'->>'others')::bigint, 0)) as largest
    from deeds join limits on limits.id = contact group by contact, 2, "perOrder", "perPeriod"`.execute(
    db,
  )
  return rows.flatMap(({ contact, period, net, largest, perOrder, perPeriod }) => [
    ...(perOrder !== null && largest > perOrder
      ? [`${contact} has approved ${largest}, which is beyond ${perOrder} for an order`]
      : []),
    ...(perPeriod !== null && net > perPeriod
      ? [`${contact} has approved ${net} since ${period}, which is beyond ${perPeriod}`]
      : []),
  ])
}
