import {
  choiceFacts,
  countFacts,
  flagFacts,
  moneyFacts,
  rateFacts,
  setFacts,
} from '../../../domain/approval/facts'
import type { FactName } from '../../../domain/approval/facts'
import { isTest } from '../../../domain/approval/policy'
import type {
  ApprovalRule,
  Condition,
  StepDemand,
  StepTaker,
  Test,
} from '../../../domain/approval/policy'
import { minorUnitExponent } from '../../../domain/money/currency'
import { parseDecimal, PERCENT_SCALE, printDecimal } from '../../../domain/money/decimal'
import type { Currency } from '../../../domain/units'

/** What kind of value a fact is compared with, and so which field it has. */
export type FactShape = 'money' | 'rate' | 'count' | 'flag' | 'values'

const shapes: Readonly<Record<FactShape, readonly FactName[]>> = {
  money: moneyFacts,
  rate: rateFacts,
  count: countFacts,
  flag: flagFacts,
  values: [...choiceFacts, ...setFacts],
}

/** Every fact a test can be about, in the order in which they are offered. */
export const offeredFacts: readonly FactName[] = Object.values(shapes).flat()

export function shapeOf(fact: FactName): FactShape {
  const [shape] = Object.entries(shapes).find(([, facts]) => facts.includes(fact)) ?? []
  return shape as FactShape
}

/** A test as it stands in its fields. */
export interface TestForm {
  readonly kind: 'test'
  /** Of the row, for as long as it is being written. */
  readonly key: string
  readonly fact: FactName
  readonly is: Test['is']
  /** An amount, a per cent or a count as it was typed. */
  readonly text: string
  /** Of an amount. */
  readonly currency: Currency
  readonly values: readonly string[]
}

export interface GroupForm {
  readonly kind: 'group'
  readonly key: string
  readonly join: Join
  readonly rows: readonly TestForm[]
}

/** What is nested deeper than the form goes: shown in words, and kept as it is. */
interface KeptForm {
  readonly kind: 'kept'
  readonly key: string
  readonly condition: Condition
}

export type Join = 'all' | 'any'
export type RowForm = TestForm | GroupForm | KeptForm

export interface ConditionForm {
  readonly join: Join
  readonly rows: readonly RowForm[]
}

export interface StepForm {
  readonly key: string
  readonly tier: number
  readonly by: StepTaker['kind']
  readonly userIds: readonly string[]
  readonly need: 'any' | 'all'
  /** What must hold besides; without rows it is always wanted. */
  readonly when: ConditionForm
}

/** A rule as it stands in the form. */
export interface RuleForm {
  readonly name: string
  readonly isOn: boolean
  readonly when: ConditionForm
  readonly steps: readonly StepForm[]
}

export type FieldProblem =
  | { readonly code: 'empty' | 'malformed' | 'too_large' | 'negative' | 'no_values' | 'no_rows' }
  | { readonly code: 'too_fine'; readonly decimals: number }
  | { readonly code: 'name_empty' | 'no_steps' | 'no_users' }
  | { readonly code: 'name_too_long'; readonly maximum: number }

/** What has to be put right before it is a rule, by `name`, `steps` or the key of a row or a step. */
export type FormProblems = ReadonlyMap<string, FieldProblem>

/** The most there can be of each; the gateway takes no more. */
export const MOST = { rules: 200, rows: 50, steps: 20, tiers: 9, name: 120 } as const

/** What the fields hold for a rule. */
export function formOf({ name, isOn, when, demands }: ApprovalRule): RuleForm {
  return { name, isOn, when: conditionForm(when), steps: demands.map(stepForm) }
}

function stepForm({ tier, by, when }: StepDemand): StepForm {
  return {
    key: newKey(),
    tier,
    by: by.kind,
    userIds: by.kind === 'users' ? by.userIds : [],
    need: by.kind === 'users' ? by.need : 'any',
    when: conditionForm(when),
  }
}

function conditionForm(condition: Condition): ConditionForm {
  if (isTest(condition)) return { join: 'all', rows: [testForm(condition)] }
  const join = 'all' in condition ? 'all' : 'any'
  return { join, rows: partsOf(condition).map(rowForm) }
}

function rowForm(condition: Condition): RowForm {
  if (isTest(condition)) return testForm(condition)
  const parts = partsOf(condition)
  if (!parts.every(isTest)) return { kind: 'kept', key: newKey(), condition }
  const join = 'all' in condition ? 'all' : 'any'
  return { kind: 'group', key: newKey(), join, rows: parts.filter(isTest).map(testForm) }
}

function testForm(test: Test): TestForm {
  return {
    kind: 'test',
    key: newKey(),
    fact: test.fact,
    is: test.is,
    text: textOf(test),
    currency: 'currency' in test ? test.currency : '',
    values: 'values' in test ? test.values : [],
  }
}

/** As the field of an amount would have it typed; empty where there is nothing to type. */
function textOf(test: Test): string {
  if (!('value' in test)) return ''
  const { fact, value } = test
  if ('currency' in test) {
    const [whole = '', ...fraction] = printDecimal(value, minorUnitExponent(test.currency)).split(
      '.',
    )
    // Groups by spaces are read back in every language; a comma there would be the decimals’.
    return [whole.replace(/\B(?=(\d{3})+$)/g, ' '), ...fraction].join('.')
  }
  return printDecimal(value, shapeOf(fact) === 'rate' ? PERCENT_SCALE : 0)
}

function partsOf(condition: Exclude<Condition, Test>): readonly Condition[] {
  return 'all' in condition ? condition.all : condition.any
}

/** A row about a fact, with nothing written in it yet. */
export function emptyTest(fact: FactName, currency: Currency): TestForm {
  const is = { money: 'over', rate: 'under', count: 'over', flag: 'so', values: 'one_of' } as const
  return {
    kind: 'test',
    key: newKey(),
    fact,
    is: fact === 'discount' ? 'over' : is[shapeOf(fact)],
    text: '',
    currency,
    values: [],
  }
}

/** The same row about another fact: what was typed stays where it means the same. */
export function withFact(row: TestForm, fact: FactName, currency: Currency): TestForm {
  const fresh = { ...emptyTest(fact, currency), key: row.key }
  return shapeOf(row.fact) === shapeOf(fact) && shapeOf(fact) !== 'values'
    ? { ...fresh, is: row.is, text: row.text, currency: row.currency || currency }
    : fresh
}

export function emptyGroup(currency: Currency, join: Join): GroupForm {
  return { kind: 'group', key: newKey(), join, rows: [emptyTest('net', currency)] }
}

export function emptyStep(tier: number): StepForm {
  return {
    key: newKey(),
    tier,
    by: 'approvers',
    userIds: [],
    need: 'any',
    when: { join: 'all', rows: [] },
  }
}

/** What the form says, as a rule; null while something in it has to be put right. */
export function readRule(
  id: string,
  { name, isOn, when, steps }: RuleForm,
): { readonly rule: ApprovalRule | null; readonly problems: FormProblems } {
  const problems = new Map<string, FieldProblem>()
  const called = name.trim()
  if (called === '') problems.set('name', { code: 'name_empty' })
  if (called.length > MOST.name) problems.set('name', { code: 'name_too_long', maximum: MOST.name })
  if (steps.length === 0) problems.set('steps', { code: 'no_steps' })
  const condition = readCondition(when, problems)
  const demands = steps.map((step) => readStep(step, problems))
  if (problems.size > 0) return { rule: null, problems }
  return { rule: { id, name: called, isOn, when: condition, demands }, problems }
}

type Found = Map<string, FieldProblem>

function readStep({ key, tier, by, userIds, need, when }: StepForm, problems: Found): StepDemand {
  if (by === 'users' && userIds.length === 0) problems.set(key, { code: 'no_users' })
  const taker: StepTaker = by === 'users' ? { kind: by, userIds, need } : { kind: by }
  return { tier, by: taker, when: readCondition(when, problems) }
}

/** What could be read of it; what could not is among the problems. */
function readCondition({ join, rows }: ConditionForm, problems: Found): Condition {
  const parts = rows.map((row) => readRow(row, problems))
  // Nothing asked is always so, however the rows that are gone were joined.
  return join === 'any' && parts.length > 0 ? { any: parts } : { all: parts }
}

function readRow(row: RowForm, problems: Found): Condition {
  switch (row.kind) {
    case 'kept':
      return row.condition
    case 'group': {
      if (row.rows.length === 0) problems.set(row.key, { code: 'no_rows' })
      return readCondition(row, problems)
    }
    case 'test':
      return readTest(row, problems)
  }
}

function readTest({ key, fact, is, text, currency, values }: TestForm, problems: Found): Test {
  // A fact's shape says which comparisons and which value it has, and the form keeps to it.
  switch (shapeOf(fact)) {
    case 'flag':
      return { fact, is } as Test
    case 'values':
      if (values.length === 0) problems.set(key, { code: 'no_values' })
      return { fact, is, values } as Test
    case 'money':
      return {
        fact,
        is,
        value: readFigure(key, text, 'money', currency, problems),
        currency,
      } as Test
    case 'rate':
      return { fact, is, value: readFigure(key, text, 'rate', '', problems) } as Test
    case 'count':
      return { fact, is, value: readFigure(key, text, 'count', '', problems) } as Test
  }
}

function readFigure(
  key: string,
  text: string,
  shape: 'money' | 'rate' | 'count',
  currency: Currency,
  problems: Found,
): number {
  const decimals = { money: minorUnitExponent(currency), rate: PERCENT_SCALE, count: 0 }[shape]
  // People write the sign of what they mean, and the field says it too.
  const typed = shape === 'rate' ? text.trim().replace(/\s*%$/, '') : text
  const read = parseDecimal(typed, decimals, 'typed')
  if (read.ok) {
    // A margin may be a loss.
    if (read.value < 0 && shape !== 'rate') problems.set(key, { code: 'negative' })
    return read.value
  }
  switch (read.error.code) {
    case 'decimal_empty':
      problems.set(key, { code: 'empty' })
      break
    case 'decimal_malformed':
      problems.set(key, { code: 'malformed' })
      break
    case 'decimal_too_fine':
      problems.set(key, { code: 'too_fine', decimals })
      break
    case 'decimal_too_large':
      problems.set(key, { code: 'too_large' })
      break
  }
  return 0
}

/** Whether two rules say the same, however their fields were filled in. */
export function sameRule(a: ApprovalRule, b: ApprovalRule): boolean {
  return JSON.stringify(plainRule(a)) === JSON.stringify(plainRule(b))
}

/** A rule as the form would write it, the keys in one order. */
function plainRule({ id, name, isOn, when, demands }: ApprovalRule): unknown {
  return [
    id,
    name.trim(),
    isOn,
    plainCondition(when),
    demands.map(({ tier, by, when: besides }) => [
      tier,
      by.kind,
      by.kind === 'users' ? [by.need, ...by.userIds] : [],
      plainCondition(besides),
    ]),
  ]
}

function plainCondition(condition: Condition): unknown {
  if (isTest(condition)) return { all: [plainTest(condition)] }
  return 'all' in condition
    ? { all: condition.all.map(plainPart) }
    : { any: condition.any.map(plainPart) }
}

function plainPart(condition: Condition): unknown {
  return isTest(condition) ? plainTest(condition) : plainCondition(condition)
}

function plainTest(test: Test): unknown {
  const currency = 'currency' in test ? test.currency : null
  const value = 'value' in test ? test.value : null
  const values = 'values' in test ? test.values : null
  return [test.fact, test.is, currency, value, values]
}

function newKey(): string {
  return crypto.randomUUID()
}
