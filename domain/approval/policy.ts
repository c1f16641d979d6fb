import type { Currency, MinorUnits, Ppm } from '../units'
import type { ChoiceFact, CountFact, FlagFact, MoneyFact, RateFact, SetFact } from './facts'

/** How a figure is compared: more than, at least, less than, at most. */
export const comparisons = ['over', 'at_least', 'under', 'at_most'] as const
export type Comparison = (typeof comparisons)[number]

/** One question about one fact. */
export type Test =
  | {
      readonly fact: MoneyFact
      readonly is: Comparison
      readonly value: MinorUnits
      readonly currency: Currency
    }
  | { readonly fact: RateFact; readonly is: Comparison; readonly value: Ppm }
  | { readonly fact: CountFact; readonly is: Comparison; readonly value: number }
  | { readonly fact: FlagFact; readonly is: 'so' | 'not_so' }
  | {
      readonly fact: ChoiceFact | SetFact
      readonly is: 'one_of' | 'none_of'
      readonly values: readonly string[]
    }

/** Tests joined by AND and OR. An empty `all` always holds, an empty `any` never does. */
export type Condition =
  Test | { readonly all: readonly Condition[] } | { readonly any: readonly Condition[] }

/** Who may take a step. */
export type StepTaker =
  /** Whoever decides for the company: its reps, and approvers. */
  | { readonly kind: 'deciders' }
  | { readonly kind: 'approvers' }
  /** Of the customer's own people, one who may order: the seller's take it for nobody. */
  | { readonly kind: 'buyer' }
  /** These users; with `all` each of them, else any one. */
  | { readonly kind: 'users'; readonly userIds: readonly string[]; readonly need: 'any' | 'all' }

/** A step that a rule demands. */
export interface StepDemand {
  /** Steps of a lower tier come first; those of one tier side by side. From 1. */
  readonly tier: number
  readonly by: StepTaker
  /** What must hold besides the rule's own condition, so that one rule can have bands. */
  readonly when: Condition
}

export interface ApprovalRule {
  readonly id: string
  /** In the seller's own words; shown to whoever decides. */
  readonly name: string
  /** A rule that is switched off demands nothing. */
  readonly isOn: boolean
  readonly when: Condition
  readonly demands: readonly StepDemand[]
}

/** The seller's rules, in the order they are shown. Every rule whose condition holds adds its steps. */
export interface ApprovalPolicy {
  readonly rules: readonly ApprovalRule[]
}

/** What always holds. */
export const always: Condition = { all: [] }

export function isTest(condition: Condition): condition is Test {
  return 'fact' in condition
}

/** Every test of a condition, however deep in groups. */
export function testsOf(condition: Condition): readonly Test[] {
  if (isTest(condition)) return [condition]
  return ('all' in condition ? condition.all : condition.any).flatMap(testsOf)
}
