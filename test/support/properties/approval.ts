import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { policyProblems, type PolicyPerson } from '../../../domain/approval/check-policy'
import { evaluate, keyOf } from '../../../domain/approval/evaluate'
import type { ApprovalFacts } from '../../../domain/approval/facts'
import type { ApprovalRule } from '../../../domain/approval/policy'
import { approveSteps, type ApprovalStep } from '../../../domain/approval/steps'
import {
  approvers,
  everyKnownFact,
  knownRule,
  oneRule,
  someApprovers,
  someFacts,
  someRules,
  someSteps,
  type Approver,
} from './approval-cases'
import { holdsOf, isComplete, isTheirs, openNow, stepsByAsking } from './approval-reference'
import { assertHolds, timeoutOf } from './cases'
import type { Cases } from './cases'

const at = '2026-11-23T10:00:00.000Z'

/** What must hold of all rules, and of all steps whoever takes them in whatever order. */
export function describeApprovalProperties(cases: Cases): void {
  describe(`approval over ${cases.runs} random cases`, { timeout: timeoutOf(cases) }, () => {
    it('demands what asking every rule by itself finds', () => {
      let [several, shared, unknown] = [0, 0, 0]
      assertHolds(
        fc.property(someRules, someFacts, (rules, facts) => {
          const steps = evaluate({ rules }, facts)
          expect(steps).toEqual(stepsByAsking({ rules }, facts))
          const grounds = steps.flatMap(({ because }) => because)
          if (steps.length > 1) several += 1
          if (grounds.length > steps.length) shared += 1
          if (grounds.some((each) => each.findings.some(({ actual }) => actual === null))) {
            unknown += 1
          }
        }),
        cases,
      )
      // Else the property would hold of nothing.
      expect(Math.min(several, shared, unknown)).toBeGreaterThan(cases.runs / 50)
    })

    it('demands no less with a rule more, wherever it stands', () => {
      assertHolds(
        fc.property(someRules, oneRule, someFacts, fc.nat(), (rules, more, facts, place) => {
          const from = place % (rules.length + 1)
          const withMore = [...rules.slice(0, from), { ...more, id: 'more' }, ...rules.slice(from)]
          expect(askedBy(withMore, facts)).toEqual(
            expect.arrayContaining([...askedBy(rules, facts)]),
          )
        }),
        cases,
      )
    })

    it('demands the same in whatever order the rules stand', () => {
      const shuffled = someRules.chain((rules) =>
        fc.tuple(
          fc.constant(rules),
          fc.shuffledSubarray([...rules], { minLength: rules.length, maxLength: rules.length }),
        ),
      )
      assertHolds(
        fc.property(shuffled, someFacts, ([rules, others], facts) => {
          expect(askedBy(others, facts)).toEqual(askedBy(rules, facts))
        }),
        cases,
      )
    })

    it('names the conditions that no requisition can meet, and no other', () => {
      const met = new Set<string>()
      assertHolds(
        fc.property(knownRule, (rule) => {
          const isEverMet = (...conditions: readonly ApprovalRule['when'][]) =>
            everyKnownFact.some((facts) => holdsOf({ all: conditions }, facts))
          const never = isEverMet(rule.when)
            ? rule.demands.flatMap(({ when }, index) => (isEverMet(rule.when, when) ? [] : [index]))
            : [null]
          const named = policyProblems({ rules: [rule] }, everybody).flatMap((problem) =>
            problem.kind === 'never_holds' ? [problem.demand] : [],
          )
          expect(named).toEqual(never)
          met.add(never[0] === undefined ? 'sound' : never[0] === null ? 'rule' : 'demand')
        }),
        cases,
      )
      expect([...met].sort()).toEqual(['demand', 'rule', 'sound'])
    })

    it('takes steps only for those they are meant for, and orders nothing past everybody’s limit', () => {
      const seen = new Set<string>()
      assertHolds(
        fc.property(someSteps, someApprovers, (steps, people) => {
          let now = steps
          for (const person of people) {
            const taken = approveSteps(now, person, context, at)
            seen.add(taken.kind === 'taken' ? `taken, last: ${taken.isLast}` : taken.kind)
            if (taken.kind !== 'taken') {
              if (taken.kind === 'not_yours') expectNoneOf(now, person)
              else expect([person, ...approvalsOf(now)].some((one) => one.withinLimit)).toBe(false)
              continue
            }
            expectTakenBy(person, now, taken.steps)
            const isAllowed = approvalsOf(taken.steps).some((one) => one.withinLimit)
            expect(taken.isLast).toBe(taken.steps.every(isComplete))
            if (taken.isLast) {
              expect(isAllowed).toBe(true)
              return
            }
            now = taken.steps
          }
        }),
        cases,
      )
      expect([...seen].sort()).toEqual([
        'above_limit',
        'not_yours',
        'taken, last: false',
        'taken, last: true',
      ])
    })

    it('comes to an end once everybody who decides has approved what they may', () => {
      assertHolds(
        fc.property(someSteps, someApprovers, (steps, early) => {
          let now = steps
          // Each round takes somebody further, and there are no more parts than these.
          const rounds = Array.from({ length: 12 }, () => approvers).flat()
          for (const person of [...early, ...rounds]) {
            const taken = approveSteps(now, person, context, at)
            if (taken.kind !== 'taken') continue
            if (taken.isLast) return
            now = taken.steps
          }
          throw new Error(`Nobody can bring it to an end: ${JSON.stringify(now)}`)
        }),
        cases,
      )
    })
  })
}

/** Any user a rule may name can decide, so that only conditions are left to be wrong. */
const everybody: ReadonlyMap<string, PolicyPerson> = new Map(
  ['u1', 'u2', 'u3'].map((id) => [id, { roles: ['approver'], status: 'active' }]),
)

const approverIds = approvers
  .filter(({ roles, decides: does }) => does && roles.includes('approver'))
  .map(({ userId }) => userId)
const context = { companyId: 'berg', canDecide: decides, approverIds }

function decides(userId: string): boolean {
  return approvers.some((one) => one.userId === userId && one.decides)
}

function askedBy(rules: readonly ApprovalRule[], facts: ApprovalFacts): readonly string[] {
  return evaluate({ rules }, facts)
    .map(({ tier, by }) => keyOf(tier, by))
    .sort()
}

function approvalsOf(steps: readonly ApprovalStep[]) {
  return steps.flatMap(({ approvals }) => approvals)
}

function expectNoneOf(steps: readonly ApprovalStep[], person: Approver): void {
  expect(openNow(steps).filter((step) => isTheirs(steps, step, person, approvers))).toEqual([])
}

/** Steps have only gained this person's approval, each where it was theirs to give and no tier early. */
function expectTakenBy(
  person: Approver,
  before: readonly ApprovalStep[],
  after: readonly ApprovalStep[],
): void {
  const { userId: id, name, withinLimit } = person
  let gained = 0
  for (const [index, step] of before.entries()) {
    const { approvals, ...rest } = after[index]!
    expect(rest).toEqual({ tier: step.tier, by: step.by, because: step.because })
    expect(approvals.slice(0, step.approvals.length)).toEqual(step.approvals)
    const more = approvals.slice(step.approvals.length)
    if (more.length === 0) continue
    gained += 1
    for (const one of more) expect(one).toMatchObject({ by: { id, name }, at, withinLimit })
    expect(isComplete(step)).toBe(false)
    // As it was before, or with what they took of the others on the way.
    const onTheWay = before.map((other, at) => (other === step ? step : after[at]!))
    const times = [before, onTheWay]
    expect(times.some((steps) => isTheirs(steps, step, person, approvers))).toBe(true)
    expect(after.every((other) => other.tier >= step.tier || isComplete(other))).toBe(true)
  }
  expect(gained).toBeGreaterThan(0)
  // Somebody more is asked for only where all are there and the total is above the limits of all.
  const added = after.slice(before.length)
  if (added.length === 0) return
  expect(added).toMatchObject([{ by: { kind: 'deciders' }, approvals: [] }])
  expect(after.slice(0, before.length).every(isComplete)).toBe(true)
  expect(approvalsOf(after).some((one) => one.withinLimit)).toBe(false)
}
