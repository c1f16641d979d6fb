import type { Finding } from '../../domain/approval/evaluate'
import type { CountFact, RateFact } from '../../domain/approval/facts'
import { isTest } from '../../domain/approval/policy'
import type {
  ApprovalRule,
  Comparison,
  Condition,
  StepDemand,
  StepTaker,
  Test,
} from '../../domain/approval/policy'
import type { MinorUnits } from '../../domain/units'
import type { Texts } from '../../language/texts'
import { roundedTo } from '../../language/numbers'
import type { Replica } from '../state/replica'

/** What things that a rule names by id are called; null for what is not known here. */
export interface PolicyNames {
  readonly user: (id: string) => string | null
  readonly customerGroup: (id: string) => string | null
  readonly articleGroup: (id: string) => string | null
}

/** The names as the working set has them, and those of article groups as the gateway told them. */
export function policyNamesIn(
  { get }: Pick<Replica, 'get'>,
  articleGroup: PolicyNames['articleGroup'] = () => null,
): PolicyNames {
  return {
    user: (id) => get('user', id)?.displayName ?? null,
    customerGroup: (id) => get('customer_group', id)?.name ?? null,
    articleGroup,
  }
}

type MoneyTest = Extract<Test, { readonly currency: string }>
type RateTest = Extract<Test, { readonly fact: RateFact }>
type CountTest = Extract<Test, { readonly fact: CountFact }>
type FlagTest = Extract<Test, { readonly is: 'so' | 'not_so' }>
type ValuesTest = Extract<Test, { readonly is: 'one_of' | 'none_of' }>

function isMoney(test: Test): test is MoneyTest {
  return 'currency' in test
}
function isFlag(test: Test): test is FlagTest {
  return test.is === 'so' || test.is === 'not_so'
}
function hasValues(test: Test): test is ValuesTest {
  return 'values' in test
}
function isRate(test: MoneyTest | RateTest | CountTest): test is RateTest {
  return test.fact === 'margin' || test.fact === 'discount'
}

/** A test as a clause: `total utan moms över 50 000 kr`. */
export function testWords(test: Test, texts: Texts, names: PolicyNames): string {
  const { t, formats } = texts
  if (isFlag(test)) return t(`policy.flag.${test.fact}.${test.is}`)
  if (hasValues(test)) {
    const { fact, is } = test
    const values = valueWords(test, test.values, texts, names)
    return t(is === 'one_of' ? `policy.one.${fact}` : `policy.none.${fact}`, { values })
  }
  if (isMoney(test)) {
    if (isAnyExcess(test)) return t('policy.overCredit')
    return compared(test.fact, test.is, formats.wholeMoney(test.value, test.currency), texts)
  }
  if (isRate(test)) return compared(test.fact, test.is, formats.percent(test.value, 4), texts)
  const rows = t(`policy.rows.${test.fact}`, { count: test.value })
  return t('policy.counted', { is: t(`policy.countIs.${test.is}`), rows })
}

/** A condition as clauses joined in words; a group within another stands in brackets. */
export function conditionWords(condition: Condition, texts: Texts, names: PolicyNames): string {
  return joined(condition, texts, names, false)
}

function joined(condition: Condition, texts: Texts, names: PolicyNames, isInner: boolean): string {
  const { t, formats } = texts
  if (isTest(condition)) return testWords(condition, texts, names)
  const isAll = 'all' in condition
  const parts = isAll ? condition.all : condition.any
  if (parts.length === 0) return t(isAll ? 'policy.always' : 'policy.never')
  // A group of one is no group to the eye.
  const clauses = parts.map((part) => joined(part, texts, names, isInner || parts.length > 1))
  const words = isAll ? formats.list(clauses) : formats.either(clauses)
  return isInner && parts.length > 1 ? t('policy.group', { clauses: words }) : words
}

/** Who takes a step, as it stands after “attest av”. */
export function takerWords(by: StepTaker, texts: Texts, names: PolicyNames): string {
  const { t, formats } = texts
  if (by.kind !== 'users') return t(`policy.taker.${by.kind}`)
  if (by.userIds.length === 0) return t('policy.taker.nobody')
  const called = by.userIds.map((id) => names.user(id) ?? t('policy.unknownUser'))
  return by.need === 'all' ? formats.list(called) : formats.either(called)
}

/** One step with its place: `Steg 2: en attestant`. */
export function stepWords(
  { tier, by }: Pick<StepDemand, 'tier' | 'by'>,
  texts: Texts,
  names: PolicyNames,
): string {
  return texts.t('policy.step', { tier, taker: takerWords(by, texts, names) })
}

/** Steps in their order: `en attestant, sedan Karin Åberg`. Those of one tier stand side by side. */
export function stepsWords(
  steps: readonly (Pick<StepDemand, 'tier' | 'by'> & { readonly when?: Condition })[],
  texts: Texts,
  names: PolicyNames,
): string {
  const { t, formats } = texts
  const tiers = new Map<number, string[]>()
  for (const { tier, by, when } of steps) {
    const taker = takerWords(by, texts, names)
    const words =
      when === undefined || isAlways(when)
        ? taker
        : t('policy.takerWhen', { taker, condition: conditionWords(when, texts, names) })
    tiers.set(tier, [...(tiers.get(tier) ?? []), words])
  }
  const inOrder = [...tiers].sort(([a], [b]) => a - b).map(([, words]) => formats.list(words))
  const [first, ...rest] = inOrder
  if (first === undefined) return t('policy.steps.none')
  return rest.reduce((before, next) => t('policy.steps.then', { first: before, next }), first)
}

/** A rule in one line, for a row: `total utan moms över 50 000 kr → en attestant`. */
export function ruleSummary(
  { when, demands }: Pick<ApprovalRule, 'when' | 'demands'>,
  texts: Texts,
  names: PolicyNames,
): string {
  return texts.t('policy.summary', {
    condition: conditionWords(when, texts, names),
    steps: stepsWords(demands, texts, names),
  })
}

/** A rule as a sentence that says all it does, whether it is on or off. */
export function ruleSentence(
  { when, demands }: Pick<ApprovalRule, 'when' | 'demands'>,
  texts: Texts,
  names: PolicyNames,
): string {
  const { t } = texts
  if (isNever(when)) return t('policy.sentence.never')
  const condition = conditionWords(when, texts, names)
  if (demands.length === 0) {
    return isAlways(when)
      ? t('policy.sentence.alwaysNothing')
      : t('policy.sentence.nothing', { condition })
  }
  const steps = stepsWords(demands, texts, names)
  return isAlways(when)
    ? t('policy.sentence.always', { steps })
    : t('policy.sentence', { condition, steps })
}

/**
 * A test that held, with the value it met, as a clause: `täckningsgrad 8,4 % är under 12 %`. A value
 * that is not known is said to be so.
 */
export function findingWords({ test, actual }: Finding, texts: Texts, names: PolicyNames): string {
  const { t, formats } = texts
  if (actual === null) return unknownWords(test, texts)
  if (isFlag(test)) return t(`policy.found.${test.fact}.${test.is}`)
  if (hasValues(test)) return foundValues(test, actual, texts, names)
  const met = Number(actual)
  if (isMoney(test)) {
    const money = (amount: MinorUnits) => formats.wholeMoney(amount, test.currency)
    if (isAnyExcess(test)) return t('policy.found.overCredit', { actual: money(met) })
    return foundCompared(test.fact, test.is, money(met), money(test.value), texts)
  }
  if (isRate(test)) {
    const limit = formats.percent(test.value, 4)
    return foundCompared(test.fact, test.is, percentBeside(met, test.value, texts), limit, texts)
  }
  const rows = t(`policy.rows.${test.fact}`, { count: met })
  // “Any at all” is told whole by how many there are.
  const isAny =
    (test.is === 'over' ? test.value + 1 : test.is === 'at_least' ? test.value : 0) === 1
  if (isAny) return rows
  return t('policy.found.counted', {
    rows,
    is: t(`policy.countIs.${test.is}`),
    count: formats.integer(test.value),
  })
}

/** The first letter of a sentence that was made of clauses. */
export function asSentence(words: string): string {
  return words.charAt(0).toLocaleUpperCase('sv') + words.slice(1)
}

export function isAlways(condition: Condition): boolean {
  return 'all' in condition && condition.all.length === 0
}

function isNever(condition: Condition): boolean {
  return 'any' in condition && condition.any.length === 0
}

function isAnyExcess({ fact, is, value }: MoneyTest): boolean {
  return fact === 'overCredit' && is === 'over' && value === 0
}

function compared(
  fact: (MoneyTest | RateTest)['fact'],
  is: Comparison,
  value: string,
  { t }: Texts,
): string {
  return t('policy.compared', { fact: t(`policy.fact.${fact}`), is: t(`policy.is.${is}`), value })
}

function foundCompared(
  fact: (MoneyTest | RateTest)['fact'],
  is: Comparison,
  actual: string,
  value: string,
  { t }: Texts,
): string {
  const words = { fact: t(`policy.fact.${fact}`), is: t(`policy.is.${is}`) }
  return t('policy.found.compared', { ...words, actual, value })
}

function foundValues(
  test: ValuesTest,
  actual: NonNullable<Finding['actual']>,
  texts: Texts,
  names: PolicyNames,
): string {
  const { fact, is, values } = test
  const all = Array.isArray(actual) ? (actual as readonly string[]) : [String(actual)]
  if (is === 'one_of') {
    const met = all.filter((one) => values.includes(one))
    return texts.t(`policy.found.one.${fact}`, {
      actual: texts.formats.list(met.map((one) => valueWord(test, one, texts, names))),
    })
  }
  const words = valueWords(test, values, texts, names)
  if (fact === 'articleGroups') return texts.t(`policy.found.none.${fact}`, { values: words })
  return texts.t(`policy.found.none.${fact}`, {
    actual: all.map((one) => valueWord(test, one, texts, names)).join(', '),
    values: words,
  })
}

function unknownWords(test: Test, { t }: Texts): string {
  // An amount is always known: what it could not be compared with is the rule's.
  if (isMoney(test)) {
    const { fact, currency } = test
    return t('policy.found.otherCurrency', { fact: t(`policy.fact.${fact}`), currency })
  }
  const { fact } = test
  switch (fact) {
    case 'margin':
    case 'discount':
    case 'shortLines':
    case 'overOwnLimit':
    case 'firstOrder':
      return t(`policy.unknown.${fact}`)
    default:
      return t('policy.unknown.other', { fact: t(`policy.fact.${fact}`) })
  }
}

function valueWords(
  test: Pick<ValuesTest, 'fact'>,
  values: readonly string[],
  texts: Texts,
  names: PolicyNames,
): string {
  if (values.length === 0) return texts.t('policy.noValues')
  return texts.formats.either(values.map((value) => valueWord(test, value, texts, names)))
}

const kindWord = {
  list: 'policy.kind.list',
  quote_request: 'policy.kind.quote_request',
  proposal: 'policy.kind.proposal',
  quote: 'policy.kind.quote',
} as const
const rightWord = {
  lists: 'policy.right.lists',
  requisition: 'policy.right.requisition',
  order: 'policy.right.order',
} as const

/** One of the values that a fact can have, in words; an id that has none is shown as it is. */
export function valueWord(
  { fact }: Pick<ValuesTest, 'fact'>,
  value: string,
  { t }: Texts,
  names: PolicyNames,
): string {
  switch (fact) {
    case 'kind':
      return value in kindWord ? t(kindWord[value as keyof typeof kindWord]) : value
    case 'orderingRight':
      return value in rightWord ? t(rightWord[value as keyof typeof rightWord]) : value
    case 'customerGroup':
      return names.customerGroup(value) ?? value
    case 'articleGroups':
      return names.articleGroup(value) ?? value
    case 'currency':
      return value
  }
}

/** With as many decimals as it takes to tell it from the rate it is compared with. */
function percentBeside(met: number, limit: number, { formats }: Texts): string {
  let decimals = 1
  while (decimals < 4 && met !== limit && roundedTo(met, 4, decimals) === limit) decimals += 1
  return formats.percent(met, decimals)
}
