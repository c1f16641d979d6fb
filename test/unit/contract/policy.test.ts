import { expect, test } from 'vitest'
import { approvalRulesSchema } from '../../../contract/policy'
import type { ApprovalRule } from '../../../domain/approval/policy'

const rule: ApprovalRule = {
  id: 'dear',
  name: 'Dyrt',
  isOn: true,
  when: { all: [{ fact: 'net', is: 'over', value: 1, currency: 'SEK' }] },
  demands: [{ tier: 1, by: { kind: 'approvers' }, when: { all: [] } }],
}
const many = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one)
const bad = { bad: 1 }

test.each([
  [
    'conditions in groups',
    [{ ...rule, when: { all: many(50, { any: many(50, { all: many(36, bad) }) }) } }],
  ],
  ['rules', many(200, { ...rule, when: { all: many(50, { all: many(8, bad) }) } })],
  ['values', [{ ...rule, when: { fact: 'kind', is: 'one_of', values: many(450_000, 1) } }]],
])('900 kB of bad %s are refused without being parsed', (_what, rules) => {
  expect(JSON.stringify(rules).length).toBeGreaterThan(890_000)
  const start = performance.now()
  const { error } = approvalRulesSchema.safeParse(rules)
  expect(performance.now() - start).toBeLessThan(100)
  expect(error?.issues).toMatchObject([
    { path: [], message: expect.stringContaining('3000 parts') },
  ])
})

test('rules by the hundred are taken', () => {
  const rules = Array.from({ length: 200 }, (_, at) => ({ ...rule, id: `rule-${at}` }))
  expect(approvalRulesSchema.safeParse(rules)).toMatchObject({ success: true, data: rules })
})
