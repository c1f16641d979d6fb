import { sql } from 'kysely'
import type { Quote } from '../../contract/quotes'
import type { Company } from '../../domain/company'
import type { DecidableQuote } from '../../domain/quote/decide'
import { isOpenQuote } from '../../domain/quote/states'
import type { RequisitionState } from '../../domain/requisition/states'
import { question, type Question } from '../database/together'
import { writeAtEnd, type Transaction, type WriteGroup } from '../database/transaction'
import { publish } from '../feed/publish'

/** A quote that nobody else can change until the transaction ends. */
export interface LockedQuote {
  readonly value: Quote
  readonly version: number
  /** As it is now. */
  readonly companyStatus: Company['status']
  /** Of the requisition that it answers, as it is now; locked where the caller has locked it before. */
  readonly requisitionState: RequisitionState | null
  /** The same requisition's newest revision. */
  readonly requisitionRevision: number | null
  readonly search: string
}

/** A quote by its id, locked; null when there is none. */
export function quoteLocked(id: string): Question<LockedQuote | null> {
  const row = sql<{
    readonly body: Quote
    readonly version: number
    readonly company_status: Company['status']
    readonly requisition_state: RequisitionState | null
    readonly requisition_revision: number | null
    readonly search: string
  }>`
    select q.body, q.version, q.search, c.status as company_status, r.state as requisition_state,
      r.revision as requisition_revision
    from quote q join company c on c.id = q.company_id
    left join requisition r on r.id = q.requisition_id
    where q.id = ${id}
    for update of q`
  return question(row, ([found]) =>
    found
      ? {
          value: found.body,
          version: found.version,
          companyStatus: found.company_status,
          requisitionState: found.requisition_state,
          requisitionRevision: found.requisition_revision,
          search: found.search,
        }
      : null,
  )
}

/** A quote as rules look at it. */
export function decidable({
  value,
  companyStatus,
  requisitionState,
  requisitionRevision,
}: Omit<LockedQuote, 'version' | 'search'>): DecidableQuote {
  const answers = value.requisition?.revision ?? null
  return {
    state: value.state,
    revision: value.revision,
    wasSent: value.sent !== null,
    validUntil: value.validUntil,
    net: value.totals.net,
    lineCount: value.lines.length,
    unpricedLineIds: value.lines.filter(({ rowAmount }) => rowAmount === null).map(({ id }) => id),
    companyId: value.companyId,
    companyStatus,
    requisitionState,
    isRequisitionRevised:
      answers !== null && requisitionRevision !== null && requisitionRevision > answers,
    steps: value.steps,
  }
}

/** Write a quote as it now stands and put it into the feed. @param search its words, folded */
export function saveQuote(tx: Transaction, value: Quote, version: number, search: string): void {
  writeAtEnd(tx, quotes, [{ value, version, search }])
  writeAtEnd(tx, namedArticles, [value])
  publish(tx, [{ kind: 'quote', id: value.id, version, companyId: value.companyId, value }])
}

/** Keep a version as it goes out. */
export function keepVersion(tx: Transaction, value: Quote): void {
  writeAtEnd(tx, revisions, [value])
}

const quotes: WriteGroup<{
  readonly value: Quote
  readonly version: number
  readonly search: string
}> = {
  statement(saved) {
    const rows = saved.map(({ value, version, search }) => ({
      id: value.id,
      number: value.number,
      requisition_id: value.requisition?.id ?? null,
      shop_id: value.shopId,
      state: value.state,
      revision: value.revision,
      version,
      company_id: value.companyId,
      contact_id: value.contactId,
      currency: value.currency,
      net: value.totals.net,
      valid_until: value.validUntil,
      created_at: value.createdAt,
      finished_at: isOpenQuote(value.state) ? null : (value.outcome?.at ?? null),
      body: value,
      search,
    }))
    return sql`
      insert into quote (id, number, requisition_id, shop_id, state, revision, version, company_id,
        contact_id, currency, net, valid_until, created_at, finished_at, body, search)
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (
        id uuid, number text, requisition_id uuid, shop_id text, state text, revision integer,
        version integer, company_id text, contact_id text, currency text, net bigint,
        valid_until date, created_at timestamptz, finished_at timestamptz, body jsonb, search text)
      on conflict (id) do update set
        state = excluded.state, revision = excluded.revision, version = excluded.version,
        net = excluded.net, valid_until = excluded.valid_until,
        finished_at = excluded.finished_at, body = excluded.body, search = excluded.search`
  },
}

const revisions: WriteGroup<Quote> = {
  statement: (sent) => sql`
    insert into quote_revision (quote_id, revision, sent_at, body)
    select (r.value->>'id')::uuid, (r.value->>'revision')::integer,
      (r.value->'sent'->>'at')::timestamptz, r.value
    from jsonb_array_elements(${JSON.stringify(sent)}::jsonb) as r (value)`,
}

const namedArticles: WriteGroup<Quote> = {
  statement(saved) {
    const rows = saved.map(({ id, lines }) => ({
      id,
      articles: lines.map(({ articleId }) => articleId),
    }))
    return sql`
      insert into quote_article (article_id, quote_id)
      select distinct a.id, r.id
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, articles text[]),
        unnest(r.articles) as a (id)
      on conflict do nothing`
  },
}
