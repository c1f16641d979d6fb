import { describe, expect, it } from 'vitest'
import { appliesTo, comparePrecedence, isValidOn } from '../../../../domain/pricing/precedence'
import type { PriceQuestion, PriceRule, RebateRule } from '../../../../domain/pricing/rules'
import {
  campaign,
  contract,
  listed,
  question,
  rebate,
  synced,
} from '../../../support/domain/prices'

describe('isValidOn', () => {
  it.each([
    [null, null, true],
    ['2026-12-31', null, true],
    [null, '2026-12-31', true],
    ['2026-12-31', '2026-12-31', true],
    ['2027-01-01', null, false],
    [null, '2026-12-30', false],
    ['2026-01-01', '2027-12-31', true],
  ])('from %s to %s on New Year’s Eve: %s', (from, to, valid) => {
    expect(isValidOn('2026-12-31', { from, to })).toBe(valid)
  })
})

describe('appliesTo', () => {
  const cases: [string, PriceRule, PriceQuestion, boolean][] = [
    ['the company’s contract', contract(), question(), true],
    ['another company’s contract', contract({ companyId: 'alm' }), question(), false],
    ['a contract on another article', contract({ articleId: 'nut' }), question(), false],
    ['a break just reached', contract({ minimumQuantity: 1_000 }), question(), true],
    ['a break just missed', contract({ minimumQuantity: 1_001 }), question(), false],
    ['a contract run out', contract({ to: '2026-11-22' }), question(), false],
    ['a contract to come', contract({ from: '2026-11-24' }), question(), false],
    ['the company’s list', listed(), question(), true],
    ['its group’s list', listed({ priceListId: 'builders-list' }), question(), true],
    ['another list', listed({ priceListId: 'other' }), question(), false],
    ['a listed price of another article', listed({ articleId: 'nut' }), question(), false],
    ['a campaign for all', campaign(), question(), true],
    ['a campaign on another article', campaign({ articleId: 'nut' }), question(), false],
    ['a campaign for the group', campaign({ customerGroupId: 'builders' }), question(), true],
    ['a campaign for another group', campaign({ customerGroupId: 'painters' }), question(), false],
    ['a campaign for the company', campaign({ companyId: 'berg' }), question(), true],
    [
      'a campaign for the company, while in another group',
      campaign({ companyId: 'berg', customerGroupId: 'painters' }),
      question(),
      false,
    ],
    ['a synced price for all', synced({ companyId: null }), question(), true],
    ['a synced price of another company', synced({ companyId: 'alm' }), question(), false],
    [
      'a synced price of another group',
      synced({ companyId: null, customerGroupId: 'painters' }),
      question(),
      false,
    ],
    ['a rebate for all on all', rebate(), question(), true],
    ['a rebate on the article', rebate({ articleId: 'bolt' }), question(), true],
    ['a rebate on another article', rebate({ articleId: 'nut' }), question(), false],
    ['a rebate on the article’s group', rebate({ articleGroupId: 'fasteners' }), question(), true],
    ['a rebate on another group', rebate({ articleGroupId: 'paint' }), question(), false],
    [
      'a rebate on a group, of an article without one',
      rebate({ articleGroupId: 'fasteners' }),
      question({ article: { groupId: null } }),
      false,
    ],
    ['a rebate for another company', rebate({ companyId: 'alm' }), question(), false],
    ['a rebate for another group', rebate({ customerGroupId: 'painters' }), question(), false],
    ['a rebate from a larger break', rebate({ minimumQuantity: 2_000 }), question(), false],
    ['a rebate run out', rebate({ to: '2026-11-22' }), question(), false],
  ]

  it.each(cases)('%s', (_, rule, asked, applies) => {
    expect(appliesTo(rule, asked)).toBe(applies)
  })

  it('looks at no list for a company without one', () => {
    const asked = question({ company: { priceListId: null, groupPriceListId: null } })
    expect(appliesTo(listed(), asked)).toBe(false)
  })
})

describe('comparePrecedence', () => {
  // Each goes before all that follow: one claim larger, every later one smaller.
  const least = { minimumQuantity: 0, from: null, id: 'z' }
  const ladder: readonly RebateRule[] = [
    rebate({ ...least, companyId: 'berg', articleId: 'bolt' }),
    rebate({ ...least, companyId: 'berg', articleGroupId: 'fasteners', minimumQuantity: 9_000 }),
    rebate({ ...least, companyId: 'berg', minimumQuantity: 10_000 }),
    rebate({ ...least, customerGroupId: 'builders', articleId: 'bolt', minimumQuantity: 9_000 }),
    rebate({ ...least, customerGroupId: 'builders', articleGroupId: 'fasteners', id: 'a' }),
    rebate({ ...least, customerGroupId: 'builders', from: '2026-02-01' }),
    rebate({ ...least, articleId: 'bolt', minimumQuantity: 9_000 }),
    rebate({ ...least, articleGroupId: 'fasteners', minimumQuantity: 9_000 }),
    rebate({ ...least, minimumQuantity: 5_000 }),
    rebate({ ...least, minimumQuantity: 1_000, from: '2026-02-01', id: 'b' }),
    rebate({ ...least, minimumQuantity: 1_000, from: '2026-01-01', id: 'a' }),
    rebate({ ...least, minimumQuantity: 1_000, id: '0' }),
    rebate({ ...least, id: '1' }),
    rebate({ ...least, id: 'B' }),
    rebate({ ...least, id: 'a' }),
  ]

  it('goes by whom, what, break, date and id, in that order', () => {
    for (const [index, first] of ladder.entries()) {
      for (const later of ladder.slice(index + 1)) {
        expect(comparePrecedence(first, later)).toBeLessThan(0)
        expect(comparePrecedence(later, first)).toBeGreaterThan(0)
      }
      expect(comparePrecedence(first, first)).toBe(0)
    }
  })

  it('counts a rule that names company and group, or article and group, by the narrower', () => {
    const both = rebate({
      companyId: 'berg',
      customerGroupId: 'builders',
      articleId: 'bolt',
      articleGroupId: 'fasteners',
      id: 'b',
    })
    expect(comparePrecedence(rebate({ companyId: 'berg', articleId: 'bolt', id: 'a' }), both)).toBe(
      -1,
    )
    expect(comparePrecedence(rebate({ companyId: 'berg', articleId: 'bolt', id: 'c' }), both)).toBe(
      1,
    )
  })
})
