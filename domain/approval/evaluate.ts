import type { ApprovalFacts } from './facts'
import { isTest, type ApprovalPolicy, type Condition, type StepTaker, type Test } from './policy'

/** A test that held, with the value it met; null where the value is not known. */
export interface Finding {
  readonly test: Test
  readonly actual: string | number | boolean | readonly string[] | null
}

/** A rule that demands a step, and what it found. */
export interface Grounds {
  readonly ruleId: string
  readonly name: string
  readonly findings: readonly Finding[]
}

export interface DemandedStep {
  readonly tier: number
  readonly by: StepTaker
  /** Every rule that demands this very step, in the policy's order. */
  readonly because: readonly Grounds[]
}

/**
 * The steps a policy demands of a requisition, by tier, and why. What two rules demand alike is one step
 * with both their grounds. A fact that is not known, or an amount in another currency than the rule's,
 * counts as if it held: nothing passes for want of a figure. Nothing is nothing in every currency.
 */
export function evaluate(policy: ApprovalPolicy, facts: ApprovalFacts): readonly DemandedStep[] {
  const steps = new Map<string, { tier: number; by: StepTaker; because: Grounds[] }>()
  for (const rule of policy.rules) {
    if (!rule.isOn) continue
    const found = findingsOf(rule.when, facts)
    if (!found) continue
    for (const { tier, by, when } of rule.demands) {
      const more = findingsOf(when, facts)
      if (!more) continue
      const grounds = { ruleId: rule.id, name: rule.name, findings: [...found, ...more] }
      const key = keyOf(tier, by)
      const known = steps.get(key)
      if (!known) {
        steps.set(key, { tier, by, because: [grounds] })
        continue
      }
      known.tier = Math.min(known.tier, tier)
      // Two bands of one rule may both ask for it; the first says enough.
      if (known.because.at(-1)?.ruleId !== rule.id) known.because.push(grounds)
    }
  }
  return [...steps.values()].sort((a, b) => a.tier - b.tier)
}

/** The tests by which a condition holds, or null where it does not. */
export function findingsOf(condition: Condition, facts: ApprovalFacts): readonly Finding[] | null {
  if (isTest(condition)) {
    const finding = findingOf(condition, facts)
    return finding && [finding]
  }
  const isAll = 'all' in condition
  const parts = isAll ? condition.all : condition.any
  const found: Finding[] = []
  let holds = isAll
  for (const part of parts) {
    const findings = findingsOf(part, facts)
    if (findings) {
      found.push(...findings)
      if (!isAll) holds = true
    } else if (isAll) return null
  }
  return holds ? found : null
}

function findingOf(test: Test, facts: ApprovalFacts): Finding | null {
  // Facts that were kept before there was one of that name have none.
  const actual = facts[test.fact] ?? null
  const held: Finding = { test, actual }
  if (actual === null) return held
  switch (test.is) {
    case 'so':
      return actual === true ? held : null
    case 'not_so':
      return actual === false ? held : null
    case 'one_of':
      return overlaps(test.values, actual as string | readonly string[]) ? held : null
    case 'none_of':
      return overlaps(test.values, actual as string | readonly string[]) ? null : held
    default:
      if ('currency' in test && test.currency !== facts.currency && actual !== 0) {
        return { test, actual: null }
      }
      return compares(actual as number, test.is, test.value) ? held : null
  }
}

function overlaps(values: readonly string[], actual: string | readonly string[]): boolean {
  return typeof actual === 'string'
    ? values.includes(actual)
    : actual.some((one) => values.includes(one))
}

function compares(actual: number, is: 'over' | 'at_least' | 'under' | 'at_most', value: number) {
  switch (is) {
    case 'over':
      return actual > value
    case 'at_least':
      return actual >= value
    case 'under':
      return actual < value
    case 'at_most':
      return actual <= value
  }
}

/**
 * The same for takers that are the same, in whatever order their users are named. The customer says yes
 * once: what several tiers ask of them is one step, in the lowest of these.
 */
export function keyOf(tier: number, by: StepTaker): string {
  if (by.kind === 'buyer') return by.kind
  if (by.kind !== 'users') return JSON.stringify([tier, by.kind])
  const userIds = [...new Set(by.userIds)].sort()
  // Any one of one, and each of one.
  const need = userIds.length === 1 ? 'any' : by.need
  return JSON.stringify([tier, by.kind, need, userIds])
}
