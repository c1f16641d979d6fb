import type { FactName } from './facts'
import { testsOf, type ApprovalPolicy } from './policy'

/** The facts that the rules which are switched on look at, so that nobody finds out what no rule asks. */
export function askedFacts({ rules }: ApprovalPolicy): ReadonlySet<FactName> {
  const asked = new Set<FactName>()
  for (const { isOn, when, demands } of rules) {
    if (!isOn) continue
    for (const condition of [when, ...demands.map((demand) => demand.when)]) {
      for (const { fact } of testsOf(condition)) asked.add(fact)
    }
  }
  return asked
}
