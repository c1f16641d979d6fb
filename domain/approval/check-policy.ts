import { mayDo } from '../access/rights'
import type { Role } from '../access/roles'
import { canHold, rangeOf, subjectOf } from './can-hold'
import { keyOf } from './evaluate'
import {
  isTest,
  type ApprovalPolicy,
  type ApprovalRule,
  type Condition,
  type StepTaker,
  type Test,
} from './policy'

/** A user of the gateway, as far as steps can be given to them. */
export interface PolicyPerson {
  readonly roles: readonly Role[]
  readonly status: 'active' | 'disabled'
}

/** Everybody there is, by id. */
export type PolicyPeople = ReadonlyMap<string, PolicyPerson>

/** What is wrong with a rule that is switched on. `demand` counts from 0; null is the rule itself. */
export type PolicyProblem =
  /** Its conditions exclude each other. */
  | { readonly kind: 'never_holds'; readonly ruleId: string; readonly demand: number | null }
  /** It says what an earlier rule says already. */
  | { readonly kind: 'same_as'; readonly ruleId: string; readonly otherRuleId: string }
  | {
      readonly kind: 'user_cannot_decide'
      readonly ruleId: string
      readonly demand: number
      readonly userId: string
      readonly because: 'unknown' | 'disabled' | 'role'
    }
  /** It asks for approvers, or for whoever decides, and there is none who is active. */
  | { readonly kind: 'nobody_can_take'; readonly ruleId: string; readonly demand: number }
  /** It asks for a group that there is none of; only where the groups are, is that known. */
  | {
      readonly kind: 'unknown_value'
      readonly ruleId: string
      readonly fact: 'customerGroup' | 'articleGroups'
      readonly value: string
    }

/** Everything that keeps rules from working, in the order of the policy. Rules that are off may be anything. */
export function policyProblems(
  { rules }: ApprovalPolicy,
  people: PolicyPeople,
): readonly PolicyProblem[] {
  const problems: PolicyProblem[] = []
  /** Ids of rules by what they say. */
  const said = new Map<string, string>()
  for (const rule of rules) {
    if (!rule.isOn) continue
    const { id: ruleId, when, demands } = rule
    const holds = canHold(when)
    if (!holds) problems.push({ kind: 'never_holds', ruleId, demand: null })

    const saying = sayingOf(rule)
    const otherRuleId = said.get(saying)
    if (otherRuleId === undefined) said.set(saying, ruleId)
    else problems.push({ kind: 'same_as', ruleId, otherRuleId })

    for (const [demand, { by, when: besides }] of demands.entries()) {
      if (holds && !canHold({ all: [when, besides] })) {
        problems.push({ kind: 'never_holds', ruleId, demand })
      }
      problems.push(...takerProblems({ ruleId, demand }, by, people))
    }
  }
  return problems
}

function takerProblems(
  at: { readonly ruleId: string; readonly demand: number },
  by: StepTaker,
  people: PolicyPeople,
): PolicyProblem[] {
  if (by.kind === 'users') {
    return [...new Set(by.userIds)].flatMap((userId): PolicyProblem[] => {
      const because = whyNot(people.get(userId))
      return because ? [{ kind: 'user_cannot_decide', ...at, userId, because }] : []
    })
  }
  // Who of a customer's may order is not the policy's to know; an approver can let their step go.
  const isMeant = ({ roles }: PolicyPerson) => by.kind === 'deciders' || roles.includes('approver')
  const canBeTaken = [...people.values()].some((each) => isMeant(each) && !whyNot(each))
  return canBeTaken ? [] : [{ kind: 'nobody_can_take', ...at }]
}

/** Why a person cannot decide, or null if they can. */
function whyNot(person: PolicyPerson | undefined): 'unknown' | 'disabled' | 'role' | null {
  if (!person) return 'unknown'
  if (person.status === 'disabled') return 'disabled'
  return mayDo(person, 'decide_requisition') ? null : 'role'
}

/** The same for rules that demand the same on the same condition, in whatever order and under what name. */
function sayingOf({ when, demands }: ApprovalRule): string {
  const asked = demands.map(({ tier, by, when: band }) => `${keyOf(tier, by)}(${meaning(band)})`)
  return `(${meaning(when)})${[...new Set(asked)].sort().join('')}`
}

/** The same for conditions that say the same in another order, or with brackets that change nothing. */
function meaning(condition: Condition): string {
  return [...new Set(meanings(condition, 'all'))].sort().join()
}

/** What says the same as a condition when it is joined by `join`: its parts, where they are joined so. */
function meanings(condition: Condition, join: 'all' | 'any'): readonly string[] {
  if (isTest(condition)) return [meaningOfTest(condition)]
  const [own, parts] =
    'all' in condition ? (['all', condition.all] as const) : (['any', condition.any] as const)
  const [first, ...others] = parts
  if (first && others.length === 0) return meanings(first, join)
  const said = [...new Set(parts.flatMap((part) => meanings(part, own)))].sort()
  return own === join ? said : [`${own}(${said.join()})`]
}

function meaningOfTest(test: Test): string {
  // Over 3 and at least 4 are the same: figures are whole numbers.
  const passes = rangeOf(test) ?? [test.is, 'values' in test && [...new Set(test.values)].sort()]
  return JSON.stringify([subjectOf(test), ...passes])
}
