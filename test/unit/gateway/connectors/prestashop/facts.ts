import {
  prestashopOptionsSchema,
  type PrestaShopOptionsInput,
} from '../../../../../gateway/connectors/prestashop/options'
import type { ShopFacts } from '../../../../../gateway/connectors/prestashop/shop-facts'
import {
  resources,
  type RecordOf,
  type ResourceName,
} from '../../../../../gateway/connectors/prestashop/resources'

export function optionsWith(changes: Partial<PrestaShopOptionsInput> = {}) {
  return prestashopOptionsSchema.parse({
    url: 'https://shop.example',
    key: 'K'.repeat(32),
    ...changes,
  })
}

/** A Swedish shop with two customer groups, the second with a reduction of 10 %. */
export function factsWith(changes: Partial<ShopFacts> = {}): ShopFacts {
  return {
    shopId: 1,
    shopGroupId: 1,
    shopName: 'Butiken',
    currency: 'SEK',
    currencyId: 1,
    countryId: 18,
    timeZone: 'Europe/Stockholm',
    swedish: 1,
    english: 2,
    languages: new Map([
      [1, 'sv'],
      [2, 'en'],
    ]),
    countries: new Map([[18, 'SE']]),
    gramsPerWeight: 1000,
    keepsStock: true,
    takesBackorders: false,
    usesEcotax: false,
    pricePriorities: ['id_shop', 'id_currency', 'id_country', 'id_group'],
    customerGroupId: 3,
    groups: {
      3: { id: 3, reduction: '0', name: { '': 'Kunder' } },
      4: { id: 4, reduction: '10', name: { '': 'Återförsäljare' } },
    },
    categories: {},
    suppliers: {},
    optionValues: {},
    isTaxed: true,
    vatRates: new Map([[1, '25']]),
    ...changes,
  }
}

/** A row as the shop sends it → the record made of it. */
export function record<R extends ResourceName>(resource: R, row: object): RecordOf<R> {
  return resources[resource].schema.parse(row) as RecordOf<R>
}

const productDefaults = {
  id_supplier: '0',
  id_category_default: '0',
  id_tax_rules_group: '1',
  reference: '',
  weight: '0.000000',
  state: '1',
  ecotax: '0.000000',
  minimal_quantity: '1',
  price: '100.000000',
  wholesale_price: '0.000000',
  active: '1',
  name: 'Vara',
}

export const product = (id: number, changes: object = {}) =>
  record('products', { id, ...productDefaults, ...changes })

export const combination = (id: number, productId: number, changes: object = {}) =>
  record('combinations', {
    id,
    id_product: String(productId),
    reference: '',
    wholesale_price: '0.000000',
    price: '0.000000',
    ecotax: '0.000000',
    weight: '0.000000',
    minimal_quantity: '1',
    ...changes,
  })

export const customer = (id: number, changes: object = {}) =>
  record('customers', {
    id,
    id_default_group: '3',
    id_lang: '1',
    deleted: '0',
    lastname: 'Ek',
    firstname: 'Eva',
    email: `eva${id}@example.test`,
    company: '',
    siret: '',
    outstanding_allow_amount: '0.000000',
    max_payment_days: '0',
    active: '1',
    is_guest: '0',
    associations: { groups: [{ id: '3' }] },
    ...changes,
  })

export const address = (id: number, customerId: number, changes: object = {}) =>
  record('addresses', {
    id,
    id_customer: String(customerId),
    id_country: '18',
    company: '',
    lastname: 'Ek',
    firstname: 'Eva',
    vat_number: '',
    address1: 'Storgatan 1',
    address2: '',
    postcode: '111 22',
    city: 'Stockholm',
    phone: '',
    phone_mobile: '',
    deleted: '0',
    ...changes,
  })

export const specificPrice = (id: number, changes: object = {}) =>
  record('specific_prices', {
    id,
    id_shop_group: '0',
    id_shop: '0',
    id_product: '1',
    id_product_attribute: '0',
    id_currency: '0',
    id_country: '0',
    id_group: '0',
    id_customer: '0',
    id_specific_price_rule: '0',
    price: '-1.000000',
    from_quantity: '1',
    reduction: '0.000000',
    reduction_tax: '1',
    reduction_type: 'amount',
    from: '0000-00-00 00:00:00',
    to: '0000-00-00 00:00:00',
    ...changes,
  })

/** Records by their id, as they are kept. */
export function byId<T extends { readonly id: number }>(...records: T[]): Record<string, T> {
  return Object.fromEntries(records.map((one) => [one.id, one]))
}
