import type { Kysely } from 'kysely'
import type { Requisition, RequisitionLine, Seller } from '../../contract/entities'
import type { WorkCalendar } from '../../domain/article'
import { deliveryOf } from '../../domain/availability/delivery'
import type { PlacedLine } from '../../domain/availability/place-lines'
import { todayIn } from '../../domain/calendar'
import type { DocumentTotals } from '../../domain/money/totals'
import type { PriceRuleIndex } from '../../domain/pricing/rule-index'
import type { PriceResolution } from '../../domain/pricing/rules'
import {
  lineFigures,
  overCredit,
  totalsAt,
  type DocumentFigures,
  type FigureRow,
  type LineFigures,
} from '../../domain/requisition/figures'
import type { CalendarDate } from '../../domain/units'
import type { Database } from '../database/schema'
import { together, type Question } from '../database/together'
import { holdsOf, type LiveHold } from '../stock/holds'
import { stockOf, type StockOfArticles } from '../stock/load'
import type { LockedRequisition } from './aggregate'
import { articlesOf, exposureOf, type NamedArticle } from './intake-facts'
import { priceRulesAt } from './load-prices'
import { placeAll, type DocumentHolds, type Said } from './place-order'

/** What the figures of a requisition are counted from, all of it as it is now. */
export interface FigureGrounds {
  readonly articles: ReadonlyMap<string, NamedArticle>
  readonly rules: PriceRuleIndex
  readonly stock: StockOfArticles
  readonly holds: DocumentHolds
  readonly exposure: number
}

/** Asks for all of it, however many lines, in statements that travel together. */
export function figureGrounds(
  db: Kysely<Database>,
  { value, company }: LockedRequisition,
  now: Date,
): Question<FigureGrounds> {
  const ids = [...new Set(value.lines.map(({ articleId }) => articleId))]
  const all = together(
    articlesOf(db, ids),
    priceRulesAt(company.buyer, ids, now.toISOString()),
    stockOf(ids, value.contactId),
    holdsOf(ids, value.id),
    exposureOf(db, company),
  )
  return {
    ...all,
    read(answers) {
      const [articles, rules, stock, holds, exposure] = all.read(answers)
      return { articles, rules, stock, holds: holdsFor(value, holds), exposure }
    },
  }
}

/** Whose are a requisition's own, and whose are others'. */
export function holdsFor(
  { id }: Pick<Requisition, 'id'>,
  holds: readonly LiveHold[],
): DocumentHolds {
  return {
    own: holds.filter(({ documentId }) => documentId === id),
    others: holds.filter(({ documentId }) => documentId !== id),
  }
}

/** A requisition's figures at one moment, and what they were counted from. */
export interface FiguresNow {
  readonly today: CalendarDate
  readonly calendar: WorkCalendar
  /** By line id. */
  readonly placements: ReadonlyMap<string, PlacedLine>
  readonly resolved: ReadonlyMap<string, PriceResolution>
  readonly lines: readonly (FigureRow & LineFigures)[]
  readonly document: DocumentFigures
  /** At the prices of the figures; null where they are past what can be kept. */
  readonly totals: DocumentTotals | null
}

/** The figures of a requisition as it would be ordered now, with what has been said of its lines. */
export function figuresNow(
  { value, company }: LockedRequisition,
  grounds: FigureGrounds,
  seller: Seller,
  now: Date,
  said: Omit<Said, 'holds'> & { readonly refresh?: readonly string[] },
): FiguresNow {
  const { stock, holds } = grounds
  const placing = { ...said, holds }
  const { today, calendar, placements } = placeAll(value.lines, stock, seller, now, placing)
  const resolved = resolveAll(value, company.buyer, grounds, seller, now)
  const refreshed = new Set(said.refresh)
  const lines = value.lines.map((line) => ({
    id: line.id,
    quantity: line.quantity,
    vatRate: line.vatRate,
    ...lineFigures(line, resolved.get(line.id) ?? line.resolved, {
      isRefreshed: refreshed.has(line.id),
      delivery: deliveryOf(placements.get(line.id)),
    }),
  }))
  const { currency, totals: asKept } = value
  const totals = refreshed.size === 0 ? asKept : totalsAt(lines, { currency, mode: asKept.mode })
  return {
    today,
    calendar,
    placements,
    resolved,
    lines,
    totals,
    document: {
      net: totals?.net ?? asKept.net,
      overCredit: overCredit(company.creditLimit, grounds.exposure, totals?.gross ?? asKept.gross),
      status: company.status,
    },
  }
}

/** The company's own price of every line now, by line id. */
function resolveAll(
  { lines }: Pick<Requisition, 'lines'>,
  buyer: LockedRequisition['company']['buyer'],
  { articles, rules }: FigureGrounds,
  { timeZone, syncedPriceMaxAgeHours }: Seller,
  at: Date,
): ReadonlyMap<string, PriceResolution> {
  const now = at.toISOString()
  const date = todayIn(timeZone, now)
  const resolve = ({ articleId, quantity, vatRate }: RequisitionLine): PriceResolution => {
    const article = articles.get(articleId)
    // An article that was ordered or asked for once is not deleted; should it be, it has no price.
    if (!article) return { kind: 'missing', reason: 'no_rule', listPrice: null, vatRate }
    return rules.resolve({
      company: buyer,
      article,
      quantity,
      date,
      now,
      syncedPriceMaxAgeHours,
    })
  }
  return new Map(lines.map((line) => [line.id, resolve(line)]))
}
