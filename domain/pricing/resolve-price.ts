import { compareUnitPrices } from '../money/row'
import type { UnitPrice } from '../units'
import type {
  CampaignPrice,
  ContractPrice,
  PriceListPrice,
  PriceQuestion,
  PriceResolution,
  PriceRule,
  PriceSource,
  PriceStep,
  RebateRule,
  SyncedPrice,
} from './rules'
import { survey } from './survey'
import type { Findings, Tier } from './survey'

/** A price that counts, and where it comes from. */
interface Candidate {
  readonly source: PriceSource
  readonly price: UnitPrice
}

/**
 * The company's own price of an article, with its explanation.
 *
 * A synced price wins as it stands: neither campaign nor rebate touches it. Else the first that
 * exists of contract price, the company's price list, its group's price list, list price; then the
 * lowest running campaign price where it is lower than that (before rebates, on the same basis; a
 * campaign is also a price where there is no other); then the first rebate of the matrix, except
 * off a contract price marked net. Within each step the rules go by `comparePrecedence`.
 *
 * Prices in another currency never count, whatever they are; where one would have been used it
 * stands among the steps as passed over. Steps end with the last rule that was tried.
 *
 * `rules` may hold rules of other companies and articles: only those that apply are looked at.
 */
export function resolvePrice(question: PriceQuestion, rules: Iterable<PriceRule>): PriceResolution {
  const { listPrice, vatRate } = question.article
  const findings = survey(question, rules)
  const steps: PriceStep[] = []

  const base = basePrice(question, findings, steps)
  const winner =
    base?.source.kind === 'synced' ? base : lowerByCampaign(question, findings, base, steps)
  if (!winner) {
    const reason = steps.length === 0 ? 'no_rule' : 'other_currency_only'
    return { kind: 'missing', reason, listPrice, vatRate }
  }
  return {
    kind: 'priced',
    unitPrice: winner.price,
    rebate: rebateOff(winner.source, findings.rebate, steps),
    listPrice,
    vatRate,
    source: winner.source,
    steps,
    stale: winner.source.kind === 'synced' && isStale(winner.source.observedAt, question),
  }
}

/** The first tier that has a price, or null; notes the prices in other currencies on the way. */
function basePrice(
  question: PriceQuestion,
  findings: Findings,
  steps: PriceStep[],
): Candidate | null {
  const { listPrice } = question.article
  const listTier: Tier<{ readonly price: UnitPrice }> = { own: null, foreign: null }
  if (listPrice) {
    listTier[listPrice.currency === question.company.currency ? 'own' : 'foreign'] = {
      price: listPrice,
    }
  }
  return (
    firstOf(findings.synced, fromSynced, steps) ??
    firstOf(findings.contract, fromContract, steps) ??
    firstOf(findings.companyList, fromCompanyList, steps) ??
    firstOf(findings.groupList, fromGroupList, steps) ??
    firstOf(listTier, () => ({ kind: 'list_price' }), steps)
  )
}

function firstOf<Rule extends { readonly price: UnitPrice }>(
  { own, foreign }: Tier<Rule>,
  sourceOf: (rule: Rule) => PriceSource,
  steps: PriceStep[],
): Candidate | null {
  if (own) {
    const candidate = { source: sourceOf(own), price: own.price }
    steps.push({ kind: 'used', rule: candidate.source, price: candidate.price })
    return candidate
  }
  if (foreign) {
    steps.push({ kind: 'passed_over', rule: sourceOf(foreign), price: foreign.price })
  }
  return null
}

/** The campaign where it is lower than the base price, whose step it then turns into passed over. */
function lowerByCampaign(
  question: PriceQuestion,
  { campaign }: Findings,
  base: Candidate | null,
  steps: PriceStep[],
): Candidate | null {
  const { own } = campaign
  if (own && base) {
    if (compareUnitPrices(own.price, base.price, question.article.vatRate) >= 0) {
      steps.push({ kind: 'passed_over', rule: fromCampaign(own), price: own.price })
      return base
    }
    steps[steps.length - 1] = { kind: 'passed_over', rule: base.source, price: base.price }
  }
  return firstOf(campaign, fromCampaign, steps) ?? base
}

function rebateOff(source: PriceSource, rebate: RebateRule | null, steps: PriceStep[]): number {
  if (source.kind === 'synced') return 0
  if (source.kind === 'contract' && source.net) {
    steps.push({ kind: 'no_rebate_on_net_price' })
    return 0
  }
  if (!rebate) return 0
  steps.push({ kind: 'rebate', ruleId: rebate.id, rebate: rebate.rebate })
  return rebate.rebate
}

/** Older than the seller allows; exactly as old as allowed is not. An unreadable time is. */
function isStale(observedAt: string, { now, syncedPriceMaxAgeHours }: PriceQuestion): boolean {
  if (syncedPriceMaxAgeHours === null) return false
  return !(Date.parse(now) - Date.parse(observedAt) <= syncedPriceMaxAgeHours * 3_600_000)
}

function fromSynced({ id, source, observedAt }: SyncedPrice): PriceSource {
  return { kind: 'synced', ruleId: id, source, observedAt }
}

function fromContract({ id, net }: ContractPrice): PriceSource {
  return { kind: 'contract', ruleId: id, net }
}

function fromCompanyList({ id, priceListId }: PriceListPrice): PriceSource {
  return { kind: 'company_price_list', ruleId: id, priceListId }
}

function fromGroupList({ id, priceListId }: PriceListPrice): PriceSource {
  return { kind: 'group_price_list', ruleId: id, priceListId }
}

function fromCampaign({ id, campaign }: CampaignPrice): PriceSource {
  return { kind: 'campaign', ruleId: id, campaign }
}
