import { orderingRights } from '../company'
import { WHOLE } from '../units'
import { documentKinds } from './facts'
import { isTest, type Condition, type Test } from './policy'

/** So many parts are looked at, over all choices; a condition that takes more has the benefit of the doubt. */
const mostLooks = 20_000

/**
 * Whether a condition can hold where everything is known. What is not known counts as if it held (see
 * `evaluate`), so that “over 10 and under 5” does hold where there is no such figure; but nobody means
 * that. Each fact is looked at by itself, and an amount by itself in each currency: that one fact may
 * rule out another, as with net and gross, is not looked into.
 */
export function canHold(condition: Condition): boolean {
  let looks = 0
  /** Whether all of `parts` can hold, and `held` with them. */
  const canHoldBeside = (held: readonly Test[], parts: readonly Condition[]): boolean => {
    const tests = [...held]
    const choices: { readonly any: readonly Condition[] }[] = []
    const open = [...parts]
    // It grows on the way. What must hold in any case comes before anything that can be chosen.
    for (const part of open) {
      if (isTest(part)) tests.push(part)
      else if ('all' in part) open.push(...part.all)
      else if (part.any.length === 1) open.push(...part.any)
      else choices.push(part)
    }
    looks += tests.length + open.length
    if (!bySubject(tests).every(canHoldTogether)) return false
    const [choice, ...others] = choices
    if (!choice) return true
    return choice.any.some((part) => looks > mostLooks || canHoldBeside(tests, [part, ...others]))
  }
  return canHoldBeside([], [condition])
}

/** What a test looks at: a fact, or an amount in one currency. */
export function subjectOf(test: Test): string {
  return 'currency' in test ? `${test.fact} ${test.currency}` : test.fact
}

function bySubject(tests: readonly Test[]): readonly (readonly Test[])[] {
  const subjects = new Map<string, Test[]>()
  for (const test of tests) {
    const subject = subjectOf(test)
    const others = subjects.get(subject)
    if (others) others.push(test)
    else subjects.set(subject, [test])
  }
  return [...subjects.values()]
}

/** The whole numbers that pass a test, first and last; null where it is not about a number. */
export function rangeOf(test: Test): readonly [first: number, last: number] | null {
  switch (test.is) {
    case 'over':
      return [test.value + 1, Number.MAX_SAFE_INTEGER]
    case 'at_least':
      return [test.value, Number.MAX_SAFE_INTEGER]
    case 'under':
      return [Number.MIN_SAFE_INTEGER, test.value - 1]
    case 'at_most':
      return [Number.MIN_SAFE_INTEGER, test.value]
    default:
      return null
  }
}

/** Whether one and the same value can pass all of these tests, which look at the same. */
function canHoldTogether(tests: readonly Test[]): boolean {
  const [test] = tests
  if (!test) return true
  switch (test.is) {
    case 'so':
    case 'not_so':
      return tests.every(({ is }) => is === test.is)
    case 'one_of':
    case 'none_of':
      return canBeChosen(test.fact, tests)
    default: {
      let [first, last] = boundsOf(test.fact)
      for (const each of tests) {
        const [from, to] = rangeOf(each) ?? [first, last]
        first = Math.max(first, from)
        last = Math.min(last, to)
      }
      return first <= last
    }
  }
}

/** Between what figures are: nothing is below 0 but rates, and no rate is above the whole. */
function boundsOf(fact: Test['fact']): readonly [least: number, most: number] {
  return fact === 'margin' || fact === 'discount'
    ? [Number.MIN_SAFE_INTEGER, WHOLE]
    : [0, Number.MAX_SAFE_INTEGER]
}

function canBeChosen(fact: Test['fact'], tests: readonly Test[]): boolean {
  const barred = new Set(tests.flatMap((test) => (test.is === 'none_of' ? test.values : [])))
  const wanted = tests.flatMap((test) => (test.is === 'one_of' ? [test.values] : []))
  // Of these two every value is known; of the others there may be any.
  if (fact === 'kind') wanted.push(documentKinds)
  if (fact === 'orderingRight') wanted.push(orderingRights)
  // Several at once: one value for each list will do.
  if (fact === 'articleGroups') {
    return wanted.every((values) => values.some((value) => !barred.has(value)))
  }
  const [first, ...others] = wanted
  if (!first) return true
  return first.some(
    (value) => !barred.has(value) && others.every((values) => values.includes(value)),
  )
}
