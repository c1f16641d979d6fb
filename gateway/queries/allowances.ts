import { sql } from 'kysely'
import { refusal } from '../../contract/errors'
import { seesCompany } from '../../domain/access/rights'
import { todayIn } from '../../domain/calendar'
import type { CustomerGroup } from '../../domain/company'
import { periodStart } from '../../domain/requisition/decision-reasons'
import { ask, question, together } from '../database/together'
import { usedOf } from '../requisitions/intake-facts'
import { sellerNow } from '../seller/load'
import type { Answerer } from './answerer'

/** What those of a company's people who have a limit for a period have used of it. */
export const companyAllowances: Answerer<'company.allowances'> = async (
  { db, now },
  who,
  { companyId },
) => {
  const known = db.selectFrom('company').select('id').where('id', '=', companyId)
  const [seller, company] = await ask(
    db,
    together(
      sellerNow(db),
      question(known, ([row]) => row),
    ),
  )
  if (!company || !seesCompany(who.viewer, companyId)) {
    return {
      ok: false,
      error: refusal('not_found', 'There is no such company, or you may not see it.', {
        companyId,
      }),
    }
  }
  const at = now().toISOString()
  const today = todayIn(seller.timeZone, at)
  const startOf = (period: Period) =>
    sql<Date>`${periodStart(today, period)}::date::timestamp at time zone ${seller.timeZone}`
  const used = usedOf({
    contactId: sql`contact.id`,
    companyId: sql`company.id`,
    currency: sql`g.currency`,
    start: sql`case g.period when 'month' then ${startOf('month')} else ${startOf('year')} end`,
  })
  const { rows } = await sql<UsedRow>`
    select contact.id as "contactId", g.period, g.currency,
      ${used} as used
    from contact
    join company on company.id = contact.company_id
    join customer_group g on g.id = coalesce(contact.customer_group_id, company.customer_group_id)
    where company.id = ${companyId} and contact.status = 'active'
      and g.ordering_right = 'order' and g.limit_per_period is not null
    order by contact.id`.execute(db)
  return { ok: true, value: { at, today, contacts: rows } }
}

type Period = CustomerGroup['orderLimit']['period']

interface UsedRow {
  readonly contactId: string
  readonly period: Period
  readonly currency: string
  readonly used: number
}
