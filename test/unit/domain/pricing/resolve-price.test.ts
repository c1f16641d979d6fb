import { describe, expect, it } from 'vitest'
import { resolvePrice } from '../../../../domain/pricing/resolve-price'
import type { PriceQuestion, PriceRule } from '../../../../domain/pricing/rules'
import {
  campaign,
  contract,
  euros,
  kronor,
  listed,
  question,
  rebate,
  synced,
} from '../../../support/domain/prices'

const groupListed = listed({ id: 'listed-2', priceListId: 'builders-list', price: kronor(90) })

function priced(asked: PriceQuestion, ...rules: readonly PriceRule[]) {
  const resolution = resolvePrice(asked, rules)
  if (resolution.kind !== 'priced') throw new Error(`missing: ${resolution.reason}`)
  return resolution
}

/** Where a price came from, what it was in kronor, and what came off it. */
function inShort(asked: PriceQuestion, ...rules: readonly PriceRule[]) {
  const { source, unitPrice, rebate: off } = priced(asked, ...rules)
  return [source.kind, unitPrice.amount / 1_000_000, off]
}

describe('the order of prices', () => {
  it('is contract, company’s list, group’s list, list price', () => {
    const rules = [groupListed, listed(), contract()]
    expect(inShort(question(), ...rules)).toEqual(['contract', 80, 0])
    expect(inShort(question(), groupListed, listed())).toEqual(['company_price_list', 85, 0])
    expect(inShort(question(), groupListed)).toEqual(['group_price_list', 90, 0])
    expect(inShort(question())).toEqual(['list_price', 100, 0])
  })

  it('goes before what is lower', () => {
    const dear = contract({ price: kronor(120) })
    expect(inShort(question(), listed(), dear)).toEqual(['contract', 120, 0])
    const dearList = listed({ price: kronor(99) })
    expect(inShort(question(), groupListed, dearList)).toEqual(['company_price_list', 99, 0])
  })

  it('has the company’s list before its group’s where they are the same list', () => {
    const asked = question({ company: { groupPriceListId: 'berg-list' } })
    expect(priced(asked, listed()).source.kind).toBe('company_price_list')
  })

  it('has a synced price before everything, lower or not', () => {
    const rules = [synced(), contract(), listed(), campaign({ price: kronor(1) }), rebate()]
    expect(inShort(question(), ...rules)).toEqual(['synced', 90, 0])
  })

  it('gives the article’s list price, VAT rate and the rule beside the price', () => {
    expect(priced(question(), contract({ net: true }))).toMatchObject({
      listPrice: kronor(100),
      vatRate: 250_000,
      source: { kind: 'contract', ruleId: 'contract-1', net: true },
      stale: false,
    })
  })
})

describe('within a step', () => {
  it('the largest break reached counts', () => {
    const rules = [
      contract({ id: 'a', minimumQuantity: 0, price: kronor(80) }),
      contract({ id: 'b', minimumQuantity: 10_000, price: kronor(70) }),
      contract({ id: 'c', minimumQuantity: 100_000, price: kronor(60) }),
    ]
    expect(inShort(question({ quantity: 9_999 }), ...rules)[1]).toBe(80)
    expect(inShort(question({ quantity: 10_000 }), ...rules)[1]).toBe(70)
    expect(inShort(question({ quantity: 99_999 }), ...rules)[1]).toBe(70)
    expect(inShort(question({ quantity: 100_000 }), ...rules)[1]).toBe(60)
  })

  it('the later start counts, also where an open one overlaps it', () => {
    const rules = [
      listed({ id: 'a', from: '2026-07-01', price: kronor(82) }),
      listed({ id: 'b', from: '2026-01-01', price: kronor(81) }),
      listed({ id: 'c', price: kronor(83) }),
    ]
    expect(inShort(question(), ...rules)[1]).toBe(82)
    expect(inShort(question({ date: '2026-06-30' }), ...rules)[1]).toBe(81)
    expect(inShort(question({ date: '2025-12-31' }), ...rules)[1]).toBe(83)
  })

  it('the company’s synced price goes before its group’s and everyone’s', () => {
    const everyone = synced({ id: 'a', companyId: null, price: kronor(91) })
    const group = synced({
      id: 'b',
      companyId: null,
      customerGroupId: 'builders',
      price: kronor(92),
    })
    const own = synced({ id: 'c', price: kronor(93) })
    expect(inShort(question(), everyone, group, own)[1]).toBe(93)
    expect(inShort(question(), everyone, group)[1]).toBe(92)
    expect(inShort(question(), everyone)[1]).toBe(91)
  })
})

describe('campaigns', () => {
  it('win where they are lower', () => {
    expect(inShort(question(), contract(), campaign({ price: kronor(79.999999) }))[0]).toBe(
      'campaign',
    )
    expect(inShort(question(), contract(), campaign({ price: kronor(80) }))[0]).toBe('contract')
    expect(inShort(question(), contract(), campaign({ price: kronor(80.000001) }))[0]).toBe(
      'contract',
    )
    expect(inShort(question(), campaign())).toEqual(['campaign', 70, 0])
  })

  it('are held against the price that would count, not against the list price', () => {
    const between = campaign({ price: kronor(85) })
    expect(inShort(question(), contract(), between)).toEqual(['contract', 80, 0])
  })

  it('run on their days only', () => {
    const autumn = campaign({ from: '2026-11-01', to: '2026-11-30' })
    expect(inShort(question({ date: '2026-10-31' }), autumn)[0]).toBe('list_price')
    expect(inShort(question({ date: '2026-11-01' }), autumn)[0]).toBe('campaign')
    expect(inShort(question({ date: '2026-11-30' }), autumn)[0]).toBe('campaign')
    expect(inShort(question({ date: '2026-12-01' }), autumn)[0]).toBe('list_price')
  })

  it('give the lowest of several, whoever it is for', () => {
    const rules = [
      campaign({ id: 'own', companyId: 'berg', price: kronor(75) }),
      campaign({ id: 'all', price: kronor(60) }),
      campaign({ id: 'other', companyId: 'alm', price: kronor(10) }),
    ]
    expect(inShort(question(), ...rules)[1]).toBe(60)
  })

  it('of the same price name the one that is for the company', () => {
    const rules = [campaign({ id: 'all' }), campaign({ id: 'own', companyId: 'berg' })]
    expect(priced(question(), ...rules).source).toMatchObject({ ruleId: 'own' })
  })

  it('are compared on the same basis', () => {
    const asked = question({ article: { listPrice: kronor(80) } })
    const gross = (major: number) => campaign({ price: kronor(major, 'gross') })
    expect(inShort(asked, gross(99.999999))[0]).toBe('campaign')
    expect(inShort(asked, gross(100))[0]).toBe('list_price')
    // The basis it was quoted on stays with it.
    expect(priced(asked, gross(99)).unitPrice).toEqual(kronor(99, 'gross'))
    // 99 gross is 79.20 net.
    const net = campaign({ id: 'net', price: kronor(79.3) })
    expect(priced(asked, net, gross(99)).unitPrice.basis).toBe('gross')
  })

  it('are a price where there is no other', () => {
    const asked = question({ article: { listPrice: null } })
    expect(inShort(asked, campaign())).toEqual(['campaign', 70, 0])
  })

  it('win over a contract price marked net, and then take the rebate', () => {
    const rules = [contract({ net: true }), campaign(), rebate()]
    expect(inShort(question(), ...rules)).toEqual(['campaign', 70, 100_000])
    // Before rebates 85 is not lower than 80, though 76.50 after them would be.
    const near = campaign({ price: kronor(85) })
    expect(inShort(question(), contract({ net: true }), near, rebate())).toEqual([
      'contract',
      80,
      0,
    ])
  })
})

describe('rebates', () => {
  it('come off every price but a net contract and a synced one', () => {
    expect(inShort(question(), rebate())).toEqual(['list_price', 100, 100_000])
    expect(inShort(question(), rebate(), listed())).toEqual(['company_price_list', 85, 100_000])
    expect(inShort(question(), rebate(), groupListed)).toEqual(['group_price_list', 90, 100_000])
    expect(inShort(question(), rebate(), contract())).toEqual(['contract', 80, 100_000])
    expect(inShort(question(), rebate(), contract({ net: true }))).toEqual(['contract', 80, 0])
    expect(inShort(question(), rebate(), synced())).toEqual(['synced', 90, 0])
    expect(inShort(question(), rebate(), campaign())).toEqual(['campaign', 70, 100_000])
  })

  it('are the most specific, not the largest, and never added up', () => {
    const rules = [
      rebate({ id: 'a', rebate: 300_000 }),
      rebate({ id: 'b', customerGroupId: 'builders', articleId: 'bolt', rebate: 200_000 }),
      rebate({ id: 'c', companyId: 'berg', rebate: 50_000 }),
    ]
    expect(priced(question(), ...rules).rebate).toBe(50_000)
  })

  it('of 0 for the company keep a larger one for everyone away', () => {
    const none = rebate({ id: 'none', companyId: 'berg', rebate: 0 })
    expect(priced(question(), none, rebate()).rebate).toBe(0)
    expect(priced(question(), none, rebate()).steps.at(-1)).toEqual({
      kind: 'rebate',
      ruleId: 'none',
      rebate: 0,
    })
  })
})

describe('currencies', () => {
  it('other than the company’s never count', () => {
    const rules = [contract({ price: euros(1) }), listed()]
    expect(inShort(question(), ...rules)).toEqual(['company_price_list', 85, 0])
    const foreign = [synced({ price: euros(1) }), campaign({ price: euros(1) })]
    expect(inShort(question(), ...foreign)).toEqual(['list_price', 100, 0])
  })

  it('do not hide a smaller break in the company’s own', () => {
    const rules = [
      contract({ id: 'a', price: euros(1), minimumQuantity: 1_000 }),
      contract({ id: 'b' }),
    ]
    expect(inShort(question(), ...rules)).toEqual(['contract', 80, 0])
  })

  it.each<[string, PriceRule[], PriceQuestion]>([
    ['contract', [contract({ price: euros(1) })], question({ article: { listPrice: null } })],
    ['list', [listed({ price: euros(1) })], question({ article: { listPrice: null } })],
    ['campaign', [campaign({ price: euros(1) })], question({ article: { listPrice: null } })],
    ['synced price', [synced({ price: euros(1) })], question({ article: { listPrice: null } })],
    ['list price', [], question({ article: { listPrice: euros(1) } })],
  ])('say so when only a %s has another', (_, rules, asked) => {
    expect(resolvePrice(asked, rules)).toEqual({
      kind: 'missing',
      reason: 'other_currency_only',
      listPrice: asked.article.listPrice,
      vatRate: 250_000,
    })
  })

  it('are not what is missing where nothing applies', () => {
    const asked = question({ article: { listPrice: null } })
    const rules = [
      rebate(),
      contract({ price: euros(1), to: '2026-01-01' }),
      listed({ minimumQuantity: 9_000 }),
    ]
    expect(resolvePrice(asked, rules)).toEqual({
      kind: 'missing',
      reason: 'no_rule',
      listPrice: null,
      vatRate: 250_000,
    })
  })
})

describe('staleness', () => {
  it.each([
    ['2026-11-22T10:00:00.000Z', 24, false],
    ['2026-11-22T09:59:59.999Z', 24, true],
    ['2026-11-22T10:00:00Z', 24, false],
    ['2026-11-24T10:00:00Z', 24, false],
    ['2020-01-01T00:00:00Z', null, false],
    ['2026-11-23T09:59:59Z', 0, true],
    ['not a time', 24, true],
  ])('observed %s with %s hours allowed: %s', (observedAt, syncedPriceMaxAgeHours, stale) => {
    const asked = question({ syncedPriceMaxAgeHours })
    // Stale or not it is the price: nothing else is guessed in its place.
    expect(priced(asked, synced({ observedAt }), contract())).toMatchObject({
      stale,
      source: { kind: 'synced', observedAt },
    })
  })

  it('is of synced prices only', () => {
    expect(priced(question({ syncedPriceMaxAgeHours: 0 }), contract()).stale).toBe(false)
  })
})

describe('the explanation', () => {
  const contractSource = { kind: 'contract', ruleId: 'contract-1', net: false }
  const campaignSource = { kind: 'campaign', ruleId: 'campaign-1', campaign: 'Autumn' }

  it('has the price used, then its rebate', () => {
    expect(priced(question(), contract(), listed(), rebate()).steps).toEqual([
      { kind: 'used', rule: contractSource, price: kronor(80) },
      { kind: 'rebate', ruleId: 'rebate-1', rebate: 100_000 },
    ])
  })

  it('has the price that a campaign beat, before it', () => {
    expect(priced(question(), contract(), campaign()).steps).toEqual([
      { kind: 'passed_over', rule: contractSource, price: kronor(80) },
      { kind: 'used', rule: campaignSource, price: kronor(70) },
    ])
  })

  it('has the campaign that was no lower, after it', () => {
    const dear = campaign({ price: kronor(95) })
    expect(priced(question(), contract(), dear).steps).toEqual([
      { kind: 'used', rule: contractSource, price: kronor(80) },
      { kind: 'passed_over', rule: campaignSource, price: kronor(95) },
    ])
  })

  it('says that no rebate comes off a net price', () => {
    expect(priced(question(), contract({ net: true }), rebate()).steps).toEqual([
      { kind: 'used', rule: { ...contractSource, net: true }, price: kronor(80) },
      { kind: 'no_rebate_on_net_price' },
    ])
  })

  it('names the master of a synced price, and stops there', () => {
    expect(priced(question(), synced(), contract(), campaign(), rebate()).steps).toEqual([
      {
        kind: 'used',
        rule: {
          kind: 'synced',
          ruleId: 'synced-1',
          source: 'erp',
          observedAt: '2026-11-23T09:00:00.000Z',
        },
        price: kronor(90),
      },
    ])
  })

  it('has the prices in other currencies where they would have stood', () => {
    const rules = [
      synced({ price: euros(4) }),
      contract({ price: euros(3) }),
      groupListed,
      campaign({ price: euros(2) }),
    ]
    expect(priced(question(), ...rules).steps).toMatchObject([
      { kind: 'passed_over', rule: { kind: 'synced' }, price: euros(4) },
      { kind: 'passed_over', rule: { kind: 'contract' }, price: euros(3) },
      { kind: 'used', rule: { kind: 'group_price_list', priceListId: 'builders-list' } },
      { kind: 'passed_over', rule: { kind: 'campaign' }, price: euros(2) },
    ])
    const breaks = [
      contract({ id: 'a', price: euros(5) }),
      contract({ id: 'b', price: euros(4), minimumQuantity: 1_000 }),
      contract({ id: 'c', price: euros(3) }),
    ]
    expect(priced(question(), ...breaks).steps[0]).toMatchObject({ rule: { ruleId: 'b' } })
    const asked = question({ article: { listPrice: euros(9) } })
    expect(priced(asked, campaign()).steps).toEqual([
      { kind: 'passed_over', rule: { kind: 'list_price' }, price: euros(9) },
      { kind: 'used', rule: campaignSource, price: kronor(70) },
    ])
  })
})
