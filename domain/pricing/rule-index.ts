import { resolvePrice } from './resolve-price'
import type { PriceQuestion, PriceResolution, PriceRule } from './rules'

/** Price rules put in order once, so that a thousand lines are priced without reading every rule. */
export interface PriceRuleIndex {
  /** All rules that can apply to the question's company and article, and few others. */
  rulesFor(question: PriceQuestion): readonly PriceRule[]
  /** What `resolvePrice` says over all the rules. */
  resolve(question: PriceQuestion): PriceResolution
}

/** Builds the index in one pass. The rules are not copied; a changed set wants a new index. */
export function indexPriceRules(rules: Iterable<PriceRule>): PriceRuleIndex {
  const shelves = new Map<string, PriceRule[]>()
  for (const rule of rules) {
    const key = shelfOf(rule)
    const shelf = shelves.get(key)
    if (shelf) shelf.push(rule)
    else shelves.set(key, [rule])
  }
  const rulesFor = (question: PriceQuestion): readonly PriceRule[] =>
    shelvesFor(question).flatMap((key) => shelves.get(key) ?? [])
  return { rulesFor, resolve: (question) => resolvePrice(question, rulesFor(question)) }
}

/** A rule stands on the one shelf of the narrowest buyer and the narrowest goods that it names. */
function shelfOf(rule: PriceRule): string {
  switch (rule.kind) {
    case 'contract':
      return shelf(buyer('company', rule.companyId), goods('article', rule.articleId))
    case 'price_list':
      return shelf(buyer('list', rule.priceListId), goods('article', rule.articleId))
    case 'campaign':
    case 'synced':
      return shelf(narrowestBuyer(rule), goods('article', rule.articleId))
    case 'rebate': {
      const { articleId, articleGroupId } = rule
      return shelf(
        narrowestBuyer(rule),
        articleId !== null
          ? goods('article', articleId)
          : articleGroupId !== null
            ? goods('group', articleGroupId)
            : anyone,
      )
    }
  }
}

function shelvesFor({ company, article }: PriceQuestion): readonly string[] {
  const buyers = [buyer('company', company.id), buyer('group', company.customerGroupId), anyone]
  const wares = [goods('article', article.id), anyone]
  if (article.groupId !== null) wares.push(goods('group', article.groupId))
  const keys = buyers.flatMap((who) => wares.map((what) => shelf(who, what)))
  // A set, as the company's list may also be its group's and no rule should be given twice.
  for (const list of new Set([company.priceListId, company.groupPriceListId])) {
    if (list !== null) keys.push(shelf(buyer('list', list), goods('article', article.id)))
  }
  return keys
}

const anyone = 'any'

function narrowestBuyer(rule: {
  readonly companyId: string | null
  readonly customerGroupId: string | null
}): string {
  if (rule.companyId !== null) return buyer('company', rule.companyId)
  return rule.customerGroupId !== null ? buyer('group', rule.customerGroupId) : anyone
}

function buyer(kind: 'company' | 'group' | 'list', id: string): string {
  return `${kind}:${id}`
}

function goods(kind: 'article' | 'group', id: string): string {
  return `${kind}:${id}`
}

/** Keys hold no control characters, so the two halves cannot run into each other. */
function shelf(who: string, what: string): string {
  return `${who}\u0000${what}`
}
