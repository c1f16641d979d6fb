import type { Order, OrderLine, Requisition, RequisitionLine } from '../../contract/entities'
import type { Texts } from '../../language/texts'
import type { RequisitionView, ShownArticle } from './requisition-view'

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

/** The order where there is one, else the requisition, in its customer's words. */
export function documentWords(view: RequisitionView, now: Date, mostLines: number): DocumentWords {
  const { order, requisition, texts } = view
  const today = texts.formats.dateOf(now.toISOString())
  const lines =
    order === null
      ? requisition.lines.slice(0, mostLines).map((line) => proposedLine(line, view, today))
      : order.lines.slice(0, mostLines).map((line) => orderedLine(line, view, today))
  const document = order ?? requisition
  return {
    lines,
    more: document.lines.length - lines.length,
    totals: totalsOf(document.totals, texts),
  }
}

function proposedLine(line: RequisitionLine, view: RequisitionView, today: string): LineWords {
  const price = line.shown ?? (line.resolved.kind === 'priced' ? line.resolved : null)
  return lineWords(line, price, view, [
    ...wantedOn(line.requestedDate, view.texts, today),
    ...commentOf(line),
  ])
}

function orderedLine(line: OrderLine, view: RequisitionView, today: string): LineWords {
  const { t, formats } = view.texts
  const date = line.confirmedDate ?? line.expectedDate
  const day = date === null ? null : formats.day(date, today)
  const delivery =
    day === null
      ? t('document.noDate')
      : t(line.confirmedDate === null ? 'document.expected' : 'document.confirmed', { day })
  return lineWords(line, line, view, [
    ...wantedOn(line.requestedDate, view.texts, today),
    delivery,
    ...commentOf(line),
  ])
}

function lineWords(
  line: Pick<OrderLine, 'articleId' | 'quantity'> & { readonly rowAmount: number | null },
  price: Pick<OrderLine, 'unitPrice' | 'rebate'> | null,
  { articles, texts, requisition }: RequisitionView,
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
    amount: line.rowAmount === null ? null : formats.amount(line.rowAmount, requisition.currency),
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

function wantedOn(date: string | null, { t, formats }: Texts, today: string): readonly string[] {
  return date === null ? [] : [t('document.requested', { day: formats.day(date, today) })]
}

function commentOf({ comment }: { readonly comment: string | null }): readonly string[] {
  return comment === null ? [] : [`“${comment}”`]
}

function totalsOf(
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
