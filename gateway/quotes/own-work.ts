import { isDeepStrictEqual } from 'node:util'
import { refusal, type Refusal } from '../../contract/errors'
import type { Quote, QuoteLine } from '../../contract/quotes'
import { asLimited, isAuthor, workOf, type CostOf } from '../../domain/quote/own-work'
import type { EditedRevision } from '../../domain/requisition/decide'
import { beyondLimits } from '../../domain/requisition/edit-limits'
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
    setNow.map((line) => ({ ...asLimited(line), cost: costs(line.articleId) })),
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
  quote: Quote,
  userId: string,
): Promise<EditedRevision | undefined> {
  if (!isAuthor(quote, userId)) return undefined
  return workOf(quote, userId, await costsOf(tx, quote.lines))
}

function isPricedAs(line: QuoteLine, before: QuoteLine | undefined): boolean {
  return line.articleId === before?.articleId && isDeepStrictEqual(line.byHand, before.byHand)
}

async function costsOf(tx: Transaction, lines: readonly QuoteLine[]): Promise<CostOf> {
  const articles = await ask(
    tx,
    articlesOf(
      tx,
      lines.map(({ articleId }) => articleId),
    ),
  )
  return (articleId) => articles.get(articleId)?.cost ?? null
}
