import { expect, test } from 'vitest'
import { vatRates } from '../../../../../gateway/connectors/prestashop/vat-rates'
import type { Remark } from '../../../../../gateway/connectors/prestashop/report'
import { byId, record } from './facts'

const taxes = byId(
  record('taxes', { id: 1, rate: '20.000' }),
  record('taxes', { id: 2, rate: '5.500' }),
  record('taxes', { id: 3, rate: '10.000' }),
)

const rule = (id: number, group: number, tax: number, changes: object = {}) =>
  record('tax_rules', {
    id,
    id_tax_rules_group: String(group),
    id_state: '0',
    zipcode_from: '0',
    zipcode_to: '0',
    id_tax: String(tax),
    behavior: '0',
    ...changes,
  })

test.each([
  ['one tax alone', [rule(1, 1, 1)], '20'],
  ['the first ends the rest', [rule(1, 1, 1), rule(2, 1, 2)], '20'],
  ['taxes added', [rule(1, 1, 1, { behavior: '1' }), rule(2, 1, 2, { behavior: '1' })], '25.5'],
  ['tax upon tax', [rule(1, 1, 1, { behavior: '2' }), rule(2, 1, 3, { behavior: '2' })], '32'],
  ['no tax', [rule(1, 1, 0)], '0'],
])('%s', (_, rules, rate) => {
  expect(vatRates(rules, taxes, []).get(1)).toBe(rate)
})

test('a rule for a part of the country is left out and told of', () => {
  const remarks: Remark[] = []
  const rules = [
    rule(1, 1, 2, { id_state: '7' }),
    rule(2, 1, 1),
    rule(3, 1, 3, { zipcode_from: '971', zipcode_to: '976' }),
  ]
  expect(vatRates(rules, taxes, remarks)).toEqual(new Map([[1, '20']]))
  expect(remarks.map(({ id, reason }) => [id, reason])).toEqual([
    ['1', 'tax_rule_by_area'],
    ['3', 'tax_rule_by_area'],
  ])
})
