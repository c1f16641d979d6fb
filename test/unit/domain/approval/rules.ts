import type { ApprovalFacts } from '../../../../domain/approval/facts'
import type {
  ApprovalRule,
  Comparison,
  Condition,
  StepDemand,
  StepTaker,
  Test,
} from '../../../../domain/approval/policy'
import { always } from '../../../../domain/approval/policy'

/** Makers of rules, and of a proposal of 1,000 kr net that nothing is the matter with. */

export function facts(overrides: Partial<ApprovalFacts> = {}): ApprovalFacts {
  return {
    kind: 'proposal',
    currency: 'SEK',
    net: 100_000,
    gross: 125_000,
    margin: 300_000,
    discount: 50_000,
    lines: 3,
    shortLines: 0,
    changedPrices: 0,
    overCredit: 0,
    onHold: false,
    overOwnLimit: false,
    firstOrder: false,
    orderingRight: 'order',
    customerGroup: 'builders',
    articleGroups: ['pumps', 'valves'],
    ...overrides,
  }
}

export function all(...parts: readonly Condition[]): Condition {
  return { all: parts }
}

export function any(...parts: readonly Condition[]): Condition {
  return { any: parts }
}

/** Whole kronor without VAT, or euros. */
export function net(is: Comparison, major: number, currency = 'SEK'): Test {
  return { fact: 'net', is, value: major * 100, currency }
}

export function lines(is: Comparison, value: number): Test {
  return { fact: 'lines', is, value }
}

/** Percent. */
export function margin(is: Comparison, percent: number): Test {
  return { fact: 'margin', is, value: percent * 10_000 }
}

export const onHold: Test = { fact: 'onHold', is: 'so' }
export const notOnHold: Test = { fact: 'onHold', is: 'not_so' }

export function oneOf(
  fact: Extract<Test, { is: 'one_of' | 'none_of' }>['fact'],
  ...values: readonly string[]
): Test {
  return { fact, is: 'one_of', values }
}

export function noneOf(
  fact: Extract<Test, { is: 'one_of' | 'none_of' }>['fact'],
  ...values: readonly string[]
): Test {
  return { fact, is: 'none_of', values }
}

export const deciders: StepTaker = { kind: 'deciders' }
export const approvers: StepTaker = { kind: 'approvers' }

export function anyOf(...userIds: readonly string[]): StepTaker {
  return { kind: 'users', userIds, need: 'any' }
}

export function eachOf(...userIds: readonly string[]): StepTaker {
  return { kind: 'users', userIds, need: 'all' }
}

export function demand(tier: number, by: StepTaker, when: Condition = always): StepDemand {
  return { tier, by, when }
}

/** A rule that is on and named as its id. */
export function rule(id: string, when: Condition, ...demands: readonly StepDemand[]): ApprovalRule {
  return { id, name: id, isOn: true, when, demands }
}

export function off(one: ApprovalRule): ApprovalRule {
  return { ...one, isOn: false }
}
