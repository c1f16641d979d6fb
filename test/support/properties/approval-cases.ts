import fc from 'fast-check'
import type { Role } from '../../../domain/access/roles'
import { documentKinds, type ApprovalFacts } from '../../../domain/approval/facts'
import type {
  ApprovalRule,
  Condition,
  StepDemand,
  StepTaker,
  Test,
} from '../../../domain/approval/policy'
import { comparisons } from '../../../domain/approval/policy'
import type { ApprovalStep } from '../../../domain/approval/steps'

// Universes so small that tests meet, exclude each other and miss by one all the time.
const whole = 1_000_000
const amount = fc.constantFrom(0, 1, 2)
const is = fc.constantFrom(...comparisons)
const choice = fc.constantFrom('one_of' as const, 'none_of' as const)

/** A net total, a margin, a flag, a closed choice, an open one and a set: one fact of each kind. */
const knownTest: fc.Arbitrary<Test> = fc.oneof(
  fc.record({
    fact: fc.constant('net' as const),
    is,
    value: amount,
    currency: fc.constant('SEK'),
  }),
  fc.record({
    fact: fc.constant('margin' as const),
    is,
    value: fc.constantFrom(whole - 1, whole),
  }),
  fc.record({ fact: fc.constant('onHold' as const), is: fc.constantFrom('so', 'not_so') }),
  fc.record({ fact: fc.constant('kind' as const), is: choice, values: some(...documentKinds) }),
  fc.record({
    fact: fc.constantFrom('customerGroup' as const, 'articleGroups' as const),
    is: choice,
    values: some('a', 'b'),
  }),
)

/** Also what may not be known, or is in another currency. */
const anyTest: fc.Arbitrary<Test> = fc.oneof(
  { weight: 3, arbitrary: knownTest },
  {
    weight: 1,
    arbitrary: fc.record({
      fact: fc.constantFrom('net' as const, 'overCredit' as const),
      is,
      value: amount,
      currency: fc.constantFrom('SEK', 'EUR'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ fact: fc.constant('shortLines' as const), is, value: amount }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      fact: fc.constant('firstOrder' as const),
      is: fc.constantFrom('so', 'not_so'),
    }),
  },
)

function some(...values: readonly string[]): fc.Arbitrary<string[]> {
  return fc.subarray([...values], { minLength: 1 })
}

/** Up to three levels deep, with now and then an empty part. */
function conditionOf(test: fc.Arbitrary<Test>): fc.Arbitrary<Condition> {
  const joined = (part: fc.Arbitrary<Condition>) => {
    const parts = fc.array(part, { maxLength: 3, size: 'max' })
    return fc.oneof(fc.record({ all: parts }), fc.record({ any: parts }))
  }
  const inner = fc.oneof({ weight: 3, arbitrary: test }, { weight: 1, arbitrary: joined(test) })
  return fc.oneof(
    { weight: 1, arbitrary: test },
    { weight: 3, arbitrary: joined(inner) },
    { weight: 1, arbitrary: joined(joined(test)) },
  )
}

const taker: fc.Arbitrary<StepTaker> = fc.oneof(
  fc.constantFrom<StepTaker>({ kind: 'deciders' }, { kind: 'approvers' }),
  fc.record({
    kind: fc.constant('users' as const),
    userIds: fc.array(fc.constantFrom('u1', 'u2', 'u3'), { minLength: 1, maxLength: 3 }),
    need: fc.constantFrom('any', 'all'),
  }),
)

function demandOf(test: fc.Arbitrary<Test>): fc.Arbitrary<StepDemand> {
  return fc.record({
    tier: fc.integer({ min: 1, max: 3 }),
    by: taker,
    when: fc.oneof(fc.constant<Condition>({ all: [] }), conditionOf(test)),
  })
}

function ruleOf(test: fc.Arbitrary<Test>): fc.Arbitrary<ApprovalRule> {
  return fc.record({
    id: fc.string(),
    name: fc.string(),
    isOn: fc.oneof(
      { weight: 4, arbitrary: fc.constant(true) },
      { weight: 1, arbitrary: fc.constant(false) },
    ),
    when: conditionOf(test),
    demands: fc.array(demandOf(test), { minLength: 1, maxLength: 3, size: 'max' }),
  })
}

export const oneRule: fc.Arbitrary<ApprovalRule> = ruleOf(anyTest)

/** Rules whose ids differ, as they do in any policy. */
export const someRules: fc.Arbitrary<readonly ApprovalRule[]> = fc
  .array(oneRule, { maxLength: 6, size: 'max' })
  .map((rules) => rules.map((rule, index) => ({ ...rule, id: `${rule.id}#${index}` })))

/** A rule about figures that are all known. */
export const knownRule: fc.Arbitrary<ApprovalRule> = ruleOf(knownTest).map((rule) => ({
  ...rule,
  isOn: true,
}))

function orNull<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.option(arbitrary, { nil: null, freq: 3 })
}

const nothing: ApprovalFacts = {
  kind: 'proposal',
  currency: 'SEK',
  net: 0,
  gross: 0,
  margin: 0,
  discount: 0,
  lines: 1,
  shortLines: 0,
  changedPrices: 0,
  overCredit: 0,
  onHold: false,
  overOwnLimit: false,
  firstOrder: false,
  orderingRight: 'order',
  customerGroup: 'a',
  articleGroups: [],
}

export const someFacts: fc.Arbitrary<ApprovalFacts> = fc
  .record({
    kind: fc.constantFrom(...documentKinds),
    currency: fc.constantFrom('SEK', 'EUR'),
    net: fc.integer({ min: 0, max: 3 }),
    margin: orNull(fc.integer({ min: whole - 2, max: whole })),
    shortLines: orNull(fc.integer({ min: 0, max: 3 })),
    overCredit: fc.integer({ min: 0, max: 3 }),
    onHold: fc.boolean(),
    overOwnLimit: orNull(fc.boolean()),
    firstOrder: orNull(fc.boolean()),
    customerGroup: fc.constantFrom('a', 'b', 'c'),
    articleGroups: fc.subarray(['a', 'b', 'c']),
  })
  .map((some) => ({ ...nothing, ...some }))

/** Facts enough for every condition of known figures that can hold at all. */
export const everyKnownFact: readonly ApprovalFacts[] = documentKinds.flatMap((kind) =>
  [0, 1, 2, 3].flatMap((net) =>
    [whole - 2, whole - 1, whole].flatMap((margin) =>
      [true, false].flatMap((onHold) =>
        ['a', 'b', 'c'].flatMap((customerGroup) =>
          [[], ['a'], ['b'], ['a', 'b']].map((articleGroups) => ({
            ...nothing,
            kind,
            net,
            margin,
            onHold,
            customerGroup,
            articleGroups,
          })),
        ),
      ),
    ),
  ),
)

/** Somebody who approves, or would like to. */
export interface Approver {
  readonly userId: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly accounts: ReadonlySet<string>
  readonly standsInFor: ReadonlySet<string>
  readonly withinLimit: boolean
  /** Active, and decides for the company. */
  readonly decides: boolean
}

function approver(
  userId: string,
  role: Role,
  { accounts = ['berg'], withinLimit = false, decides = true } = {},
): Approver {
  const name = userId.toUpperCase()
  const sets = { accounts: new Set(accounts), standsInFor: new Set<string>() }
  return { userId, name, roles: [role], ...sets, withinLimit, decides }
}

/** Those who are named by steps, and two approvers whom no step names. */
export const approvers: readonly Approver[] = [
  approver('rep', 'rep'),
  approver('chief', 'approver'),
  approver('rich-rep', 'rep', { withinLimit: true }),
  approver('rich-chief', 'approver', { withinLimit: true }),
  approver('elsewhere', 'rep', { accounts: ['alm'], withinLimit: true, decides: false }),
  approver('admin', 'admin', { withinLimit: true, decides: false }),
  approver('bystander', 'approver'),
  approver('rich-bystander', 'approver', { withinLimit: true }),
]

const stepTaker: fc.Arbitrary<StepTaker> = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom<StepTaker>({ kind: 'deciders' }, { kind: 'approvers' }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('users' as const),
      userIds: fc.uniqueArray(
        fc.constantFrom('rep', 'chief', 'rich-rep', 'rich-chief', 'elsewhere', 'admin', 'gone'),
        { minLength: 1, maxLength: 3 },
      ),
      need: fc.constantFrom('any', 'all'),
    }),
  },
)

export const someSteps: fc.Arbitrary<readonly ApprovalStep[]> = fc.array(
  fc.record({
    tier: fc.integer({ min: 1, max: 3 }),
    by: stepTaker,
    because: fc.constant([{ ruleId: 'r', name: 'R', findings: [] }]),
    approvals: fc.constant([]),
  }),
  { minLength: 1, maxLength: 4 },
)

/** In what order they try, some of them again and again. */
export const someApprovers: fc.Arbitrary<readonly Approver[]> = fc.array(
  fc.constantFrom(...approvers),
  { maxLength: 10, size: 'max' },
)
