import type { CommandPayload } from '../../../contract/commands'
import type { CustomerGroup, OrderingRight } from '../../../domain/company'
import { minorUnitExponent } from '../../../domain/money/currency'
import { printDecimal } from '../../../domain/money/decimal'
import type { Currency } from '../../../domain/units'
import { readLimit, type FieldProblem } from '../users/user-form'

/** Right and limits of a group as they stand in the fields. */
export interface GroupValues {
  readonly orderingRight: OrderingRight
  /** In major units; empty is no limit. */
  readonly perOrder: string
  readonly perPeriod: string
  readonly period: 'month' | 'year'
  readonly currency: Currency
}

export const groupFields = [
  'orderingRight',
  'perOrder',
  'perPeriod',
  'period',
  'currency',
] as const satisfies readonly (keyof GroupValues)[]
export type GroupField = (typeof groupFields)[number]

export type GroupProblems = Readonly<Partial<Record<'perOrder' | 'perPeriod', FieldProblem>>>

/** What the fields hold for a group as it is. */
export function valuesOf({ orderingRight, orderLimit }: CustomerGroup): GroupValues {
  const { perOrder, perPeriod, period, currency } = orderLimit
  const text = (limit: number | null) =>
    limit === null ? '' : printDecimal(limit, minorUnitExponent(currency))
  return {
    orderingRight,
    perOrder: text(perOrder),
    perPeriod: text(perPeriod),
    period,
    currency,
  }
}

/** A limit as it was written; empty is none. */
export function readGroupLimit(limitText: string, currency: Currency) {
  return readLimit({ limitKind: limitText.trim() === '' ? 'none' : 'upTo', limitText }, currency)
}

/** What the fields say, as a change, or what has to be put right in them. */
export function readGroup({
  orderingRight,
  perOrder,
  perPeriod,
  period,
  currency,
}: GroupValues):
  | { readonly ok: true; readonly payload: CommandPayload<'customer_group.set'> }
  | { readonly ok: false; readonly problems: GroupProblems } {
  const [order, total] = [perOrder, perPeriod].map((text) => readGroupLimit(text, currency))
  // Limits bind only who may order, and are not in sight for others.
  const isBound = orderingRight === 'order'
  if (isBound && order && total && !(order.ok && total.ok)) {
    return {
      ok: false,
      problems: {
        ...(!order.ok && { perOrder: order.problem }),
        ...(!total.ok && { perPeriod: total.problem }),
      },
    }
  }
  return {
    ok: true,
    payload: {
      orderingRight,
      orderLimit: {
        perOrder: order?.ok ? order.value : null,
        perPeriod: total?.ok ? total.value : null,
        period,
        currency,
      },
    },
  }
}

export interface GroupMerge {
  /** What was written where something was, else what holds now. */
  readonly values: GroupValues
  readonly dirty: readonly GroupField[]
  /** Written here, and meanwhile changed to something else by somebody else. */
  readonly conflicts: readonly GroupField[]
}

/**
 * Lays what someone wrote over a group that may have changed since they began.
 *
 * @param base as it was when they began
 * @param mine as they have it
 * @param theirs as it is now
 */
export function mergeGroup(base: GroupValues, mine: GroupValues, theirs: GroupValues): GroupMerge {
  const dirty = groupFields.filter((field) => !same(field, base, mine))
  const conflicts = dirty.filter(
    (field) => !same(field, base, theirs) && !same(field, mine, theirs),
  )
  return { values: takeGroup(dirty, mine, theirs), dirty, conflicts }
}

/** `theirs` with the named fields of `mine`. */
export function takeGroup(
  fields: readonly GroupField[],
  mine: GroupValues,
  theirs: GroupValues,
): GroupValues {
  return { ...theirs, ...Object.fromEntries(fields.map((field) => [field, mine[field]])) }
}

function same(field: GroupField, a: GroupValues, b: GroupValues): boolean {
  return plain(a[field]) === plain(b[field])
}

/** `25 000,50` and `25000.50` are the same amount. */
function plain(text: string): string {
  return text.replace(/\s/g, '').replace(',', '.')
}
