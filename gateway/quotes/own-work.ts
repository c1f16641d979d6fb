import { isDeepStrictEqual } from 'node:util'
import { refusal, type Refusal } from '../../contract/errors'
import type { Quote, QuoteLine } from '../../contract/quotes'
import { orLowestRate } from '../../domain/money/discount'
import { documentMargin, type UnitCost } from '../../domain/money/margin'
import type { Ppm } from '../../domain/units'
import type { EditedRevision } from '../../domain/requisition/decide'
import {
  beyondLimits,
  largestHandDiscount,
  type PricedLine,
} from '../../domain/requisition/edit-limits'
import { priceToOrder } from '../../domain/requisition/line-price'
import type { SignedIn } from '../access/signed-in'
import { ask } from '../database/together'
import type { Transaction } from '../database/transaction'
import { articlesOf } from '../requisitions/intake-facts'

/** A quote's lines before and after somebody has written, and what they gave as lines of the command. */
interface Written {
  readonly before: readonly QuoteLine[]
  readonly after: readonly QuoteLine[]
  readonly given: readonly { readonly id: string }[]
}

/**
 * Refuses prices set by hand with these very changes that go beyond what the person may set, as an edit
 * of a requisition does; null where none does. A price that was there before, on the same article, is
 * not theirs: lines travel whole.
 */
export async function beyondPriceLimits(
  tx: Transaction,
  { before, after, given }: Written,
  { priceLimits }: SignedIn,
): Promise<Refusal | null> {
  const stood = new Map(before.map((line) => [line.id, line]))
  const setNow = after.filter((line) => line.byHand && !isPricedAs(line, stood.get(line.id)))
  if (setNow.length === 0) return null
  const costs = await costsOf(tx, setNow)
  const beyond = beyondLimits(
    setNow.map((line) => ({ ...asLimited(line), cost: costs(line) })),
    priceLimits,
  )
  if (beyond.length === 0) return null
  const articles = new Map(setNow.map(({ id, articleId }) => [id, articleId]))
  return refusal('beyond_price_limit', 'A price goes beyond what you may set by yourself.', {
    lines: beyond.slice(0, 100).map((one) => {
      const at = given.findIndex(({ id }) => id === one.lineId)
      const pointer = at === -1 ? '/payload/withCounter' : `/payload/lines/${at}/price`
      return { pointer, articleId: articles.get(one.lineId) ?? null, ...one }
    }),
  })
}

/** What is known of a quote as the work of one user; undefined where it is not theirs. */
export async function ownWorkIn(
  tx: Transaction,
  { lines, editedBy: authors = [] }: Quote,
  userId: string,
): Promise<EditedRevision | undefined> {
  if (authors.every(({ id }) => id !== userId)) return undefined
  return {
    byUserIds: authors.map(({ id }) => id),
    discount: largestHandDiscount(lines.map(asLimited)),
    margin: marginOf(lines, await costsOf(tx, lines)),
  }
}

function isPricedAs(line: QuoteLine, before: QuoteLine | undefined): boolean {
  return line.articleId === before?.articleId && isDeepStrictEqual(line.byHand, before.byHand)
}

/** What a price set by hand is held against is the company's own. */
function asLimited({ id, byHand, resolved, vatRate }: QuoteLine): Omit<PricedLine, 'cost'> {
  return { id, set: byHand, shown: null, resolved, vatRate }
}

type Costs = (line: QuoteLine) => UnitCost | null

async function costsOf(tx: Transaction, lines: readonly QuoteLine[]): Promise<Costs> {
  const articles = await ask(
    tx,
    articlesOf(
      tx,
      lines.map(({ articleId }) => articleId),
    ),
  )
  return ({ articleId }) => articles.get(articleId)?.cost ?? null
}

/** As rules reckon it: null as soon as one line has no price or no known cost. */
function marginOf(lines: readonly QuoteLine[], cost: Costs): Ppm | null {
  const rows = lines.flatMap((line) => {
    const { byHand: shown, resolved, quantity, vatRate } = line
    const price = priceToOrder({ shown, resolved })
    return price
      ? [{ price: price.unitPrice, rebate: price.rebate, quantity, vatRate, cost: cost(line) }]
      : []
  })
  if (rows.length < lines.length) return null
  return orLowestRate(() => {
    const margin = documentMargin(rows)
    return margin.kind === 'known' ? margin.margin : null
  })
}
