import type {
  PriceQuestion,
  PriceResolution,
  PriceRule,
  PriceSource,
} from '../../../domain/pricing/rules'
import type { UnitPrice } from '../../../domain/units'

/**
 * The price rules told a second time, as conditions on an answer instead of as a way to it: every
 * combination of price and rebate is tried, and the one that no rule speaks against is the answer.
 * It shares no code with the resolver and cares for nothing but being plain.
 */

type Answer =
  | Omit<Extract<PriceResolution, { kind: 'priced' }>, 'steps'>
  | Extract<PriceResolution, { kind: 'missing' }>

interface Offer {
  /** 0 synced, 1 contract, 2 company's list, 3 group's list, 4 list price, 5 campaign. */
  readonly tier: number
  readonly source: PriceSource
  readonly price: UnitPrice
  /** Larger goes first, read from the left. */
  readonly claim: readonly (number | string)[]
  readonly id: string
}

export function priceByTryingEverything(
  question: PriceQuestion,
  rules: readonly PriceRule[],
): Answer {
  const { company, article } = question
  const offers = rules
    .filter((rule) => speaksOf(rule, question))
    .flatMap((rule) => offersOf(rule, question))
  if (article.listPrice) {
    offers.push({
      tier: 4,
      source: { kind: 'list_price' },
      price: article.listPrice,
      claim: [],
      id: '',
    })
  }
  const payable = offers.filter(({ price }) => price.currency === company.currency)
  const facts = { listPrice: article.listPrice, vatRate: article.vatRate }
  if (payable.length === 0) {
    return {
      kind: 'missing',
      reason: offers.length > 0 ? 'other_currency_only' : 'no_rule',
      ...facts,
    }
  }

  const rebates = rules.filter((rule) => rule.kind === 'rebate' && speaksOf(rule, question))
  const answers = payable
    .filter((offer) =>
      payable.every((other) => other === offer || !beats(other, offer, payable, question)),
    )
    .flatMap((offer) =>
      [null, ...rebates]
        .filter((rebate) => isRightRebate(rebate, offer, rebates))
        .map((rebate): Answer => ({
          kind: 'priced',
          unitPrice: offer.price,
          rebate: rebate?.kind === 'rebate' ? rebate.rebate : 0,
          source: offer.source,
          stale: isTooOld(offer.source, question),
          ...facts,
        })),
    )
  const [answer] = answers
  if (!answer || answers.length > 1) {
    throw new Error(`the reference found ${answers.length} answers`)
  }
  return answer
}

function speaksOf(rule: PriceRule, { company, article, quantity, date }: PriceQuestion): boolean {
  const none = [null, undefined] as unknown[]
  const fits = (value: unknown, wanted: unknown) => none.includes(value) || value === wanted
  const named = rule as { companyId?: string; customerGroupId?: string; articleGroupId?: string }
  const lists = [company.priceListId, company.groupPriceListId].filter((list) => list !== null)
  return [
    fits(rule.articleId, article.id),
    fits(named.articleGroupId, article.groupId),
    fits(named.companyId, company.id),
    fits(named.customerGroupId, company.customerGroupId),
    rule.kind !== 'price_list' || lists.includes(rule.priceListId),
    quantity >= rule.minimumQuantity,
    Date.parse(date) >= Date.parse(rule.from ?? '0001-01-01'),
    Date.parse(date) <= Date.parse(rule.to ?? '9999-12-31'),
  ].every(Boolean)
}

function offersOf(rule: PriceRule, { company }: PriceQuestion): Offer[] {
  if (rule.kind === 'rebate') return []
  const { id: ruleId, price } = rule
  const offer = (tier: number, source: PriceSource): Offer[] => [
    { tier, source, price, claim: claimOf(rule), id: ruleId },
  ]
  switch (rule.kind) {
    case 'synced':
      return offer(0, { kind: 'synced', ruleId, source: rule.source, observedAt: rule.observedAt })
    case 'contract':
      return offer(1, { kind: 'contract', ruleId, net: rule.net })
    case 'campaign':
      return offer(5, { kind: 'campaign', ruleId, campaign: rule.campaign })
    case 'price_list': {
      const { priceListId } = rule
      return priceListId === company.priceListId
        ? offer(2, { kind: 'company_price_list', ruleId, priceListId })
        : offer(3, { kind: 'group_price_list', ruleId, priceListId })
    }
  }
}

function claimOf(rule: PriceRule): readonly (number | string)[] {
  const named = rule as { companyId?: unknown; customerGroupId?: unknown; articleGroupId?: unknown }
  return [
    named.companyId ? 'b company' : named.customerGroupId ? 'a group' : '',
    rule.articleId ? 'b article' : named.articleGroupId ? 'a group' : '',
    rule.minimumQuantity,
    rule.from ?? '',
  ]
}

/** Whether an offer stands before another of the same kind: larger claims first, then the smaller id. */
function outranks(a: Pick<Offer, 'claim' | 'id'>, b: Pick<Offer, 'claim' | 'id'>): boolean {
  const at = a.claim.findIndex((value, index) => value !== b.claim[index])
  return at < 0 ? a.id < b.id : a.claim[at]! > b.claim[at]!
}

function beats(a: Offer, b: Offer, all: readonly Offer[], question: PriceQuestion): boolean {
  const cheaper = netOf(a.price, question) - netOf(b.price, question)
  if (a.tier === 5 && b.tier === 5) return cheaper < 0n || (cheaper === 0n && outranks(a, b))
  if (a.tier === 0 || b.tier === 0) return a.tier === b.tier ? outranks(a, b) : a.tier === 0
  if (a.tier === 5) {
    // A campaign is held against the price that would count without it, and against no other.
    return cheaper < 0n || all.some((other) => other.tier < 5 && beats(other, b, all, question))
  }
  if (b.tier === 5) {
    const first = all.every(
      (other) => other === a || other.tier === 5 || !beats(other, a, all, question),
    )
    return first && cheaper <= 0n
  }
  return a.tier === b.tier ? outranks(a, b) : a.tier < b.tier
}

/** Without VAT and on one denominator: the price × 10⁶ × (1 + VAT) ÷ (1 + its own VAT). */
function netOf(price: UnitPrice, { article }: PriceQuestion): bigint {
  const factor = price.basis === 'net' ? 1_000_000 + article.vatRate : 1_000_000
  return BigInt(price.amount) * BigInt(factor)
}

function isRightRebate(
  rebate: PriceRule | null,
  { source }: Offer,
  rebates: readonly PriceRule[],
): boolean {
  const exempt = source.kind === 'synced' || (source.kind === 'contract' && source.net)
  if (exempt || rebates.length === 0) return rebate === null
  if (rebate === null) return false
  const ranked = (rule: PriceRule) => ({ claim: claimOf(rule), id: rule.id })
  return rebates.every((other) => other === rebate || outranks(ranked(rebate), ranked(other)))
}

function isTooOld(source: PriceSource, { now, syncedPriceMaxAgeHours }: PriceQuestion): boolean {
  if (source.kind !== 'synced' || syncedPriceMaxAgeHours === null) return false
  const expires = new Date(source.observedAt)
  expires.setUTCHours(expires.getUTCHours() + syncedPriceMaxAgeHours)
  return expires.getTime() < new Date(now).getTime()
}
