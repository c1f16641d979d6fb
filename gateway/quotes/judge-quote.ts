import type { Quote, QuoteLine } from '../../contract/quotes'
import { askedFacts } from '../../domain/approval/asked-facts'
import { evaluate, type DemandedStep } from '../../domain/approval/evaluate'
import { factsOf } from '../../domain/approval/facts-of'
import { isBuyers } from '../../domain/approval/steps'
import type { DraftLine } from '../../domain/quote/draft'
import { takeIn, type TakenLine } from '../../domain/requisition/intake'
import type { IntakeProblem } from '../../domain/requisition/intake-document'
import { judgeDocument } from '../../domain/requisition/judge-document'
import { countShortLines } from '../../domain/availability/short-lines'
import { hasOrdered, policyInForce } from '../approval/policy'
import { answered, ask, together } from '../database/together'
import type { Transaction } from '../database/transaction'
import {
  articlesOf,
  exposureOf,
  warehousesOf,
  type IntakeParties,
  type NamedArticle,
} from '../requisitions/intake-facts'
import { priceRulesOf, type PriceBuyer } from '../requisitions/load-prices'
import { foldForSearch } from '../requisitions/search-text'
import { sellerNow } from '../seller/load'
import type { DatabaseTime } from '../seller/today'
import { stockOf } from '../stock/load'
import { writable } from '../writable'

/** What a quote's lines come to, and what the seller's rules ask for it. */
export interface JudgedQuote {
  readonly lines: QuoteLine[]
  readonly totals: Quote['totals']
  readonly demanded: readonly DemandedStep[]
  /** Its words, folded for searching. */
  readonly search: string
}

/** What is wrong in a quote: in a line, or in its head where that is null. */
export interface QuoteProblem {
  readonly lineId: string | null
  readonly field: string
  readonly problem: IntakeProblem
}

/**
 * Judge and price a quote as it would stand, by the rules that requisitions are held to: what is wrong
 * with it, or its rows at the company's own prices but where one is set by hand, its sums and its steps.
 */
export async function judgeQuote(
  tx: Transaction,
  head: Pick<
    Quote,
    | 'number'
    | 'requisition'
    | 'requestedDate'
    | 'yourReference'
    | 'purchaseOrderNumber'
    | 'goodsMark'
  >,
  drafted: readonly DraftLine[],
  parties: IntakeParties,
  { now, today }: DatabaseTime,
): Promise<
  | { readonly ok: true; readonly judged: JudgedQuote }
  | { readonly ok: false; readonly problems: readonly QuoteProblem[] }
> {
  const { company, companyGroup } = parties
  const at = now.toISOString()
  const [articles, warehouses, seller, policy, exposure, ordered] = await ask(
    tx,
    together(
      articlesOf(
        tx,
        drafted.map(({ article }) => article),
      ),
      warehousesOf(parties.contact.id),
      sellerNow(tx),
      policyInForce(tx),
      exposureOf(tx, company),
      hasOrdered(tx, company.id),
    ),
  )
  const sound = judgeDocument(
    {
      revision: 1,
      contact: parties.contact.id,
      currency: company.currency,
      lines: drafted,
      deliveryAddress: null,
      requestedDate: head.requestedDate,
    },
    // Whoever may ask for a quote may be given one.
    { kind: 'quote_request', sentAt: at, now: at },
    { ...parties, articles, warehouses },
  )
  if (!sound.ok) return { ok: false, problems: problemsOf(sound.refusals, drafted) }

  const buyer: PriceBuyer = {
    id: company.id,
    customerGroupId: companyGroup.id,
    priceListId: company.priceListId,
    groupPriceListId: companyGroup.priceListId,
    currency: company.currency,
  }
  const [rules, stock] = await ask(
    tx,
    together(
      priceRulesOf(buyer, articles.values(), today),
      askedFacts(policy).has('shortLines')
        ? stockOf([...articles.keys()], parties.contact.id)
        : answered(null),
    ),
  )
  const { vatMode, syncedPriceMaxAgeHours } = seller
  const taken = takeIn(sound.value, {
    vatMode,
    priceOf: (article, quantity) =>
      rules.resolve({
        company: buyer,
        article,
        quantity,
        date: today,
        now: at,
        syncedPriceMaxAgeHours,
      }),
    // A limit for what the customer's people order by themselves, which an offer of ours is not.
    usedInPeriod: 0,
    exposure,
  })
  if (!taken.ok) return { ok: false, problems: problemsOf(taken.refusals, drafted) }
  const facts = factsOf({
    document: sound.value,
    intake: taken.value,
    exposure,
    shortLines: stock && countShortLines(drafted, stock, today),
    firstOrder: !ordered,
  })
  return {
    ok: true,
    judged: {
      lines: taken.value.lines.map(quoteLine),
      totals: writable(taken.value.totals),
      // What the customer says to an offer they say by accepting it.
      demanded: evaluate(policy, { ...facts, kind: 'quote' }).filter((step) => !isBuyers(step)),
      search: wordsOf(head, parties, articles, drafted),
    },
  }
}

/** A line of a quote as it is written. */
export function draftLine(line: QuoteLine): DraftLine {
  const { byHand } = line
  return {
    id: line.id,
    article: line.articleId,
    quantity: line.quantity,
    price: byHand && {
      amount: byHand.unitPrice.amount,
      basis: byHand.unitPrice.basis,
      rebate: byHand.rebate,
    },
    warehouse: line.warehouseId,
    requestedDate: line.requestedDate,
    comment: line.comment,
  }
}

function quoteLine({ line, shown, resolved, vatRate, rowAmount }: TakenLine<DraftLine>): QuoteLine {
  return {
    id: line.id,
    articleId: line.article,
    quantity: line.quantity,
    byHand: shown,
    resolved: writable(resolved),
    vatRate,
    rowAmount,
    warehouseId: line.warehouse,
    requestedDate: line.requestedDate,
    comment: line.comment,
  }
}

function problemsOf(
  refusals: readonly { readonly pointer: string; readonly problem: IntakeProblem }[],
  lines: readonly DraftLine[],
): readonly QuoteProblem[] {
  return refusals.map(({ pointer, problem }) => {
    const [, index, field = ''] = /^\/lines\/(\d+)(?:\/(.*))?$/.exec(pointer) ?? []
    return index === undefined
      ? { lineId: null, field: pointer.slice(1), problem }
      : { lineId: lines[Number(index)]?.id ?? null, field, problem }
  })
}

function wordsOf(
  head: Parameters<typeof judgeQuote>[1],
  { company, contact }: IntakeParties,
  articles: ReadonlyMap<string, NamedArticle>,
  lines: readonly DraftLine[],
): string {
  return foldForSearch([
    head.number,
    head.requisition?.number ?? null,
    head.requisition?.documentId ?? null,
    company.id,
    company.name,
    contact.id,
    contact.name,
    head.yourReference,
    head.purchaseOrderNumber,
    head.goodsMark,
    ...lines.flatMap(({ article: id }) => {
      const article = articles.get(id)
      return article ? [article.id, article.nameSv, article.nameEn] : []
    }),
  ])
}
