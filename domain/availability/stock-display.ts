import type { Instant, Milli } from '../units'

/** A quantity as a customer is shown it. */
export interface ShownQuantity {
  readonly quantity: Milli
  /** There is so much or more. */
  readonly orMore: boolean
}

/** How much of a balance a customer is shown. */
export type DisplayRule =
  /** The figure as it is. */
  | { readonly kind: 'exact' }
  /** The figure below `at`, and from there on that there is so much or more. */
  | { readonly kind: 'capped'; readonly at: Milli }
  /** Whether what was asked for can be delivered, and no figure. */
  | { readonly kind: 'yes_no' }

/** What a seller's customers are shown of stock. */
export interface StockDisplay {
  readonly rule: DisplayRule
  /** Of customer groups that are shown something else. */
  readonly groups: readonly { readonly groupId: string; readonly rule: DisplayRule }[]
  /** Hours after which a report of stock is called old; null for never. */
  readonly staleAfterHours: number | null
}

/** The rule for a customer group; null is whoever has not signed in. */
export function displayRuleFor(
  { rule, groups }: Pick<StockDisplay, 'rule' | 'groups'>,
  groupId: string | null,
): DisplayRule {
  return groups.find((one) => one.groupId === groupId)?.rule ?? rule
}

/** Reports that were observed before this are old; null where none ever is. */
export function staleBefore(
  { staleAfterHours }: Pick<StockDisplay, 'staleAfterHours'>,
  now: Date,
): Instant | null {
  if (staleAfterHours === null) return null
  return new Date(now.getTime() - staleAfterHours * 3_600_000).toISOString()
}

/** A quantity as the rule lets it be shown; null where it is not. */
export function shownBy(rule: DisplayRule, quantity: Milli): ShownQuantity | null {
  switch (rule.kind) {
    case 'exact':
      return { quantity, orMore: false }
    case 'capped':
      return quantity < rule.at ? { quantity, orMore: false } : { quantity: rule.at, orMore: true }
    case 'yes_no':
      return null
  }
}
