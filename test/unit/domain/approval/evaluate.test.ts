import { describe, expect, test } from 'vitest'
import { evaluate, findingsOf, keyOf } from '../../../../domain/approval/evaluate'
import type { ApprovalFacts } from '../../../../domain/approval/facts'
import type { ApprovalRule, Condition, Test } from '../../../../domain/approval/policy'
import {
  all,
  any,
  anyOf,
  approvers,
  deciders,
  demand,
  eachOf,
  facts,
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

function steps(rules: readonly ApprovalRule[], of: Partial<ApprovalFacts> = {}) {
  return evaluate({ rules }, facts(of)).map(({ tier, by, because }) => ({
    step: `${tier} ${by.kind}`,
    rules: because.map(({ ruleId }) => ruleId),
  }))
}

describe('steps', () => {
  test('are demanded by every rule that holds, whatever the others say', () => {
    const rules = [
      rule('large', net('over', 500), demand(1, deciders)),
      rule('huge', net('over', 50_000), demand(1, approvers)),
      rule('many lines', lines('at_least', 3), demand(2, approvers)),
      off(rule('off', all(), demand(1, approvers))),
    ]
    expect(steps(rules)).toEqual([
      { step: '1 deciders', rules: ['large'] },
      { step: '2 approvers', rules: ['many lines'] },
    ])
  })

  test('come by tier, and within one in the order of the policy', () => {
    const rules = [
      rule('a', all(), demand(3, approvers), demand(1, approvers)),
      rule('b', all(), demand(1, deciders), demand(2, deciders)),
    ]
    expect(steps(rules).map(({ step }) => step)).toEqual([
      '1 approvers',
      '1 deciders',
      '2 deciders',
      '3 approvers',
    ])
  })

  test('that two rules demand alike are one, with the grounds of both', () => {
    const rules = [
      rule('a', all(), demand(1, eachOf('u1', 'u2'))),
      rule('b', net('over', 500), demand(1, eachOf('u2', 'u1', 'u2'))),
      rule('c', all(), demand(1, anyOf('u1', 'u2')), demand(2, eachOf('u1', 'u2'))),
    ]
    expect(steps(rules)).toEqual([
      { step: '1 users', rules: ['a', 'b'] },
      { step: '1 users', rules: ['c'] },
      { step: '2 users', rules: ['c'] },
    ])
    const [{ because } = { because: [] }] = evaluate({ rules }, facts())
    expect(because[1]).toEqual({
      ruleId: 'b',
      name: 'b',
      findings: [{ test: net('over', 500), actual: 100_000 }],
    })
  })

  test('of bands are those of the bands that hold besides the rule', () => {
    const banded = rule(
      'banded',
      oneOf('customerGroup', 'builders'),
      demand(1, deciders, net('over', 100)),
      demand(2, approvers, net('over', 1_000)),
      demand(2, approvers, lines('over', 99)),
      demand(1, deciders, lines('over', 2)),
    )
    expect(evaluate({ rules: [banded] }, facts())).toEqual([
      {
        tier: 1,
        by: deciders,
        // The band that comes first says enough.
        because: [
          {
            ruleId: 'banded',
            name: 'banded',
            findings: [
              { test: oneOf('customerGroup', 'builders'), actual: 'builders' },
              { test: net('over', 100), actual: 100_000 },
            ],
          },
        ],
      },
    ])
    expect(steps([banded], { net: 100_001 }).map(({ step }) => step)).toEqual([
      '1 deciders',
      '2 approvers',
    ])
    expect(steps([banded], { customerGroup: 'painters' })).toEqual([])
  })
})

describe('a key', () => {
  test('is the same for takers that are the same', () => {
    expect(keyOf(1, eachOf('a', 'b'))).toBe(keyOf(1, eachOf('b', 'a', 'b')))
    // Each of one and any of one.
    expect(keyOf(1, eachOf('a'))).toBe(keyOf(1, anyOf('a', 'a')))
  })

  test('is another one for another tier, kind, user or number of users', () => {
    const keys = [
      keyOf(1, deciders),
      keyOf(2, deciders),
      keyOf(1, approvers),
      keyOf(1, anyOf('a')),
      keyOf(1, anyOf('b')),
      keyOf(1, anyOf('a', 'b')),
      keyOf(1, eachOf('a', 'b')),
    ]
    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe('a test', () => {
  const holds = (condition: Condition, of: Partial<ApprovalFacts> = {}) =>
    findingsOf(condition, facts(of)) !== null

  test.each([
    ['over', [false, false, true]],
    ['at_least', [false, true, true]],
    ['under', [true, false, false]],
    ['at_most', [true, true, false]],
  ] as const)('of a figure that is %s', (is, expected) => {
    expect([99_999, 100_000, 100_001].map((one) => holds(net(is, 1_000), { net: one }))).toEqual(
      expected,
    )
  })

  test('of a rate below 0', () => {
    expect(holds(margin('under', 0), { margin: -1 })).toBe(true)
    expect(holds(margin('under', 0), { margin: 0 })).toBe(false)
  })

  test('of a flag', () => {
    expect([onHold, notOnHold].map((one) => holds(one, { onHold: true }))).toEqual([true, false])
    expect([onHold, notOnHold].map((one) => holds(one, { onHold: false }))).toEqual([false, true])
  })

  test('of a choice', () => {
    expect(holds(oneOf('kind', 'list', 'proposal'))).toBe(true)
    expect(holds(oneOf('kind', 'list', 'quote_request'))).toBe(false)
    expect(holds(noneOf('kind', 'list', 'proposal'))).toBe(false)
    expect(holds(noneOf('kind', 'list'))).toBe(true)
    expect(holds(oneOf('currency', 'EUR'), { currency: 'EUR' })).toBe(true)
  })

  test('of several at once: one of them will do, and none may be', () => {
    expect(holds(oneOf('articleGroups', 'valves', 'pipes'))).toBe(true)
    expect(holds(oneOf('articleGroups', 'pipes'))).toBe(false)
    expect(holds(noneOf('articleGroups', 'valves', 'pipes'))).toBe(false)
    expect(holds(noneOf('articleGroups', 'pipes'))).toBe(true)
    expect(holds(oneOf('articleGroups', 'valves'), { articleGroups: [] })).toBe(false)
    expect(holds(noneOf('articleGroups', 'valves'), { articleGroups: [] })).toBe(true)
  })

  const unknown: readonly [Test, Partial<ApprovalFacts>][] = [
    [margin('under', 10), { margin: null }],
    [margin('over', 10), { margin: null }],
    [{ fact: 'discount', is: 'over', value: 1 }, { discount: null }],
    [{ fact: 'shortLines', is: 'over', value: 0 }, { shortLines: null }],
    [{ fact: 'firstOrder', is: 'so' }, { firstOrder: null }],
    [{ fact: 'firstOrder', is: 'not_so' }, { firstOrder: null }],
    [net('over', 9_999), { currency: 'EUR' }],
    [net('under', 1), { currency: 'EUR' }],
  ]
  test.each(unknown)('%o holds where it is not known, and says so: %o', (unknownTest, of) => {
    expect(findingsOf(unknownTest, facts(of))).toEqual([{ test: unknownTest, actual: null }])
  })

  test('of nothing in another currency knows that it is nothing', () => {
    const beyond = { fact: 'overCredit', is: 'over', value: 0, currency: 'SEK' } as const
    expect(holds(beyond, { currency: 'EUR', overCredit: 0 })).toBe(false)
    expect(holds(beyond, { currency: 'EUR', overCredit: 1 })).toBe(true)
  })
})

describe('a condition', () => {
  const [yes, no] = [lines('at_least', 1), lines('over', 99)]
  const found = (condition: Condition) =>
    findingsOf(condition, facts())?.map((finding) => finding.test) ?? null

  test('of nothing holds where all must, and not where any must', () => {
    expect(found(all())).toEqual([])
    expect(found(any())).toBeNull()
  })

  test('names the tests by which it holds', () => {
    expect(found(all(yes, onHold))).toBeNull()
    expect(found(any(no, onHold))).toBeNull()
    expect(found(all(yes, notOnHold))).toEqual([yes, notOnHold])
    expect(found(any(no, notOnHold, yes))).toEqual([notOnHold, yes])
    // What is within a part that does not hold is no reason, though it holds by itself.
    expect(found(any(all(yes, no), all(notOnHold, any(no, yes))))).toEqual([notOnHold, yes])
    expect(found(all(any(no), yes))).toBeNull()
  })
})
