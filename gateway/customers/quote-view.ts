import type { Kysely } from 'kysely'
import type { Order } from '../../contract/entities'
import type { Quote } from '../../contract/quotes'
import type { Contact } from '../../domain/company'
import { isUnsent } from '../../domain/quote/states'
import type { CalendarDate } from '../../domain/units'
import { formatsIn } from '../../language/formats'
import type { Texts } from '../../language/texts'
import { wordsIn } from '../../language/words'
import type { Database } from '../database/schema'
import { ask, question, together } from '../database/together'
import { uuidOrNil } from '../database/uuid'
import { priceOf } from '../quotes/price-of'
import { sellerNow } from '../seller/load'
import { databaseTime } from '../seller/today'
import {
  commentOf,
  lineWords,
  orderedLine,
  totalsOf,
  wantedOn,
  type DocumentWords,
} from './document-words'
import { articlesOf, orderBy, type ShownArticle } from './requisition-view'

/** How an offer stands, for whoever it was made to. */
export type OfferStanding =
  | 'open'
  | 'ordered'
  | 'countered'
  | 'declined'
  | 'withdrawn'
  | 'expired'
  /** A newer version has gone out. */
  | 'superseded'
  /** One is being written, or was. */
  | 'revised'

/** A quote as its customer is shown it, in mails and on pages, in the customer's language. */
export interface QuoteView {
  /** As it is now; what of it has not gone out is not to be shown. */
  readonly quote: Quote
  /** The version that is told of, as it went out. */
  readonly offer: Quote
  readonly standing: OfferStanding
  /** What the offer became, if it became an order. */
  readonly order: Order | null
  readonly companyName: string
  readonly contact: Pick<Contact, 'id' | 'name' | 'status'>
  readonly sellerName: string
  readonly articles: ReadonlyMap<string, ShownArticle>
  readonly texts: Texts
  /** By the database's clock, as that judges whether it is over. */
  readonly today: CalendarDate
}

/**
 * A version of a quote as one of its company's contacts is shown it, or the last that went out before it;
 * null when there is none of that contact's company, or nothing has gone out.
 */
export async function quoteView(
  db: Kysely<Database>,
  quoteId: string,
  revision: number,
  contactId: string,
): Promise<QuoteView | null> {
  const found = db
    .selectFrom('quote')
    .innerJoin('quote_revision as gone_out', 'gone_out.quote_id', 'quote.id')
    .innerJoin('company', 'company.id', 'quote.company_id')
    .innerJoin('contact', (join) =>
      join.onRef('contact.company_id', '=', 'company.id').on('contact.id', '=', contactId),
    )
    .select([
      'quote.body',
      'gone_out.body as offer',
      'company.name as company_name',
      'company.language',
      'contact.id as contact_id',
      'contact.name as contact_name',
      'contact.status as contact_status',
    ])
    .where('quote.id', '=', uuidOrNil(quoteId))
    .where('gone_out.revision', '<=', revision)
    .orderBy('gone_out.revision', 'desc')
    .limit(1)
  const [row, seller, { today }] = await ask(
    db,
    together(
      question(found, ([first]) => first ?? null),
      sellerNow(db),
      databaseTime(),
    ),
  )
  if (!row) return null
  const { body: quote, offer } = row
  const standing = standingOf(quote, offer, today)
  const { outcome } = quote
  const order =
    standing === 'ordered' && outcome?.kind === 'ordered'
      ? await orderBy(db, outcome.orderId)
      : null
  const words = wordsIn(row.language)
  return {
    quote,
    offer,
    standing,
    order,
    companyName: row.company_name,
    contact: { id: row.contact_id, name: row.contact_name, status: row.contact_status },
    sellerName: seller.name,
    articles: await articlesOf(db, (order ?? offer).lines, row.language),
    texts: { ...words, formats: formatsIn(words, seller.timeZone) },
    today,
  }
}

function standingOf(quote: Quote, offer: Quote, today: CalendarDate): OfferStanding {
  if (isUnsent(quote.state)) return 'revised'
  // One that was put away before it went out takes the offer back that it was to replace.
  if (quote.revision !== offer.revision) return quote.sent === null ? 'withdrawn' : 'superseded'
  const { outcome } = quote
  if (outcome === null) return today > quote.validUntil ? 'expired' : 'open'
  return outcome.kind
}

/** The order where there is one, else the offer, in its customer's words. */
export function quoteWords(view: QuoteView, mostLines: number): DocumentWords {
  const { order, offer, texts, articles, today } = view
  const wording = { texts, articles, currency: offer.currency }
  const lines =
    order === null
      ? offer.lines
          .slice(0, mostLines)
          .map((line) =>
            lineWords(line, priceOf(line), wording, [
              ...wantedOn(line.requestedDate, texts, today),
              ...commentOf(line),
            ]),
          )
      : order.lines.slice(0, mostLines).map((line) => orderedLine(line, wording, today))
  const document = order ?? offer
  return {
    lines,
    more: document.lines.length - lines.length,
    totals: totalsOf(document.totals, texts),
  }
}

/** What the offer is called: by its number, and its version where it is not the first. */
export function quoteTitle({ offer: { number, revision }, texts: { t } }: QuoteView): string {
  return revision === 1
    ? t('document.quote', { number })
    : t('document.quote.version', { number, version: revision })
}
