import type {
  CampaignPrice,
  ContractPrice,
  PriceListPrice,
  PriceQuestion,
  RebateRule,
  SyncedPrice,
} from '../../../domain/pricing/rules'
import type { UnitPrice } from '../../../domain/units'

/** Makers of price rules for one article, `bolt`, and one company, `berg` of the group `builders`. */

export function kronor(major: number, basis: UnitPrice['basis'] = 'net'): UnitPrice {
  return { amount: Math.round(major * 1_000_000), basis, currency: 'SEK' }
}

export function euros(major: number): UnitPrice {
  return { amount: Math.round(major * 1_000_000), basis: 'net', currency: 'EUR' }
}

export function question(
  overrides: Partial<Omit<PriceQuestion, 'company' | 'article'>> & {
    readonly company?: Partial<PriceQuestion['company']>
    readonly article?: Partial<PriceQuestion['article']>
  } = {},
): PriceQuestion {
  return {
    quantity: 1_000,
    date: '2026-11-23',
    now: '2026-11-23T10:00:00.000Z',
    syncedPriceMaxAgeHours: 24,
    ...overrides,
    company: {
      id: 'berg',
      customerGroupId: 'builders',
      priceListId: 'berg-list',
      groupPriceListId: 'builders-list',
      currency: 'SEK',
      ...overrides.company,
    },
    article: {
      id: 'bolt',
      groupId: 'fasteners',
      listPrice: kronor(100),
      vatRate: 250_000,
      ...overrides.article,
    },
  }
}

const row = { articleId: 'bolt', minimumQuantity: 0, from: null, to: null } as const

export function contract(overrides: Partial<ContractPrice> = {}): ContractPrice {
  return {
    kind: 'contract',
    id: 'contract-1',
    companyId: 'berg',
    net: false,
    price: kronor(80),
    ...row,
    ...overrides,
  }
}

export function listed(overrides: Partial<PriceListPrice> = {}): PriceListPrice {
  return {
    kind: 'price_list',
    id: 'listed-1',
    priceListId: 'berg-list',
    price: kronor(85),
    ...row,
    ...overrides,
  }
}

export function campaign(overrides: Partial<CampaignPrice> = {}): CampaignPrice {
  return {
    kind: 'campaign',
    id: 'campaign-1',
    campaign: 'Autumn',
    companyId: null,
    customerGroupId: null,
    price: kronor(70),
    ...row,
    ...overrides,
  }
}

export function synced(overrides: Partial<SyncedPrice> = {}): SyncedPrice {
  return {
    kind: 'synced',
    id: 'synced-1',
    companyId: 'berg',
    customerGroupId: null,
    source: 'erp',
    observedAt: '2026-11-23T09:00:00.000Z',
    price: kronor(90),
    ...row,
    ...overrides,
  }
}

export function rebate(overrides: Partial<RebateRule> = {}): RebateRule {
  return {
    kind: 'rebate',
    id: 'rebate-1',
    companyId: null,
    customerGroupId: null,
    articleId: null,
    articleGroupId: null,
    minimumQuantity: 0,
    rebate: 100_000,
    from: null,
    to: null,
    ...overrides,
  }
}
