import { sql } from 'kysely'
import type { Requisition } from '../../contract/entities'
import type { Actor } from '../../contract/primitives'
import type { ApprovalFacts } from '../../domain/approval/facts'
import { question, type Question } from '../database/together'
import { writeAtEnd, type Transaction, type WriteGroup } from '../database/transaction'
import { publish } from '../feed/publish'
import type { IntakeParties, NamedArticle } from './intake-facts'
import type { Proposed } from './proposed-lines'
import { nameAttachments } from './attachments'
import { foldForSearch } from './search-text'
import { tellOfBuyers } from './tell-buyers'

/** The next number of a requisition. One that ends in a rollback is not used again. */
export function nextRequisitionNumber(): Question<string> {
  const next = sql<{ number: number }>`select nextval('requisition_number') as number`
  return question(next, ([row]) => `K-${row?.number}`)
}

/**
 * Write, at the end of the transaction, a requisition whose first or next revision has come in, keep
 * that revision as it was submitted, and with `isPublished` put it into the feed.
 */
export function writeIntake(
  tx: Transaction,
  value: Requisition,
  written: {
    /** What it was until now; null where it comes in. */
    readonly before: Requisition | null
    readonly version: number
    readonly parties: IntakeParties
    readonly articles: ReadonlyMap<string, NamedArticle>
    readonly facts: ApprovalFacts
    readonly proposed: Proposed | null
    /** Who made this revision, how and when. */
    readonly madeBy: Actor
    readonly how: 'submitted' | 'edited' | 'accepted'
    readonly at: Date
    /** False where the same transaction goes on to publish a newer value. */
    readonly isPublished: boolean
  },
): void {
  const { version, parties, articles, facts, proposed, madeBy, how } = written
  writeAtEnd(tx, requisitions, [{ value, version }])
  writeAtEnd(tx, words, [{ id: value.id, words: wordsOf(value, parties, articles) }])
  const at = written.at.toISOString()
  writeAtEnd(tx, revisions, [{ value, facts, proposed, madeBy, how, at }])
  writeAtEnd(tx, namedArticles, [value])
  nameAttachments(tx, value)
  tellOfBuyers(tx, written.before, value, version)
  if (!written.isPublished) return
  publish(tx, [{ kind: 'requisition', id: value.id, version, companyId: value.companyId, value }])
}

const requisitions: WriteGroup<{ readonly value: Requisition; readonly version: number }> = {
  statement(taken) {
    const rows = taken.map(({ value, version }) => ({
      id: value.id,
      number: value.number,
      shop_id: value.shop.id,
      document_id: value.shop.documentId,
      kind: value.kind,
      origin: value.origin,
      name: value.name,
      state: value.state,
      revision: value.revision,
      version,
      company_id: value.companyId,
      contact_id: value.contactId,
      currency: value.currency,
      submitted_at: value.submittedAt,
      received_at: value.receivedAt,
      net: value.totals.net,
      claimed_by: value.claimedBy?.id ?? null,
      body: value,
    }))
    return sql`
      insert into requisition (id, number, shop_id, document_id, kind, origin, name, state, revision,
        version, company_id, contact_id, currency, submitted_at, received_at, net, claimed_by, body,
        look_at)
      select r.*, now() from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (
        id uuid, number text, shop_id text, document_id text, kind text, origin text, name text,
        state text, revision integer, version integer, company_id text, contact_id text,
        currency text, submitted_at timestamptz, received_at timestamptz, net bigint,
        claimed_by uuid, body jsonb)
      -- By its own id: a document that another transaction took in first is a conflict, not an update.
      on conflict (id) do update set
        kind = excluded.kind, origin = excluded.origin, name = excluded.name, state = excluded.state,
        revision = excluded.revision, version = excluded.version, company_id = excluded.company_id,
        contact_id = excluded.contact_id, currency = excluded.currency,
        submitted_at = excluded.submitted_at, received_at = excluded.received_at,
        finished_at = null, net = excluded.net, claimed_by = excluded.claimed_by,
        body = excluded.body, progress = '{}', look_at = excluded.look_at`
  },
}

const words: WriteGroup<{ readonly id: string; readonly words: string }> = {
  statement: (taken) => sql`
    insert into requisition_words (requisition_id, words)
    select id, words from jsonb_to_recordset(${JSON.stringify(taken)}::jsonb) as r (id uuid, words text)
    on conflict (requisition_id) do update set words = excluded.words`,
}

const revisions: WriteGroup<{
  readonly value: Requisition
  readonly facts: ApprovalFacts
  readonly proposed: Proposed | null
  readonly madeBy: Actor
  readonly how: string
  readonly at: string
}> = {
  statement: (taken) => sql`
    insert into requisition_revision (requisition_id, revision, submitted_at, received_at,
      body, facts, proposed, made_by, made_how)
    select (r.value->>'id')::uuid, (r.value->>'revision')::integer,
      (r.value->>'submittedAt')::timestamptz, r.at, r.value, r.facts, r.proposed, r."madeBy", r.how
    from jsonb_to_recordset(${JSON.stringify(taken)}::jsonb) as r (
      value jsonb, facts jsonb, proposed jsonb, "madeBy" jsonb, how text, at timestamptz)`,
}

const namedArticles: WriteGroup<Requisition> = {
  statement(taken) {
    const rows = taken.map(({ id, lines }) => ({
      id,
      articles: lines.map((line) => line.articleId),
    }))
    return sql`
      insert into requisition_article (article_id, requisition_id)
      select distinct a.id, r.id
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, articles text[]),
        unnest(r.articles) as a (id)
      on conflict do nothing`
  },
}

function wordsOf(
  value: Requisition,
  { company, contact }: IntakeParties,
  articles: ReadonlyMap<string, NamedArticle>,
): string {
  return foldForSearch([
    value.number,
    value.restOf?.number ?? null,
    value.shop.documentId,
    value.name,
    company.id,
    company.name,
    contact.id,
    contact.name,
    value.yourReference,
    value.purchaseOrderNumber,
    value.goodsMark,
    ...value.lines.flatMap(({ articleId }) => {
      const article = articles.get(articleId)
      return article ? [article.id, article.nameSv, article.nameEn] : []
    }),
  ])
}
