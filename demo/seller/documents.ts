import type { StorefrontEventInput } from '../../contract/storefront'
import { addDays } from '../../domain/calendar'
import { printDecimal } from '../../domain/money/decimal'
import type { Milli } from '../../domain/units'
import type { ArticleSeed } from './articles'
import type { Buyer, Catalogue } from './catalogue'
import { comments, documentNames, freightTerms, goodsMarks, lineComments } from './data/remarks'
import type { Random } from './random'
import { usualQuantity } from './stock'

/** The events that carry a document. */
export type DocumentEvent = Extract<
  StorefrontEventInput,
  { type: 'list.sent' | 'quote.requested' | 'requisition.submitted' }
>
export type DocumentType = DocumentEvent['type']
export type DocumentInput = DocumentEvent['data']
export type LineInput = DocumentInput['lines'][number]
/** What a document says beside its lines. */
export type DocumentNotes = Omit<DocumentInput, 'id' | 'contact' | 'currency' | 'lines'>

/** A line before the shop has put a price on it. */
export interface WantedLine {
  readonly article: ArticleSeed
  readonly quantity: Milli
  readonly extra?: Partial<Pick<LineInput, 'price' | 'warehouse' | 'requestedDate' | 'comment'>>
}

/** Something the buyer may send; a proposal as often as lists and questions together. */
export function drawType(buyer: Buyer, random: Random): DocumentType {
  if (buyer.right === 'lists') return random.pick(['list.sent', 'quote.requested'])
  return random.pick([
    'requisition.submitted',
    'requisition.submitted',
    'list.sent',
    'quote.requested',
  ])
}

/** A document with each line at the price the shop shows this company today. */
export function composeDocument(
  catalogue: Catalogue,
  buyer: Buyer,
  id: string,
  wanted: readonly WantedLine[],
  notes: DocumentNotes,
): DocumentInput {
  return {
    id,
    contact: buyer.id,
    currency: 'SEK',
    lines: wanted.map(({ article, quantity, extra }, index) => ({
      id: `${id}-${index + 1}`,
      article: article.id,
      quantity: printDecimal(quantity, 3),
      ...shownPrice(catalogue, buyer, article, quantity),
      ...extra,
    })),
    ...notes,
  }
}

/** Nothing at all where the shop has no price: a price is never guessed. */
function shownPrice(
  catalogue: Catalogue,
  buyer: Buyer,
  article: ArticleSeed,
  quantity: Milli,
): Pick<LineInput, 'price'> {
  const resolution = catalogue.priceOf(buyer.company, article, quantity)
  if (resolution.kind === 'missing') return {}
  const { unitPrice, rebate } = resolution
  return {
    price: {
      amount: printDecimal(unitPrice.amount, 6, 2),
      basis: unitPrice.basis,
      rebate: printDecimal(rebate, 4),
    },
  }
}

/** Different articles of what the company usually buys, each in a quantity that may be had. */
export function drawLines(
  catalogue: Catalogue,
  buyer: Buyer,
  count: number,
  random: Random,
  avoid: ReadonlySet<string> = new Set(),
  groups: readonly string[] = buyer.company.trade.buys,
): WantedLine[] {
  const chosen = new Map<string, WantedLine>()
  for (let attempt = 0; chosen.size < count && attempt < count * 20; attempt++) {
    const article = random.pick(catalogue.articlesIn(random.pick(groups)))
    if (chosen.has(article.id) || avoid.has(article.id) || article.listPrice === null) continue
    chosen.set(article.id, { article, quantity: usualQuantity(article, random) })
  }
  return [...chosen.values()].map((line) =>
    random.chance(0.05) ? { ...line, extra: { comment: random.pick(lineComments) } } : line,
  )
}

/** References, marks, dates and remarks, some of them, as customers fill them in. */
export function drawNotes(
  catalogue: Catalogue,
  buyer: Buyer,
  type: DocumentType,
  random: Random,
): DocumentNotes {
  const { row, addresses } = buyer.company
  const wanted = catalogue.workingDay(addDays(catalogue.today, random.whole(2, 20)))
  const some = <T>(probability: number, value: T) => (random.chance(probability) ? value : null)
  return {
    origin: type === 'list.sent' ? 'list' : random.chance(0.75) ? 'cart' : 'list',
    name: type === 'list.sent' ? random.pick(documentNames) : null,
    deliveryAddress: some(0.8, random.pick(addresses).id),
    yourReference: some(0.85, buyer.name),
    purchaseOrderNumber:
      type === 'requisition.submitted' ? some(0.7, drawOrderNumber(random)) : null,
    goodsMark: some(0.5, random.pick(goodsMarks)),
    freightTerms: some(0.4, random.pick(freightTerms)),
    partDeliveries: some(0.5, random.chance(0.7)),
    requestedDate: some(0.75, wanted),
    comment: some(0.45, random.pick(comments[row.language ?? 'sv'])),
  }
}

function drawOrderNumber(random: Random): string {
  return random.pick([
    () => `${random.whole(60, 99)}-${random.whole(1_000, 1_999)}`,
    () => `IK${random.whole(10_000, 69_999)}`,
    () => `PO-${random.whole(4_500, 4_999)}`,
    () => String(random.whole(2_026_000, 2_026_999)),
  ])()
}

/** The shop numbers each kind in a series of its own. */
export function documentPrefix(type: DocumentType): string {
  switch (type) {
    case 'list.sent':
      return 'L'
    case 'quote.requested':
      return 'F'
    case 'requisition.submitted':
      return 'I'
  }
}
