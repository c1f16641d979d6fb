import type { Company, CustomerGroup } from '../../../../domain/company'
import type {
  IntakeArticle,
  IntakeDocument,
  IntakeFacts,
  IntakeLine,
} from '../../../../domain/requisition/intake-document'
import type { PriceResolution } from '../../../../domain/pricing/rules'

/** Makers of who sends in what: `rut` at `berg`, who buys valves at 100 kr. */

export function company(overrides: Partial<Company> = {}): Company {
  return {
    id: 'berg',
    name: 'Bergs Bygg',
    vatNumber: null,
    currency: 'SEK',
    language: 'sv',
    customerGroupId: 'builders',
    priceListId: null,
    paymentTerms: null,
    creditLimit: null,
    exposure: 0,
    status: 'active',
    statusReason: null,
    accountOwner: null,
    addresses: [
      {
        id: 'yard',
        name: 'Gården',
        street: 'Vägen 1',
        postalCode: '1',
        city: 'Stad',
        country: 'SE',
      },
    ],
    ...overrides,
  }
}

export function group(
  orderingRight: CustomerGroup['orderingRight'],
  limits: Partial<CustomerGroup['orderLimit']> = {},
): CustomerGroup {
  return {
    id: 'builders',
    name: 'Bygg',
    orderingRight,
    priceListId: null,
    orderLimit: { perOrder: null, perPeriod: null, period: 'month', currency: 'SEK', ...limits },
  }
}

export function article(overrides: Partial<IntakeArticle> = {}): IntakeArticle {
  return {
    id: 'VALVE',
    groupId: null,
    listPrice: null,
    vatRate: 250_000,
    precision: 0,
    packMultiple: 0,
    minimumQuantity: 0,
    status: 'active',
    ...overrides,
  }
}

export function line(overrides: Partial<IntakeLine> = {}): IntakeLine {
  return {
    id: '1',
    article: 'VALVE',
    quantity: 2_000,
    price: null,
    warehouse: null,
    requestedDate: null,
    ...overrides,
  }
}

export function document(overrides: Partial<IntakeDocument> = {}): IntakeDocument {
  return {
    revision: 1,
    contact: 'rut',
    currency: 'SEK',
    lines: [line()],
    deliveryAddress: null,
    requestedDate: null,
    ...overrides,
  }
}

export function facts(overrides: Partial<IntakeFacts> = {}): IntakeFacts {
  return {
    contact: { id: 'rut', name: 'Rut', status: 'active' },
    company: company(),
    group: group('requisition'),
    articles: new Map([['VALVE', article()]]),
    warehouses: new Map([
      ['main', { id: 'main', openToWebshop: true }],
      ['back', { id: 'back', openToWebshop: false }],
    ]),
    ...overrides,
  }
}

/** Net kronor. */
export function priced(
  amount: number,
  overrides: Partial<Extract<PriceResolution, { kind: 'priced' }>> = {},
): PriceResolution {
  return {
    kind: 'priced',
    unitPrice: { amount: Math.round(amount * 1_000_000), basis: 'net', currency: 'SEK' },
    rebate: 0,
    listPrice: null,
    vatRate: 250_000,
    source: { kind: 'list_price' },
    steps: [],
    stale: false,
    ...overrides,
  }
}

export const missing: PriceResolution = {
  kind: 'missing',
  reason: 'no_rule',
  listPrice: null,
  vatRate: 250_000,
}
