import { expect, test } from 'vitest'
import { askedFacts } from '../../../../domain/approval/asked-facts'
import { all, any, deciders, demand, lines, margin, net, off, onHold, rule } from './rules'

test('facts are asked by rules that are on, in their conditions and their bands', () => {
  const rules = [
    rule(
      'a',
      any(net('over', 1), all(onHold, any(margin('under', 5)))),
      demand(1, deciders, { fact: 'firstOrder', is: 'so' }),
      demand(2, deciders, all(net('over', 2))),
    ),
    off(
      rule(
        'b',
        { fact: 'shortLines', is: 'over', value: 0 },
        demand(1, deciders, lines('over', 1)),
      ),
    ),
  ]
  expect([...askedFacts({ rules })].sort()).toEqual(['firstOrder', 'margin', 'net', 'onHold'])
})

test('nothing is asked where there is no rule', () => {
  expect(askedFacts({ rules: [] }).size).toBe(0)
  expect(askedFacts({ rules: [rule('always', all(), demand(1, deciders))] }).size).toBe(0)
})
