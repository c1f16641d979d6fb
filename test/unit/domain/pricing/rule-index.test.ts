import { expect, it } from 'vitest'
import { indexPriceRules } from '../../../../domain/pricing/rule-index'
import type { PriceRule } from '../../../../domain/pricing/rules'
import {
  campaign,
  contract,
  listed,
  question,
  rebate,
  synced,
} from '../../../support/domain/prices'

function ids(rules: readonly PriceRule[]): readonly string[] {
  return rules.map(({ id }) => id).toSorted()
}

it('finds the rules of a company and an article among all, each once', () => {
  const meant: readonly PriceRule[] = [
    contract({ id: 'contract' }),
    listed({ id: 'own list' }),
    listed({ id: 'group’s list', priceListId: 'builders-list' }),
    campaign({ id: 'for all' }),
    campaign({ id: 'for the group', customerGroupId: 'builders' }),
    campaign({ id: 'for the company', companyId: 'berg' }),
    synced({ id: 'synced for all', companyId: null }),
    synced({ id: 'synced' }),
    rebate({ id: 'all on all' }),
    rebate({ id: 'group on group', customerGroupId: 'builders', articleGroupId: 'fasteners' }),
    rebate({ id: 'company on article', companyId: 'berg', articleId: 'bolt' }),
    rebate({ id: 'company on all', companyId: 'berg' }),
    rebate({ id: 'all on article', articleId: 'bolt' }),
  ]
  const others: readonly PriceRule[] = [
    contract({ id: 'x1', companyId: 'alm' }),
    contract({ id: 'x2', articleId: 'nut' }),
    listed({ id: 'x3', priceListId: 'other' }),
    listed({ id: 'x4', articleId: 'nut' }),
    campaign({ id: 'x5', articleId: 'nut' }),
    campaign({ id: 'x6', customerGroupId: 'painters' }),
    synced({ id: 'x7', companyId: 'alm' }),
    rebate({ id: 'x8', articleGroupId: 'paint' }),
    rebate({ id: 'x9', customerGroupId: 'painters' }),
    // An id of one kind is no id of another.
    rebate({ id: 'x10', customerGroupId: 'berg' }),
    rebate({ id: 'x11', articleGroupId: 'bolt' }),
  ]
  const index = indexPriceRules([...others, ...meant])
  expect(ids(index.rulesFor(question()))).toEqual(ids(meant))
  const sameList = question({ company: { groupPriceListId: 'berg-list' } })
  expect(ids(index.rulesFor(sameList)).filter((id) => id === 'own list')).toHaveLength(1)
  const plain = question({
    company: { priceListId: null, groupPriceListId: null },
    article: { groupId: null },
  })
  const unlisted = meant.filter(({ id }) => !id.includes('list') && id !== 'group on group')
  expect(ids(index.rulesFor(plain))).toEqual(ids(unlisted))
})

it('resolves over them', () => {
  const index = indexPriceRules([contract(), rebate()])
  expect(index.resolve(question())).toMatchObject({
    kind: 'priced',
    source: { kind: 'contract' },
    rebate: 100_000,
  })
  expect(index.resolve(question({ company: { id: 'alm' } }))).toMatchObject({
    source: { kind: 'list_price' },
  })
})

it('reads a handful of rules a line however many there are', () => {
  const rules = Array.from({ length: 20_000 }, (_, index) =>
    contract({
      id: `c${index}`,
      companyId: `company ${index % 200}`,
      articleId: `article ${Math.floor(index / 200)}`,
    }),
  )
  const index = indexPriceRules(rules)
  for (let line = 0; line < 1_000; line += 1) {
    const asked = question({
      company: { id: `company ${line % 200}` },
      article: { id: `article ${line % 100}` },
    })
    expect(index.rulesFor(asked)).toHaveLength(1)
  }
})
