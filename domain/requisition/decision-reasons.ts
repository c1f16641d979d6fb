import { limitProblems } from '../approval/buyers'
import type { Company, CustomerGroup, OrderingRight } from '../company'
import type { CalendarDate, Currency, MinorUnits } from '../units'
import type { RequisitionKind } from './states'

/** Why a person has to decide; the screen words it. */
export type DecisionReason =
  | { readonly kind: 'right_below_order'; readonly right: OrderingRight }
  | { readonly kind: 'not_a_proposal' }
  | { readonly kind: 'over_order_limit'; readonly limit: MinorUnits; readonly total: MinorUnits }
  | {
      readonly kind: 'over_period_limit'
      readonly limit: MinorUnits
      /** What the contact has ordered in the period so far. */
      readonly used: MinorUnits
      readonly total: MinorUnits
      readonly period: 'month' | 'year'
    }
  | {
      readonly kind: 'limit_in_other_currency'
      readonly limitCurrency: Currency
      readonly currency: Currency
    }
  | {
      readonly kind: 'credit_exceeded'
      readonly limit: MinorUnits
      readonly exposure: MinorUnits
      /** With VAT, as the customer will owe it. */
      readonly total: MinorUnits
    }
  | { readonly kind: 'company_on_hold'; readonly reason: string | null }
  | { readonly kind: 'price_missing'; readonly lineIds: readonly string[] }
  | { readonly kind: 'price_differs'; readonly lineIds: readonly string[] }
  | { readonly kind: 'price_stale'; readonly lineIds: readonly string[] }
  /** What there is of it can still be sold, but there will be no more. */
  | { readonly kind: 'article_discontinued'; readonly lineIds: readonly string[] }

/** What the reasons are found in. */
export interface DecisionGrounds {
  readonly kind: RequisitionKind
  readonly company: Company
  readonly group: CustomerGroup
  readonly totals: { readonly net: MinorUnits; readonly gross: MinorUnits }
  /** Net total of the contact's orders in the present period of its group's limit. */
  readonly usedInPeriod: MinorUnits
  /** What the company owes or will owe: what the source reported, and our own orders since. */
  readonly exposure: MinorUnits
  /** Line ids by what is the matter with their price. */
  readonly prices: {
    readonly missing: readonly string[]
    readonly differing: readonly string[]
    readonly stale: readonly string[]
  }
  /** Ids of lines whose article is no longer carried. */
  readonly discontinued: readonly string[]
}

/** What is looked at of whoever sent it. */
type AuthorityGrounds = Pick<DecisionGrounds, 'kind' | 'usedInPeriod'> & {
  readonly company: Pick<Company, 'currency'>
  readonly group: Pick<CustomerGroup, 'orderingRight' | 'orderLimit'>
  readonly totals: { readonly net: MinorUnits }
}

type LimitProblem = ReturnType<typeof limitProblems>[number]
type LimitReason = Extract<DecisionReason, { kind: LimitProblem['code'] }>

/** Of those who may order by themselves, but not so much or not in this currency. */
const ofOwnLimit: ReadonlySet<DecisionReason['kind']> = new Set<LimitReason['kind']>([
  'over_order_limit',
  'over_period_limit',
  'limit_in_other_currency',
])

/** Reasons that somebody of the customer's own who may order takes away by approving. */
const ofTheirOwn: ReadonlySet<DecisionReason['kind']> = new Set([
  'right_below_order',
  ...ofOwnLimit,
])

/** Whether a reason is the seller's to decide on, whoever of the customer's has approved. */
export function isSellers({ kind }: DecisionReason): boolean {
  return !ofTheirOwn.has(kind)
}

/** Whether a reason is a limit of whoever sent it. */
export function isOfOwnLimit({ kind }: DecisionReason): boolean {
  return ofOwnLimit.has(kind)
}

/** Whether whoever sent it may order by themselves, but not so much or not in this currency. */
export function isOverOwnLimit(grounds: AuthorityGrounds): boolean {
  return authorityReasons(grounds).some(isOfOwnLimit)
}

/**
 * Every reason why a person has to decide; with none it is ordered at once. Limits are on totals
 * without VAT and bind only who may order by themselves.
 */
export function decisionReasons(grounds: DecisionGrounds): readonly DecisionReason[] {
  return [...authorityReasons(grounds), ...companyReasons(grounds), ...lineReasons(grounds)]
}

/** First day of the calendar month or year that a day is in. */
export function periodStart(day: CalendarDate, period: 'month' | 'year'): CalendarDate {
  return period === 'month' ? `${day.slice(0, 7)}-01` : `${day.slice(0, 4)}-01-01`
}

/** What speaks against whoever sent it: their right, and the limits of those who may order by themselves. */
function authorityReasons({
  kind,
  group,
  company,
  totals,
  usedInPeriod,
}: AuthorityGrounds): DecisionReason[] {
  if (kind !== 'proposal') return [{ kind: 'not_a_proposal' }]
  if (group.orderingRight !== 'order') {
    return [{ kind: 'right_below_order', right: group.orderingRight }]
  }
  const { currency } = company
  const bought = { currency, total: totals.net, whole: totals.net, used: usedInPeriod }
  return limitProblems(group.orderLimit, bought).map((problem) => reasonOf(problem, currency))
}

function reasonOf(problem: LimitProblem, currency: Currency): LimitReason {
  switch (problem.code) {
    case 'limit_in_other_currency':
      return { kind: problem.code, limitCurrency: problem.limitCurrency, currency }
    case 'over_order_limit':
      return { kind: problem.code, limit: problem.limit, total: problem.total }
    case 'over_period_limit': {
      const { code: kind, limit, used, total, period } = problem
      return { kind, limit, used, total, period }
    }
  }
}

/** What speaks against the company itself: its credit, with VAT as it will owe it, and a hold on it. */
export function companyReasons({
  company,
  totals,
  exposure,
}: Pick<DecisionGrounds, 'company' | 'totals' | 'exposure'>): DecisionReason[] {
  const reasons: DecisionReason[] = []
  const limit = company.creditLimit
  if (limit !== null && exposure + totals.gross > limit) {
    reasons.push({ kind: 'credit_exceeded', limit, exposure, total: totals.gross })
  }
  if (company.status === 'on_hold') {
    reasons.push({ kind: 'company_on_hold', reason: company.statusReason })
  }
  return reasons
}

function lineReasons({
  prices: { missing, differing, stale },
  discontinued,
}: DecisionGrounds): DecisionReason[] {
  const reasons: DecisionReason[] = [
    { kind: 'price_missing', lineIds: missing },
    { kind: 'price_differs', lineIds: differing },
    { kind: 'price_stale', lineIds: stale },
    { kind: 'article_discontinued', lineIds: discontinued },
  ]
  return reasons.filter((reason) => !('lineIds' in reason) || reason.lineIds.length > 0)
}
