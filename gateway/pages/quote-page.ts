import type { Kysely } from 'kysely'
import type { Attachment } from '../../contract/entities'
import type { Actor } from '../../contract/primitives'
import { customersAttachments } from '../customers/attachments'
import { html, typed, type Markup } from '../customers/markup'
import { quoteTitle, quoteView, quoteWords, type QuoteView } from '../customers/quote-view'
import type { Database } from '../database/schema'
import { requisitionOf } from '../requisitions/aggregate'
import {
  attachmentsMarkup,
  factList,
  linesMarkup,
  mostLines,
  standingMarkup,
  type Fact,
  type Standing,
} from './document-markup'
import type { Complaint, Page, Visit } from './purpose'

/**
 * A version of a quote and how it stands, on a page; null where it is none of the visitor's company.
 * @param actions what can be done about it, under what there is to know first
 */
export async function quotePage(
  db: Kysely<Database>,
  { link, now }: Visit,
  complaint: Complaint | null,
  actions: (view: QuoteView) => Markup | null,
): Promise<Page | null> {
  const view = await quoteView(db, link.aggregateId, link.revision, link.contactId)
  if (!view) return null
  const { order, texts, sellerName, today } = view
  const { t, formats } = texts
  const title = quoteTitle(view)
  const attachments = await attachmentsOf(db, view)
  return {
    texts,
    sellerName,
    title,
    content: html`${
        complaint?.about === 'page' && html`<p class="notice" role="alert">${complaint.text}</p>`
      }
      <h1>${title}</h1>
      ${standingMarkup(standingOf(view, now))} ${actions(view)}
      <section aria-labelledby="lines">
        <h2 id="lines">
          ${
            order === null
              ? t('document.lines')
              : t('document.order.title', { number: order.number })
          }
        </h2>
        ${linesMarkup(quoteWords(view, mostLines), texts)}
      </section>
      ${attachmentsMarkup(attachments, texts)} ${factList(factsOf(view, now))}`,
    foot: t('page.for', {
      contact: view.contact.name,
      company: view.companyName,
      day: formats.day(formats.dateOf(link.expiresAt.toISOString()), today),
    }),
  }
}

/** What whoever sees the page may fetch. */
export async function quoteAttachments(
  db: Kysely<Database>,
  { link }: Visit,
): Promise<readonly Attachment[]> {
  const view = await quoteView(db, link.aggregateId, link.revision, link.contactId)
  return view ? attachmentsOf(db, view) : []
}

/**
 * An offer comes with what is attached to the requisition that it answers. That may be of a later offer by
 * then: one that no longer counts has none.
 */
async function attachmentsOf(
  db: Kysely<Database>,
  { quote: { requisition, companyId }, standing }: QuoteView,
): Promise<readonly Attachment[]> {
  if (!requisition || (standing !== 'open' && standing !== 'ordered')) return []
  const row = await db
    .selectFrom('requisition')
    .select(['body', 'progress'])
    .where('id', '=', requisition.id)
    .where('company_id', '=', companyId)
    .executeTakeFirst()
  return row ? customersAttachments(requisitionOf(row)) : []
}

function standingOf(view: QuoteView, now: Date): Standing {
  const { quote, offer, standing, order, texts, today } = view
  const { t, formats } = texts
  const { outcome } = quote
  const name = outcome?.by.name ?? ''
  const when = outcome ? formats.dayAndTime(outcome.at, now.toISOString()) : ''
  const day = formats.day(offer.validUntil, today)
  switch (standing) {
    case 'open':
      return {
        tone: 'asking',
        heading: t('page.quote.open', { day }),
        detail: t('page.quote.open.detail'),
        words: wordsBy(offer.message, offer.sent?.by, view),
      }
    case 'ordered':
      return {
        tone: 'good',
        heading: t('page.state.ordered', { order: order?.number ?? '' }),
        detail: t('page.quote.ordered.detail', { name, when }),
        words: null,
      }
    case 'countered':
      return {
        tone: 'calm',
        heading: t('page.quote.countered'),
        detail: t('page.quote.countered.detail', { name, when }),
        words: wordsBy(outcome?.kind === 'countered' ? outcome.message : null, outcome?.by, view),
      }
    case 'declined':
      return {
        tone: 'calm',
        heading: t('page.quote.declined'),
        detail: t('page.quote.declined.detail', { name, when }),
        words: wordsBy(outcome?.kind === 'declined' ? outcome.reason : null, outcome?.by, view),
      }
    case 'withdrawn':
      return {
        tone: 'bad',
        heading: t('page.quote.withdrawn'),
        detail: t('page.quote.withdrawn.detail', { when }),
        words: wordsBy(outcome?.kind === 'withdrawn' ? outcome.reason : null, outcome?.by, view),
      }
    case 'expired':
      return {
        tone: 'calm',
        heading: t('page.quote.expired'),
        detail: t('page.quote.expired.detail', { day }),
        words: null,
      }
    case 'superseded':
      return {
        tone: 'calm',
        heading: t('page.quote.superseded'),
        detail: t('page.quote.superseded.detail'),
        words: null,
      }
    case 'revised':
      return {
        tone: 'calm',
        heading: t('page.quote.revised'),
        detail: t('page.quote.revised.detail'),
        words: null,
      }
  }
}

/** What a person wrote, and for whom of the two they wrote it. */
function wordsBy(
  text: string | null,
  by: Actor | undefined,
  { sellerName, companyName }: QuoteView,
): Standing['words'] {
  if (text === null) return null
  switch (by?.kind) {
    case 'user':
      return { text, by: `${by.name}, ${sellerName}` }
    case 'contact':
      return { text, by: `${by.name}, ${companyName}` }
    case 'system':
    case undefined:
      return { text, by: sellerName }
  }
}

function factsOf({ offer, texts, today }: QuoteView, now: Date): readonly Fact[] {
  const { t, formats } = texts
  const { deliveryAddress: address, requestedDate, sent, requisition } = offer
  return [
    [t('page.fact.validUntil'), formats.day(offer.validUntil, today)],
    [t('page.fact.sent'), sent && formats.dayAndTime(sent.at, now.toISOString())],
    [t('page.fact.answers'), requisition && requisition.number],
    [t('page.fact.requested'), requestedDate && formats.day(requestedDate, today)],
    [t('page.fact.freight'), offer.freightTerms],
    [t('page.fact.yourReference'), offer.yourReference],
    [t('page.fact.purchaseOrder'), offer.purchaseOrderNumber],
    [t('page.fact.goodsMark'), offer.goodsMark],
    [
      t('page.fact.delivery'),
      address && typed(`${address.name}\n${address.street}\n${address.postalCode} ${address.city}`),
    ],
    [t('page.fact.comment'), offer.comment && typed(offer.comment)],
  ]
}
