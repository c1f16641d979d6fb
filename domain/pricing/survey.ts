import { compareUnitPrices } from '../money/row'
import { appliesTo, comparePrecedence } from './precedence'
import type {
  CampaignPrice,
  ContractPrice,
  PriceListPrice,
  PriceQuestion,
  PriceRule,
  RebateRule,
  SyncedPrice,
} from './rules'

/** The first rule of a tier in the company's currency, and the first in any other. */
export interface Tier<Rule> {
  own: Rule | null
  foreign: Rule | null
}

/** What one pass over the rules found for a question. */
export interface Findings {
  readonly synced: Tier<SyncedPrice>
  readonly contract: Tier<ContractPrice>
  readonly companyList: Tier<PriceListPrice>
  readonly groupList: Tier<PriceListPrice>
  readonly campaign: Tier<CampaignPrice>
  rebate: RebateRule | null
}

/** One pass over the rules: the first of each tier, by precedence or, for campaigns, by price. */
export function survey(question: PriceQuestion, rules: Iterable<PriceRule>): Findings {
  const { company, article } = question
  const findings: Findings = {
    synced: { own: null, foreign: null },
    contract: { own: null, foreign: null },
    companyList: { own: null, foreign: null },
    groupList: { own: null, foreign: null },
    campaign: { own: null, foreign: null },
    rebate: null,
  }
  const note = <Rule extends Exclude<PriceRule, RebateRule>>(
    tier: Tier<Rule>,
    rule: Rule,
    compare: (a: Rule, b: Rule) => number = comparePrecedence,
  ) => {
    if (rule.price.currency === company.currency) {
      if (!tier.own || compare(rule, tier.own) < 0) tier.own = rule
    } else if (!tier.foreign || comparePrecedence(rule, tier.foreign) < 0) tier.foreign = rule
  }
  for (const rule of rules) {
    if (!appliesTo(rule, question)) continue
    switch (rule.kind) {
      case 'synced':
        note(findings.synced, rule)
        break
      case 'contract':
        note(findings.contract, rule)
        break
      case 'price_list':
        // The same list may be the company's own and its group's; its own comes first.
        note(
          rule.priceListId === company.priceListId ? findings.companyList : findings.groupList,
          rule,
        )
        break
      case 'campaign':
        note(
          findings.campaign,
          rule,
          (a, b) => compareUnitPrices(a.price, b.price, article.vatRate) || comparePrecedence(a, b),
        )
        break
      case 'rebate':
        if (!findings.rebate || comparePrecedence(rule, findings.rebate) < 0) findings.rebate = rule
    }
  }
  return findings
}
