import { sql } from 'kysely'
import type { CommandType } from '../../contract/commands'
import { refusal } from '../../contract/errors'
import { policyProblems, type PolicyProblem } from '../../domain/approval/check-policy'
import { testsOf, type ApprovalRule } from '../../domain/approval/policy'
import { lockPolicy, policyId, policyInForce, policyPeople, putInForce } from '../approval/policy'
import { ask } from '../database/together'
import type { Transaction } from '../database/transaction'
import { handled, refused, type Handler } from './context'

type PolicyCommand = Extract<CommandType, `policy.${string}`>
type GroupFact = Extract<PolicyProblem, { readonly kind: 'unknown_value' }>['fact']

export const policyHandlers: { readonly [T in PolicyCommand]: Handler<T> } = {
  async 'policy.set'({ tx, actor, origin, now, aggregateId, expectedVersion, payload }) {
    if (aggregateId !== policyId) {
      return refused(refusal('not_found', `The one policy there is, is “${policyId}”.`))
    }
    await lockPolicy(tx)
    const before = await ask(tx, policyInForce(tx))
    if (expectedVersion !== null && expectedVersion !== before.version) {
      return refused(
        refusal('stale_version', 'The rules have been changed since you saw them.', {
          currentVersion: before.version,
          expectedVersion,
          by: before.setBy,
        }),
      )
    }
    const { rules } = payload
    const people = await ask(tx, policyPeople(tx))
    const problems = [...policyProblems({ rules }, people), ...(await unknownValues(tx, rules))]
    if (problems.length > 0) {
      return refused(
        refusal('policy_unsound', 'Some rules cannot work as they are, and none was changed.', {
          problems: problems.slice(0, 50),
        }),
      )
    }
    const version = await putInForce(tx, before, rules, { actor, origin, now })
    return handled(version)
  },
}

/** Groups that rules which are on ask for and that there are none of. */
async function unknownValues(
  tx: Transaction,
  rules: readonly ApprovalRule[],
): Promise<readonly PolicyProblem[]> {
  const asked = rules.filter(({ isOn }) => isOn).flatMap(groupsAskedBy)
  if (asked.length === 0) return []
  const valuesOf = (fact: GroupFact) => [
    ...new Set(asked.filter((one) => one.fact === fact).map(({ value }) => value)),
  ]
  const { rows } = await sql<{ fact: GroupFact; value: string }>`
    select 'customerGroup' as fact, id as value from customer_group
      where id = any(${valuesOf('customerGroup')}::text[])
    union all
    select 'articleGroups', id from article_group
      where id = any(${valuesOf('articleGroups')}::text[])`.execute(tx)
  const known = new Set(rows.map(({ fact, value }) => `${fact} ${value}`))
  return asked
    .filter(({ fact, value }) => !known.has(`${fact} ${value}`))
    .map((one) => ({ kind: 'unknown_value', ...one }))
}

/** Each group that a rule asks for, once. */
function groupsAskedBy({ id: ruleId, when, demands }: ApprovalRule) {
  const asked = new Map<string, { ruleId: string; fact: GroupFact; value: string }>()
  const tests = [when, ...demands.map((demand) => demand.when)].flatMap(testsOf)
  for (const test of tests) {
    if (!('values' in test)) continue
    const { fact, values } = test
    if (fact !== 'customerGroup' && fact !== 'articleGroups') continue
    for (const value of values) asked.set(`${fact} ${value}`, { ruleId, fact, value })
  }
  return [...asked.values()]
}
