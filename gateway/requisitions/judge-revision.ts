import type { Seller } from '../../contract/entities'
import { evaluate, type DemandedStep } from '../../domain/approval/evaluate'
import type { ApprovalFacts } from '../../domain/approval/facts'
import { factsOf } from '../../domain/approval/facts-of'
import type { ApprovalPolicy } from '../../domain/approval/policy'
import { countShortLines } from '../../domain/availability/short-lines'
import { todayIn } from '../../domain/calendar'
import type { PriceResolution } from '../../domain/pricing/rules'
import { takeIn, type Intake } from '../../domain/requisition/intake'
import type { IntakeLine } from '../../domain/requisition/intake-document'
import type { Judgement, SoundDocument } from '../../domain/requisition/judge-document'
import { hasOrdered } from '../approval/policy'
import { answered, ask, together, type Question } from '../database/together'
import type { Transaction } from '../database/transaction'
import { stockOf, type StockOfArticles } from '../stock/load'
import { exposureOf, usedInPeriod, type IntakeParties, type NamedArticle } from './intake-facts'
import { priceRulesOf, type PriceBuyer } from './load-prices'

/** A revision's content found sound, and the seller whose rules it meets. */
export interface RevisionToJudge<Line extends IntakeLine> {
  readonly sound: SoundDocument<Line, NamedArticle>
  readonly parties: IntakeParties
  readonly articles: ReadonlyMap<string, NamedArticle>
  readonly seller: Seller
  readonly policy: ApprovalPolicy
  readonly now: Date
  /** The company's own prices by line id, where they are to stay what they were; else they are resolved. */
  readonly resolved?: ReadonlyMap<string, PriceResolution>
}

/** A revision priced, and what the rules in force say of it. */
export interface JudgedRevision<Line extends IntakeLine> {
  readonly intake: Intake<Line>
  readonly facts: ApprovalFacts
  readonly demanded: readonly DemandedStep[]
  /** Of its articles. */
  readonly stock: StockOfArticles
}

/**
 * Prices a revision and judges it by the policy in force, whoever made it.
 *
 * @param beside asked in the same round trip
 */
export async function judgeRevision<Line extends IntakeLine, Beside>(
  tx: Transaction,
  { sound, parties, articles, seller, policy, now: at, resolved }: RevisionToJudge<Line>,
  beside: Question<Beside>,
): Promise<[Judgement<JudgedRevision<Line>>, Beside]> {
  const { company, companyGroup } = parties
  const now = at.toISOString()
  const date = todayIn(seller.timeZone, now)
  const buyer: PriceBuyer = {
    id: company.id,
    customerGroupId: companyGroup.id,
    priceListId: company.priceListId,
    groupPriceListId: companyGroup.priceListId,
    currency: company.currency,
  }
  const [rules, used, exposure, found, stock, ordered] = await ask(
    tx,
    together(
      resolved ? answered(null) : priceRulesOf(buyer, articles.values(), date),
      usedInPeriod(tx, parties, date, seller.timeZone),
      exposureOf(tx, company),
      beside,
      stockOf([...articles.keys()], parties.contact.id),
      // Cheap enough to know whatever is asked, so that rules to come can be tried on it.
      hasOrdered(tx, company.id),
    ),
  )
  const { vatMode, syncedPriceMaxAgeHours } = seller
  const taken = takeIn(sound, {
    vatMode,
    priceOf: (article, quantity, lineId) => {
      const known = resolved?.get(lineId)
      if (known) return known
      if (!rules) throw new Error(`Line ${lineId} came without its price.`)
      return rules.resolve({
        company: buyer,
        article,
        quantity,
        date,
        now,
        syncedPriceMaxAgeHours,
      })
    },
    usedInPeriod: used,
    exposure,
  })
  if (!taken.ok) return [taken, found]
  const facts = factsOf({
    document: sound,
    intake: taken.value,
    exposure,
    shortLines: countShortLines(
      sound.lines.map(({ line }) => line),
      stock,
      date,
    ),
    firstOrder: !ordered,
  })
  const demanded = evaluate(policy, facts)
  return [{ ok: true, value: { intake: taken.value, facts, demanded, stock } }, found]
}
