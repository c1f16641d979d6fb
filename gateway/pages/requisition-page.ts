import type { Kysely } from 'kysely'
import type { Attachment, Order, Requisition } from '../../contract/entities'
import { isBuyers } from '../../domain/approval/steps'
import { takesDates } from '../../domain/order/confirm'
import { customersAttachments } from '../customers/attachments'
import { documentWords, numberWords, proposalWords } from '../customers/document-words'
import { html, typed, type Markup } from '../customers/markup'
import { proposalOf, requisitionView, type RequisitionView } from '../customers/requisition-view'
import type { Database } from '../database/schema'
import { awaitsBuyer } from '../requisitions/tell-buyers'
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
 * A requisition as it stands, on a page; null where the link is about another revision of it.
 * @param actions what can be done about it, under what there is to know first
 */
export async function requisitionPage(
  db: Kysely<Database>,
  { link, now }: Visit,
  complaint: Complaint | null,
  actions: (view: RequisitionView) => Markup | null = () => null,
): Promise<Page | null> {
  const shown = await shownBy(db, link)
  if (!shown) return null
  const { view, since } = shown
  // What the seller's people are making of it is told when they are done.
  const isInTheMaking = since.at(-1) === 'edited' && view.requisition.outcome === null
  const { requisition, texts, sellerName } = view
  const { t, formats } = texts
  const title = t(`document.${requisition.kind}.title`, {
    number: numberWords(requisition, texts),
  })
  return {
    texts,
    sellerName,
    title,
    content: html`${
        complaint?.about === 'page' && html`<p class="notice" role="alert">${complaint.text}</p>`
      }
      <h1>${title}</h1>
      ${standingMarkup(standingOf(view, now))} ${proposalMarkup(view, now)} ${actions(view)}
      ${!isInTheMaking && linesSection(view, now)}
      ${attachmentsMarkup(customersAttachments(requisition), texts)}
      ${!isInTheMaking && factsMarkup(view, now)}`,
    foot: t('page.for', {
      contact: view.contact.name,
      company: view.companyName,
      day: formats.day(
        formats.dateOf(link.expiresAt.toISOString()),
        formats.dateOf(now.toISOString()),
      ),
    }),
  }
}

/** What whoever sees the page may fetch. */
export async function requisitionAttachments(
  db: Kysely<Database>,
  { link }: Visit,
): Promise<readonly Attachment[]> {
  const shown = await shownBy(db, link)
  return shown ? customersAttachments(shown.view.requisition) : []
}

/** What a link shows, and how the revisions after its own were made; null where it is about another one. */
async function shownBy(db: Kysely<Database>, link: Visit['link']) {
  const view = await requisitionView(db, link.aggregateId, link.contactId)
  const since = await madeSince(db, link)
  const isOvertaken = since.some((how) => how !== 'edited')
  // An answer may have made a newer revision: whoever gave it by this link sees what became of that.
  return view && (!isOvertaken || link.isUsed) ? { view, since } : null
}

/** How the revisions after the link's own were made, in their order. */
async function madeSince(
  db: Kysely<Database>,
  { aggregateId, revision }: Visit['link'],
): Promise<readonly (string | null)[]> {
  const rows = await db
    .selectFrom('requisition_revision')
    .select('made_how')
    .where('requisition_id', '=', aggregateId)
    .where('revision', '>', revision)
    .orderBy('revision')
    .execute()
  return rows.map((row) => row.made_how)
}

function linesSection(view: RequisitionView, now: Date): Markup {
  const { requisition, order, texts } = view
  const { t } = texts
  return html`<section aria-labelledby="lines">
    <h2 id="lines">
      ${
        order === null
          ? t(proposalOf(requisition) === null ? 'document.lines' : 'document.sent')
          : t('document.order.title', { number: order.number })
      }
    </h2>
    ${linesMarkup(documentWords(view, now, mostLines), view.texts)}
  </section>`
}

function standingOf(view: RequisitionView, now: Date): Standing {
  const { requisition, order, texts, sellerName } = view
  const { t, formats } = texts
  const { outcome } = requisition
  const when = outcome ? formats.dayAndTime(outcome.at, now.toISOString()) : ''
  const signed = outcome?.by.kind === 'user' ? `${outcome.by.name}, ${sellerName}` : sellerName
  switch (outcome?.kind) {
    case undefined:
      return { ...unanswered(requisition, texts), words: null }
    case 'ordered':
      return {
        tone: 'good',
        heading: t('page.state.ordered', { order: outcome.orderNumber }),
        detail: [t('page.state.ordered.detail', { when }), order && datesSaid(order, t)]
          .filter(Boolean)
          .join(' '),
        words: null,
      }
    case 'rejected':
      if (outcome.by.kind === 'contact') {
        const { name } = outcome.by
        return {
          tone: 'bad',
          heading: t('page.state.refused'),
          detail: t('page.state.refused.detail', { name, when }),
          words: { text: outcome.reason, by: name },
        }
      }
      return {
        tone: 'bad',
        heading: t('page.state.rejected'),
        detail: t('page.state.rejected.detail', { when }),
        words: { text: outcome.reason, by: signed },
      }
    case 'returned':
      if (outcome.quote) {
        return {
          tone: 'asking',
          heading: t('page.state.quoted', { number: outcome.quote.number }),
          detail: t('page.state.quoted.detail'),
          // What was written with it stands on the quote.
          words: null,
        }
      }
      return {
        tone: 'asking',
        heading: t('page.state.returned'),
        detail: t(
          proposalOf(requisition) === null
            ? 'page.state.returned.detail'
            : 'page.state.proposed.detail',
        ),
        words: { text: outcome.message, by: signed },
      }
    case 'withdrawn':
      return {
        tone: 'calm',
        heading: t('page.state.withdrawn'),
        detail: t('page.state.withdrawn.detail', { name: outcome.by.name, when }),
        words: null,
      }
    case 'expired':
      return {
        tone: 'calm',
        heading: t('page.state.expired'),
        detail: t('page.state.expired.detail'),
        words: null,
      }
  }
}

/** How many of an order's lines have been promised a day; nothing where none has, or it has left. */
function datesSaid({ state, lines }: Order, t: RequisitionView['texts']['t']): string | null {
  const confirmed = lines.filter(({ confirmedDate }) => confirmedDate !== null).length
  if (confirmed === 0 || !takesDates(state)) return null
  const counts = { confirmed, lines: lines.length }
  return t(
    confirmed === lines.length ? 'page.state.ordered.dates' : 'page.state.ordered.someDates',
    counts,
  )
}

function unanswered(
  requisition: Requisition,
  { t, formats }: RequisitionView['texts'],
): Omit<Standing, 'words'> {
  const { state } = requisition
  if (state === 'approved') {
    return {
      tone: 'good',
      heading: t('page.state.approved'),
      detail: t('page.state.approved.detail'),
    }
  }
  if (awaitsBuyer(requisition)) {
    return {
      tone: 'asking',
      heading: t('page.state.asked'),
      detail: t('page.state.asked.detail'),
    }
  }
  const names = (requisition.steps ?? [])
    .filter(isBuyers)
    .flatMap(({ approvals }) => approvals.map(({ by }) => by.name))
  return {
    tone: 'calm',
    heading: t('page.state.open'),
    detail:
      names.length === 0
        ? t('page.state.open.detail')
        : t('page.state.open.approved', { names: formats.list(names) }),
  }
}

function proposalMarkup(view: RequisitionView, now: Date): Markup | null {
  const proposal = proposalOf(view.requisition)
  if (proposal === null) return null
  return html`<section aria-labelledby="proposal">
    <h2 id="proposal">${view.texts.t('document.proposed')}</h2>
    ${linesMarkup(proposalWords(view, proposal, now, mostLines), view.texts)}
  </section>`
}

function factsMarkup({ requisition, texts }: RequisitionView, now: Date): Markup {
  const { t, formats } = texts
  const today = formats.dateOf(now.toISOString())
  const { deliveryAddress: address, requestedDate, rest } = requisition
  const facts: readonly Fact[] = [
    [t('page.fact.name'), requisition.name],
    [t('page.fact.rest'), rest ? formats.list(rest.map(({ number }) => number)) : null],
    [t('page.fact.sent'), formats.dayAndTime(requisition.submittedAt, now.toISOString())],
    [t('page.fact.requested'), requestedDate && formats.day(requestedDate, today)],
    [t('page.fact.yourReference'), requisition.yourReference],
    [t('page.fact.purchaseOrder'), requisition.purchaseOrderNumber],
    [t('page.fact.goodsMark'), requisition.goodsMark],
    [
      t('page.fact.delivery'),
      address && typed(`${address.name}\n${address.street}\n${address.postalCode} ${address.city}`),
    ],
    [t('page.fact.comment'), requisition.comment && typed(requisition.comment)],
  ]
  return factList(facts)
}
