import type { CustomerGroup } from '../company'
import type { Currency, MinorUnits } from '../units'
import { isBuyers, pendingSteps, type StepInBrief } from './steps'

/** Why one of the customer's people may not take a buyer step. */
export type BuyerProblem =
  | { readonly code: 'may_not_order'; readonly has: CustomerGroup['orderingRight'] }
  | { readonly code: 'limit_in_other_currency'; readonly limitCurrency: Currency }
  | { readonly code: 'over_order_limit'; readonly limit: MinorUnits; readonly total: MinorUnits }
  | {
      readonly code: 'over_period_limit'
      readonly limit: MinorUnits
      readonly used: MinorUnits
      readonly total: MinorUnits
      readonly period: CustomerGroup['orderLimit']['period']
    }

/** Whether one of the customer's own people is asked now. */
export function asksBuyer(requisition: {
  readonly steps?: readonly StepInBrief[] | null | undefined
}): boolean {
  return pendingSteps(requisition.steps ?? []).some(isBuyers)
}

/** What limits have to reach for, without VAT and in the company's currency. */
export interface Bought {
  readonly currency: Currency
  readonly total: MinorUnits
  /**
   * With what was split off from it: what one may not approve whole one may not approve in parts. Of a
   * period each part takes its own.
   */
  readonly whole: MinorUnits
  /** Of the contact in the present period of their limit; see `usedInPeriod`. */
  readonly used: MinorUnits
}

/**
 * What keeps somebody with the rights of a customer group from ordering so much, by themselves or for a
 * colleague who asks them to approve it; null where nothing does.
 */
export function buyerProblem(
  { orderingRight, orderLimit }: Pick<CustomerGroup, 'orderingRight' | 'orderLimit'>,
  bought: Bought,
): BuyerProblem | null {
  if (orderingRight !== 'order') return { code: 'may_not_order', has: orderingRight }
  const [problem] = limitProblems(orderLimit, bought)
  return problem ?? null
}

/** Every limit of a customer group that so much goes beyond, or that cannot be compared with it. */
export function limitProblems(
  { perOrder, perPeriod, period, currency: limitCurrency }: CustomerGroup['orderLimit'],
  { currency, total, whole, used }: Bought,
): readonly Exclude<BuyerProblem, { code: 'may_not_order' }>[] {
  if (perOrder === null && perPeriod === null) return []
  if (limitCurrency !== currency) return [{ code: 'limit_in_other_currency', limitCurrency }]
  return [
    ...(perOrder !== null && whole > perOrder
      ? [{ code: 'over_order_limit', limit: perOrder, total: whole } as const]
      : []),
    ...(perPeriod !== null && used + total > perPeriod
      ? [{ code: 'over_period_limit', limit: perPeriod, used, total, period } as const]
      : []),
  ]
}
