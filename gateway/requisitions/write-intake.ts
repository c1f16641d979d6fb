import { sql } from 'kysely'
import type { Requisition } from '../../contract/entities'
import type { Transaction } from '../database/transaction'
import { publish } from '../feed/publish'
import type { IntakeParties, NamedArticle } from './intake-facts'
import { foldForSearch } from './search-text'

/** The next number of a requisition. One that ends in a rollback is not used again. */
export async function nextRequisitionNumber(tx: Transaction): Promise<string> {
  const { rows } = await sql<{
    number: number
  }>`select nextval('requisition_number') as number`.execute(tx)
  return `K-${rows[0]?.number}`
}

/**
 * Writes a requisition whose first or next revision has come in, keeps that revision as it was
 * submitted, and with `isPublished` puts it into the feed.
 */
export async function writeIntake(
  tx: Transaction,
  value: Requisition,
  written: {
    readonly version: number
    readonly parties: IntakeParties
    readonly articles: ReadonlyMap<string, NamedArticle>
    /** False where the same transaction goes on to publish a newer value. */
    readonly isPublished: boolean
  },
): Promise<void> {
  const body = JSON.stringify(value)
  const row = {
    kind: value.kind,
    origin: value.origin,
    name: value.name,
    state: value.state,
    revision: value.revision,
    version: written.version,
    company_id: value.companyId,
    contact_id: value.contactId,
    currency: value.currency,
    submitted_at: value.submittedAt,
    received_at: value.receivedAt,
    finished_at: null,
    net: value.totals.net,
    claimed_by: null,
    body,
    search: searchText(value, written.parties, written.articles),
  }
  await tx
    .insertInto('requisition')
    .values({
      ...row,
      id: value.id,
      number: value.number,
      shop_id: value.shop.id,
      document_id: value.shop.documentId,
    })
    // By its own id: a document that another transaction took in first is a conflict, not an update.
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
  await tx
    .insertInto('requisition_revision')
    .columns(['requisition_id', 'revision', 'submitted_at', 'body'])
    .expression((from) =>
      from
        .selectFrom('requisition')
        .select(['id', 'revision', 'submitted_at', 'body'])
        .where('id', '=', value.id),
    )
    .execute()
  await sql`
    insert into requisition_article (article_id, requisition_id)
    select distinct article_id, ${value.id}::uuid
    from unnest(${value.lines.map(({ articleId }) => articleId)}::text[]) as l (article_id)
    on conflict do nothing
  `.execute(tx)
  if (!written.isPublished) return
  const { version } = written
  publish(tx, [{ kind: 'requisition', id: value.id, version, companyId: value.companyId, value }])
}

function searchText(
  value: Requisition,
  { company, contact }: IntakeParties,
  articles: ReadonlyMap<string, NamedArticle>,
): string {
  return foldForSearch([
    value.number,
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
