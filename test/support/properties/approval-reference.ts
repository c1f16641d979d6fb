import type { DemandedStep, Finding } from '../../../domain/approval/evaluate'
import type { ApprovalFacts } from '../../../domain/approval/facts'
import type {
  ApprovalPolicy,
  ApprovalRule,
  Condition,
  StepDemand,
  StepTaker,
  Test,
} from '../../../domain/approval/policy'
import type { ApprovalStep } from '../../../domain/approval/steps'
import type { Approver } from './approval-cases'

/**
 * The approval rules told a second time: every demand of every rule is asked by itself, and a test is
 * among the grounds where everything around it holds. It shares no code with the rules themselves and
 * cares for nothing but being plain.
 */

/** What differences between a figure and a test's pass it. */
const passing = { over: [1], at_least: [0, 1], under: [-1], at_most: [-1, 0] } as const

/** What a test meets, null where it is not known. */
function met(test: Test, facts: ApprovalFacts): Finding['actual'] {
  const isForeign = 'currency' in test && test.currency !== facts.currency
  return isForeign && facts[test.fact] !== 0 ? null : facts[test.fact]
}

function passes(test: Test, facts: ApprovalFacts): boolean {
  const actual = met(test, facts)
  if (actual === null) return true
  if ('values' in test) {
    const shared = [actual].flat().filter((one) => (test.values as unknown[]).includes(one))
    return shared.length > 0 === (test.is === 'one_of')
  }
  if (!('value' in test)) return actual === (test.is === 'so')
  return (passing[test.is] as readonly number[]).includes(Math.sign(Number(actual) - test.value))
}

export function holdsOf(condition: Condition, facts: ApprovalFacts): boolean {
  if ('all' in condition) return condition.all.every((part) => holdsOf(part, facts))
  if ('any' in condition) return condition.any.some((part) => holdsOf(part, facts))
  return passes(condition, facts)
}

/** Every test of a condition, with all that stands around it and itself. */
function testsIn(
  condition: Condition,
  around: readonly Condition[] = [],
): readonly { readonly test: Test; readonly around: readonly Condition[] }[] {
  const path = [...around, condition]
  if ('all' in condition) return condition.all.flatMap((part) => testsIn(part, path))
  if ('any' in condition) return condition.any.flatMap((part) => testsIn(part, path))
  return [{ test: condition, around: path }]
}

function groundsIn(condition: Condition, facts: ApprovalFacts): readonly Finding[] {
  return testsIn(condition)
    .filter(({ around }) => around.every((one) => holdsOf(one, facts)))
    .map(({ test }) => ({ test, actual: met(test, facts) }))
}

export function isSameTaker(one: StepTaker, other: StepTaker): boolean {
  if (one.kind !== 'users' || other.kind !== 'users') return one.kind === other.kind
  const isWithin = (some: readonly string[], all: readonly string[]) =>
    some.every((id) => all.includes(id))
  const isOne = one.userIds.every((id) => id === one.userIds[0])
  return (
    isWithin(one.userIds, other.userIds) &&
    isWithin(other.userIds, one.userIds) &&
    (one.need === other.need || isOne)
  )
}

export function stepsByAsking({ rules }: ApprovalPolicy, facts: ApprovalFacts): DemandedStep[] {
  const held = rules.flatMap((rule) =>
    rule.demands
      .filter(({ when }) => rule.isOn && holdsOf({ all: [rule.when, when] }, facts))
      .map((demand) => ({ rule, demand })),
  )
  const tiers = [...new Set(held.map(({ demand }) => demand.tier))].sort((a, b) => a - b)
  return tiers.flatMap((tier) => {
    const here = held.filter(({ demand }) => demand.tier === tier)
    const isFirst = ({ demand }: { demand: StepDemand }, index: number) =>
      here.findIndex((other) => isSameTaker(other.demand.by, demand.by)) === index
    return here.filter(isFirst).map(({ demand: { by } }) => {
      const alike = here.filter(({ demand }) => isSameTaker(demand.by, by))
      const isFirstOfRule = ({ rule }: { rule: ApprovalRule }, index: number) =>
        alike.findIndex((other) => other.rule === rule) === index
      const because = alike.filter(isFirstOfRule).map(({ rule, demand }) => ({
        ruleId: rule.id,
        name: rule.name,
        findings: [...groundsIn(rule.when, facts), ...groundsIn(demand.when, facts)],
      }))
      return { tier, by, because }
    })
  })
}

/** The open steps of the lowest tier that has any. */
export function openNow(steps: readonly ApprovalStep[]): readonly ApprovalStep[] {
  const open = steps.filter((step) => !isComplete(step))
  return open.filter(({ tier }) => open.every((other) => other.tier >= tier))
}

/** Whether an open step is somebody's to take now; nobody here stands in for anybody. */
export function isTheirs(
  steps: readonly ApprovalStep[],
  step: ApprovalStep,
  person: Approver,
  everybody: readonly Approver[],
): boolean {
  if (!person.decides) return false
  const isApprover = (one: Approver) => one.decides && one.roles.includes('approver')
  const hasPart = (one: ApprovalStep, id: string) => one.approvals.some(({ by }) => by.id === id)
  const hasAny = (id: string) => steps.some((one) => hasPart(one, id))
  const missing = ({ by, approvals }: ApprovalStep) =>
    by.kind === 'users'
      ? by.userIds.filter((id) => !approvals.some((one) => (one.for?.id ?? one.by.id) === id))
      : []
  const isToCome = (id: string) =>
    steps.some((one) => !isComplete(one) && missing(one).includes(id))
  const isNobodyFresh = everybody
    .filter(isApprover)
    .every(({ userId }) => hasAny(userId) || isToCome(userId))
  const isOwn = (one: ApprovalStep) => {
    if (hasPart(one, person.userId)) return false
    if (one.by.kind === 'deciders') return true
    return one.by.kind === 'approvers' ? isApprover(person) : missing(one).includes(person.userId)
  }
  if (isOwn(step)) {
    const tookAnothers = steps.some(({ approvals }) =>
      approvals.some((one) => one.by.id === person.userId && one.for !== undefined),
    )
    return !tookAnothers || isNobodyFresh
  }
  const isLeft = missing(step).some((id) =>
    everybody.some((one) => one.userId === id && one.decides),
  )
  if (step.by.kind !== 'users' || !isApprover(person) || isLeft) return false
  if (openNow(steps).some(isOwn)) return false
  return isNobodyFresh || (!hasAny(person.userId) && !isToCome(person.userId))
}

/** Whether nobody is missing: one, or each who was named, or somebody in their place. */
export function isComplete({ by, approvals }: ApprovalStep): boolean {
  if (by.kind !== 'users' || by.need === 'any') return approvals.length > 0
  return by.userIds.every((id) => approvals.some((one) => (one.for?.id ?? one.by.id) === id))
}
