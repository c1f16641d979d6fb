import type { CalendarDate, Milli } from '../units'
import type { PriceQuestion, PriceRule, RebateRule, ValidDates } from './rules'

/**
 * Which rules count for a question, and which of two that do goes first. Rules are ordered by whom
 * they name (the company, its group, anyone), then by what (the article, its group, anything), then
 * by the larger quantity break, then by the later `from` (no `from` is the earliest), then by the
 * smaller id, so that no two rules ever tie.
 */

interface Ranked extends ValidDates {
  readonly id: string
  readonly minimumQuantity: Milli
  readonly companyId?: string | null
  readonly customerGroupId?: string | null
  readonly articleId?: string | null
  readonly articleGroupId?: string | null
}

/** Both days of a span belong to it. */
export function isValidOn(date: CalendarDate, { from, to }: ValidDates): boolean {
  return (from === null || from <= date) && (to === null || date <= to)
}

/** Whether a rule speaks of this company, article, quantity and day; its currency is not looked at. */
export function appliesTo(rule: PriceRule, question: PriceQuestion): boolean {
  if (rule.minimumQuantity > question.quantity || !isValidOn(question.date, rule)) return false
  const { company, article } = question
  switch (rule.kind) {
    case 'contract':
      return rule.articleId === article.id && rule.companyId === company.id
    case 'price_list':
      return (
        rule.articleId === article.id &&
        (rule.priceListId === company.priceListId || rule.priceListId === company.groupPriceListId)
      )
    case 'campaign':
    case 'synced':
      return rule.articleId === article.id && isFor(rule, question)
    case 'rebate':
      return isFor(rule, question) && isOff(rule, question)
  }
}

/** Negative when `a` goes before `b`; 0 only for the same id. Both apply to the question at hand. */
export function comparePrecedence(a: Ranked, b: Ranked): number {
  return (
    whom(b) - whom(a) ||
    what(b) - what(a) ||
    b.minimumQuantity - a.minimumQuantity ||
    compareText(b.from ?? '', a.from ?? '') ||
    compareText(a.id, b.id)
  )
}

/** A rule that names both a company and a group wants both. */
function isFor(
  rule: { readonly companyId: string | null; readonly customerGroupId: string | null },
  { company }: PriceQuestion,
): boolean {
  return (
    (rule.companyId === null || rule.companyId === company.id) &&
    (rule.customerGroupId === null || rule.customerGroupId === company.customerGroupId)
  )
}

function isOff(rule: RebateRule, { article }: PriceQuestion): boolean {
  return (
    (rule.articleId === null || rule.articleId === article.id) &&
    (rule.articleGroupId === null || rule.articleGroupId === article.groupId)
  )
}

function whom({ companyId, customerGroupId }: Ranked): number {
  return companyId != null ? 2 : customerGroupId != null ? 1 : 0
}

function what({ articleId, articleGroupId }: Ranked): number {
  return articleId != null ? 2 : articleGroupId != null ? 1 : 0
}

/** By code units, the same on every machine and in every language. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
