import { describe, expect, test } from 'vitest'
import { policyProblems, type PolicyPerson } from '../../../../domain/approval/check-policy'
import type { ApprovalRule, Condition } from '../../../../domain/approval/policy'
import {
  all,
  any,
  anyOf,
  approvers,
  deciders,
  demand,
  eachOf,
  lines,
  margin,
  net,
  noneOf,
  notOnHold,
  off,
  oneOf,
  onHold,
  rule,
} from './rules'

const people = new Map<string, PolicyPerson>([
  ['rep', { roles: ['rep'], status: 'active' }],
  ['approver', { roles: ['agent', 'approver'], status: 'active' }],
  ['admin', { roles: ['admin', 'agent'], status: 'active' }],
  ['gone', { roles: ['approver'], status: 'disabled' }],
])

function problems(...rules: readonly ApprovalRule[]) {
  return policyProblems({ rules }, people)
}

function neverHolds(...parts: readonly Condition[]): boolean {
  return problems(rule('r', all(...parts), demand(1, deciders))).length > 0
}

test('sound rules have no problems', () => {
  expect(
    problems(
      rule('a', net('over', 500), demand(1, deciders), demand(2, approvers, net('over', 5_000))),
      rule('b', all(), demand(1, eachOf('rep', 'approver'))),
    ),
  ).toEqual([])
  expect(problems()).toEqual([])
})

test('a rule that is off may be anything', () => {
  const bad = rule('bad', any(), demand(1, anyOf('nobody')))
  expect(problems(off(bad))).toEqual([])
  expect(problems(bad)).toHaveLength(2)
})

test('problems come in the order of the policy', () => {
  const rules = [
    rule('a', onHold, demand(1, anyOf('gone'), notOnHold), demand(1, anyOf('admin'))),
    rule('b', any(), demand(1, deciders)),
    rule('c', any(), demand(1, deciders)),
  ]
  expect(problems(...rules)).toEqual([
    { kind: 'never_holds', ruleId: 'a', demand: 0 },
    { kind: 'user_cannot_decide', ruleId: 'a', demand: 0, userId: 'gone', because: 'disabled' },
    { kind: 'user_cannot_decide', ruleId: 'a', demand: 1, userId: 'admin', because: 'role' },
    { kind: 'never_holds', ruleId: 'b', demand: null },
    { kind: 'never_holds', ruleId: 'c', demand: null },
    { kind: 'same_as', ruleId: 'c', otherRuleId: 'b' },
  ])
})

describe('a condition never holds', () => {
  test.each<[string, boolean, readonly Condition[]]>([
    ['over 10 and under 5', true, [lines('over', 10), lines('under', 5)]],
    ['over 3 and under 4, as figures are whole', true, [lines('over', 3), lines('under', 4)]],
    ['over 3 and under 5', false, [lines('over', 3), lines('under', 5)]],
    ['at least 4 and at most 3', true, [lines('at_least', 4), lines('at_most', 3)]],
    ['at least 4 and at most 4', false, [lines('at_least', 4), lines('at_most', 4)]],
    [
      'at least 5, over 1 and at most 4',
      true,
      [lines('at_least', 5), lines('over', 1), lines('at_most', 4)],
    ],
    ['under nothing, for a count', true, [lines('under', 0)]],
    ['at most nothing, for a count', false, [lines('at_most', 0)]],
    ['under nothing, for an amount', true, [net('under', 0)]],
    ['under nothing, for a margin', false, [margin('under', 0)]],
    ['over the whole, for a margin', true, [margin('over', 100)]],
    ['the whole, for a margin', false, [margin('at_least', 100)]],
    ['over the whole, for a discount', true, [{ fact: 'discount', is: 'over', value: 1_000_000 }]],
    [
      'over what a number holds',
      true,
      [{ fact: 'net', is: 'over', value: Number.MAX_SAFE_INTEGER, currency: 'SEK' }],
    ],
  ])('by its figures: %s: %s', (_, expected, parts) => {
    expect(neverHolds(...parts)).toBe(expected)
  })

  test('of amounts by currency and fact, each by itself', () => {
    expect(neverHolds(net('over', 10), net('under', 5))).toBe(true)
    expect(neverHolds(net('over', 10), net('under', 5, 'EUR'))).toBe(false)
    expect(neverHolds(net('over', 10), net('under', 5, 'EUR'), net('over', 7, 'EUR'))).toBe(true)
    const gross = { fact: 'gross', is: 'under', value: 500, currency: 'SEK' } as const
    expect(neverHolds(net('over', 10), gross)).toBe(false)
  })

  test('of a flag both ways', () => {
    expect(neverHolds(onHold, notOnHold)).toBe(true)
    expect(neverHolds(onHold, { fact: 'firstOrder', is: 'not_so' })).toBe(false)
    expect(neverHolds(onHold, onHold)).toBe(false)
  })

  test.each<[string, boolean, readonly Condition[]]>([
    [
      'lists that meet',
      false,
      [oneOf('customerGroup', 'a', 'b'), oneOf('customerGroup', 'b', 'c')],
    ],
    ['lists that do not meet', true, [oneOf('customerGroup', 'a'), oneOf('customerGroup', 'b')]],
    [
      'lists that meet two by two, and not all three',
      true,
      [
        oneOf('customerGroup', 'a', 'b'),
        oneOf('customerGroup', 'b', 'c'),
        oneOf('customerGroup', 'c', 'a'),
      ],
    ],
    [
      'all of a list excluded',
      true,
      [oneOf('currency', 'SEK', 'EUR'), noneOf('currency', 'EUR'), noneOf('currency', 'SEK')],
    ],
    [
      'some of a list excluded',
      false,
      [oneOf('currency', 'SEK', 'EUR'), noneOf('currency', 'EUR')],
    ],
    ['none of some, where there are others', false, [noneOf('customerGroup', 'a', 'b')]],
    [
      'none of all kinds',
      true,
      [noneOf('kind', 'list', 'proposal', 'quote'), noneOf('kind', 'quote_request')],
    ],
    ['none of some kinds', false, [noneOf('kind', 'list', 'proposal')]],
    ['a kind that there is not', true, [oneOf('kind', 'order')]],
    ['none of all rights', true, [noneOf('orderingRight', 'lists', 'requisition', 'order')]],
    ['a right that there is not', true, [oneOf('orderingRight', 'admin')]],
  ])('of choices: %s: %s', (_, expected, parts) => {
    expect(neverHolds(...parts)).toBe(expected)
  })

  test('of several at once only where all of a list is excluded', () => {
    const fact = 'articleGroups'
    expect(neverHolds(oneOf(fact, 'a'), oneOf(fact, 'b'))).toBe(false)
    expect(neverHolds(oneOf(fact, 'a'), noneOf(fact, 'a', 'b'))).toBe(true)
    expect(neverHolds(oneOf(fact, 'a', 'c'), noneOf(fact, 'a', 'b'))).toBe(false)
    expect(neverHolds(oneOf(fact, 'a', 'b'), oneOf(fact, 'a'), noneOf(fact, 'a'))).toBe(true)
    expect(neverHolds(noneOf(fact, 'a'))).toBe(false)
  })

  test('when every way of choosing is excluded, however deep', () => {
    const under = any(lines('under', 3), margin('under', 10))
    expect(neverHolds(any())).toBe(true)
    expect(neverHolds(any(any(), all(any())))).toBe(true)
    expect(neverHolds(all())).toBe(false)
    expect(neverHolds(under, lines('over', 5))).toBe(false)
    expect(neverHolds(under, lines('over', 5), margin('at_least', 10))).toBe(true)
    expect(
      neverHolds(any(onHold, lines('over', 5)), all(under, any(notOnHold, all(notOnHold)))),
    ).toBe(false)
    expect(
      neverHolds(
        any(all(onHold, lines('over', 5)), all(notOnHold, lines('under', 2))),
        any(all(onHold, lines('under', 2)), all(notOnHold, lines('over', 5))),
      ),
    ).toBe(true)
  })

  test('where it takes too long to tell, there is no problem', () => {
    const many = Array.from({ length: 14 }, (_, at) =>
      any(net('over', at, 'SEK'), net('over', at, 'EUR')),
    )
    const excluded = all(lines('over', 1), lines('under', 1))
    const never = any(excluded, all(onHold, notOnHold))
    expect(neverHolds(...many, never)).toBe(false)
    expect(neverHolds(...many.slice(0, 6), never)).toBe(true)
    // What must hold in any case comes before anything that can be chosen.
    expect(neverHolds(...many, excluded)).toBe(true)
    expect(neverHolds(...many, any(any(excluded)))).toBe(true)
  })

  test('of a demand together with its rule', () => {
    const banded = rule(
      'r',
      any(net('over', 100), onHold),
      demand(1, deciders, net('over', 200)),
      demand(1, approvers, net('under', 50)),
      demand(2, deciders, all(net('under', 50), notOnHold)),
    )
    expect(problems(banded)).toEqual([{ kind: 'never_holds', ruleId: 'r', demand: 2 }])
  })

  test('is said of the rule once, and not of each demand again', () => {
    expect(problems(rule('r', any(), demand(1, deciders), demand(2, deciders)))).toEqual([
      { kind: 'never_holds', ruleId: 'r', demand: null },
    ])
  })
})

describe('a rule is the same as an earlier one', () => {
  const first = rule(
    'first',
    all(net('over', 3), any(onHold, oneOf('kind', 'list', 'proposal'))),
    demand(1, eachOf('rep', 'approver'), lines('over', 3)),
    demand(2, approvers),
  )
  const isSame = (second: ApprovalRule) => {
    const [problem, ...others] = problems(first, second)
    expect(others).toEqual([])
    if (problem)
      expect(problem).toEqual({ kind: 'same_as', ruleId: second.id, otherRuleId: 'first' })
    return problem !== undefined
  }

  test('whatever the order of its parts, values, demands and users, and its name', () => {
    expect(
      isSame(
        rule(
          'second',
          all(any(oneOf('kind', 'proposal', 'list', 'list'), onHold), net('over', 3)),
          demand(2, approvers),
          demand(1, eachOf('approver', 'rep'), lines('at_least', 4)),
        ),
      ),
    ).toBe(true)
  })

  test('with brackets that change nothing, and what is said twice', () => {
    const { when, demands } = first
    expect(isSame(rule('second', all(any(all(when)), when), ...demands, ...demands))).toBe(true)
    expect(
      isSame(
        rule(
          'second',
          all(all(net('over', 3)), any(any(onHold), any(oneOf('kind', 'list', 'proposal')))),
          ...demands,
        ),
      ),
    ).toBe(true)
  })

  test('and not when anything it says is another', () => {
    const { when, demands } = first
    const [band, plain] = demands
    const others = [
      rule('when', all(when, lines('over', 1)), ...demands),
      rule('join', any(net('over', 3), onHold, oneOf('kind', 'list', 'proposal')), ...demands),
      rule(
        'currency',
        all(net('over', 3, 'EUR'), any(onHold, oneOf('kind', 'list', 'proposal'))),
        ...demands,
      ),
      rule(
        'value',
        all(net('over', 4), any(onHold, oneOf('kind', 'list', 'proposal'))),
        ...demands,
      ),
      rule('values', all(net('over', 3), any(onHold, oneOf('kind', 'list'))), ...demands),
      rule(
        'sense',
        all(net('over', 3), any(onHold, noneOf('kind', 'list', 'proposal'))),
        ...demands,
      ),
      rule('fewer', when, ...demands.slice(0, 1)),
      rule('tier', when, band!, { ...plain!, tier: 3 }),
      rule('band', when, { ...band!, when: lines('over', 4) }, plain!),
      rule('need', when, { ...band!, by: anyOf('rep', 'approver') }, plain!),
      rule('taker', when, band!, { ...plain!, by: deciders }),
    ]
    expect(others.filter(isSame).map(({ id }) => id)).toEqual([])
  })

  test('the first of those that are on', () => {
    const same = (id: string) => ({ ...first, id })
    expect(problems(off(first), same('second'), same('third'), same('fourth'))).toEqual([
      { kind: 'same_as', ruleId: 'third', otherRuleId: 'second' },
      { kind: 'same_as', ruleId: 'fourth', otherRuleId: 'second' },
    ])
  })
})

describe('a step cannot be taken', () => {
  test('by a user who is unknown, disabled, or has no role that decides; each is named once', () => {
    const asked = rule(
      'r',
      all(),
      demand(1, deciders),
      demand(1, anyOf('gone', 'rep', 'x', 'admin', 'x')),
    )
    const problem = { kind: 'user_cannot_decide', ruleId: 'r', demand: 1 }
    expect(problems(asked)).toEqual([
      { ...problem, userId: 'gone', because: 'disabled' },
      { ...problem, userId: 'x', because: 'unknown' },
      { ...problem, userId: 'admin', because: 'role' },
    ])
  })

  test('by approvers, or by whoever decides, where there are none', () => {
    const asked = rule('r', all(), demand(1, deciders), demand(2, approvers))
    const unable = (...ids: readonly string[]) =>
      policyProblems({ rules: [asked] }, new Map([...people].filter(([id]) => ids.includes(id))))
    expect(unable('approver')).toEqual([])
    expect(unable('rep', 'gone', 'admin')).toEqual([
      { kind: 'nobody_can_take', ruleId: 'r', demand: 1 },
    ])
    expect(unable('gone', 'admin')).toEqual([
      { kind: 'nobody_can_take', ruleId: 'r', demand: 0 },
      { kind: 'nobody_can_take', ruleId: 'r', demand: 1 },
    ])
  })
})
