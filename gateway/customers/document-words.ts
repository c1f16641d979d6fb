import type {
  Order,
  OrderLine,
  Proposal,
  Requisition,
  RequisitionLine,
} from '../../contract/entities'
import { differenceOf, type LineDifference } from '../../domain/requisition/difference'
import { priceToOrder } from '../../domain/requisition/line-price'
import type { Texts } from '../../language/texts'
import type { RequisitionView, ShownArticle } from './requisition-view'

/** What there is to know beside a line to put it into words. */
export interface Wording {
  readonly texts: Texts
  readonly currency: string
  readonly articles: ReadonlyMap<string, ShownArticle>
}

/** A line of a document in words and figures. */
export interface LineWords {
  readonly name: string
  readonly number: string
  readonly quantity: string
  /** Null where there is none to tell. */
  readonly price: string | null
  readonly amount: string | null
  /** Rebate, basis, dates, comment: what is to be said of it beside the figures. */
  readonly notes: readonly string[]
}

/** What stands under the lines, the last of it the sum to be paid. */
export interface TotalWords {
  readonly label: string
  readonly amount: string
}

export interface DocumentWords {
  readonly lines: readonly LineWords[]
  /** Lines that are left out, since there are very many. */
  readonly more: number
  readonly totals: readonly TotalWords[]
}

/** A requisition's number, and where it is the rest of one that the customer knows, of which. */
export function numberWords(
  { number, restOf }: Pick<Requisition, 'number' | 'restOf'>,
  { t }: Texts,
): string {
  return restOf ? t('document.restOf', { number, of: restOf.number }) : number
}

/** The order where there is one, else the requisition, in its customer's words. */
export function documentWords(view: RequisitionView, now: Date, mostLines: number): DocumentWords {
  const { order, requisition, texts } = view
  const today = texts.formats.dateOf(now.toISOString())
  const lines =
    order === null
      ? requisition.lines.slice(0, mostLines).map((line) => proposedLine(line, view, today))
      : order.lines.slice(0, mostLines).map((line) => orderedLine(line, wordingOf(view), today))
  const document = order ?? requisition
  return {
    lines,
    more: document.lines.length - lines.length,
    totals: totalsOf(document.totals, texts),
  }
}

/**
 * What the seller proposes instead, in its customer's words: every line says what is other than the
 * customer sent, those that would go included.
 */
export function proposalWords(
  view: RequisitionView,
  proposal: Proposal,
  now: Date,
  mostLines: number,
): DocumentWords {
  const { requisition, texts } = view
  const today = texts.formats.dateOf(now.toISOString())
  const changes = new Map(
    differenceOf(requisition, proposal).lines.map((change) => [change.lineId, change]),
  )
  const gone = requisition.lines.filter(({ id }) => changes.get(id)?.after === null)
  const all = [
    ...proposal.lines.map((line) =>
      proposedLine(line, view, today, changedWords(changes.get(line.id), view)),
    ),
    ...gone.map((line) => ({
      ...proposedLine(line, view, today, [texts.t('document.change.removed')]),
      amount: null,
    })),
  ]
  return {
    lines: all.slice(0, mostLines),
    more: Math.max(0, all.length - mostLines),
    totals: totalsOf(proposal.totals, texts),
  }
}

/** What of a line is other than the customer sent it. */
function changedWords(
  change: LineDifference | undefined,
  { articles, texts }: RequisitionView,
): readonly string[] {
  if (!change?.after) return []
  const { t, formats } = texts
  const { before, after } = change
  if (!before) return [t('document.change.added')]
  const unit = articles.get(before.articleId)?.unit ?? ''
  const [was, is] = [before.price, after.price]
  return [
    ...(before.quantity === after.quantity
      ? []
      : [t('document.change.quantity', { was: formats.quantityWithUnit(before.quantity, unit) })]),
    ...(was === null ||
    (was.unitPrice.amount === is?.unitPrice.amount &&
      was.unitPrice.basis === is.unitPrice.basis &&
      was.rebate === is.rebate)
      ? []
      : [
          t('document.change.price', {
            was:
              was.rebate === 0
                ? formats.unitPrice(was.unitPrice.amount)
                : `${formats.unitPrice(was.unitPrice.amount)} − ${formats.percent(was.rebate)}`,
          }),
        ]),
    ...(before.requestedDate === after.requestedDate ? [] : [t('document.change.date')]),
  ]
}

function proposedLine(
  line: RequisitionLine,
  view: RequisitionView,
  today: string,
  changes: readonly string[] = [],
): LineWords {
  return lineWords(line, priceToOrder(line), wordingOf(view), [
    ...changes,
    ...wantedOn(line.requestedDate, view.texts, today),
    ...commentOf(line),
  ])
}

/** A line of an order, with when it can be delivered. */
export function orderedLine(line: OrderLine, wording: Wording, today: string): LineWords {
  const { t, formats } = wording.texts
  const date = line.confirmedDate ?? line.expectedDate
  const day = date === null ? null : formats.day(date, today)
  const delivery =
    day === null
      ? t('document.noDate')
      : t(line.confirmedDate === null ? 'document.expected' : 'document.confirmed', { day })
  return lineWords(line, line, wording, [
    ...wantedOn(line.requestedDate, wording.texts, today),
    delivery,
    ...commentOf(line),
  ])
}

function wordingOf({ texts, articles, requisition: { currency } }: RequisitionView): Wording {
  return { texts, articles, currency }
}

/** A line at a price, whatever document it stands in. @param notes what is to be said of it beside that */
export function lineWords(
  line: Pick<OrderLine, 'articleId' | 'quantity'> & { readonly rowAmount: number | null },
  price: Pick<OrderLine, 'unitPrice' | 'rebate'> | null,
  { articles, texts, currency }: Wording,
  notes: readonly string[],
): LineWords {
  const { t, formats } = texts
  // Articles that are named by a document cannot be deleted; this is for a database mended by hand.
  const article: ShownArticle = articles.get(line.articleId) ?? { name: line.articleId, unit: '' }
  return {
    name: article.name,
    number: line.articleId,
    quantity: formats.quantityWithUnit(line.quantity, article.unit),
    price: price && formats.unitPrice(price.unitPrice.amount),
    amount: line.rowAmount === null ? null : formats.amount(line.rowAmount, currency),
    notes: [
      ...(price === null ? [t('document.noPrice')] : []),
      ...(price && price.rebate !== 0
        ? [t('document.rebate', { rebate: formats.percent(price.rebate) })]
        : []),
      ...(price?.unitPrice.basis === 'gross' ? [t('document.withVat')] : []),
      ...notes,
    ],
  }
}

/** That a line is wanted on a day. */
export function wantedOn(
  date: string | null,
  { t, formats }: Texts,
  today: string,
): readonly string[] {
  return date === null ? [] : [t('document.requested', { day: formats.day(date, today) })]
}

/** What was written of a line. */
export function commentOf({ comment }: { readonly comment: string | null }): readonly string[] {
  return comment === null ? [] : [`“${comment}”`]
}

/** A document's sums, with the VAT of each rate. */
export function totalsOf(
  { net, vat, gross, currency }: (Order | Requisition)['totals'],
  { t, formats }: Texts,
): readonly TotalWords[] {
  return [
    { label: t('document.net'), amount: formats.money(net, currency) },
    ...vat.map(({ rate, amount }) => ({
      label: t('document.vat', { rate: formats.percent(rate) }),
      amount: formats.money(amount, currency),
    })),
    { label: t('document.gross'), amount: formats.money(gross, currency) },
  ]
}
