import type { PrestaShopClient } from './client'
import { isTimeZone } from './clock'
import { failure, type Answer } from './failure'
import { readWhole } from './lists'
import type { PrestaShopOptions } from './options'
import type { Remark } from './report'
import { resources, type RecordOf } from './resources'
import { vatRates } from './vat-rates'

type Table<R extends Parameters<typeof readWhole>[1]> = Readonly<Record<string, RecordOf<R>>>

/** What holds for the whole shop, and the short lists that rows refer to. Read anew in every pass. */
export interface ShopFacts {
  readonly shopId: number
  readonly shopGroupId: number
  readonly shopName: string
  /** ISO 4217 code of the currency all prices without one are in. */
  readonly currency: string
  readonly currencyId: number
  readonly countryId: number
  readonly timeZone: string | null
  /** Language ids: whose texts become the Swedish ones, and the English ones where there are any. */
  readonly swedish: number
  readonly english: number | null
  /** Language id → ISO 639 code. */
  readonly languages: ReadonlyMap<number, string>
  /** Country id → ISO 3166 code. */
  readonly countries: ReadonlyMap<number, string>
  /** Grams in the shop's unit of weight; null when the unit is not known. */
  readonly gramsPerWeight: number | null
  readonly keepsStock: boolean
  /** What `out_of_stock` 2, “as the shop does”, means. */
  readonly takesBackorders: boolean
  readonly usesEcotax: boolean
  /** Specific prices' order of precedence after the customer. */
  readonly pricePriorities: readonly string[]
  /** The group of customers that have none of their own. */
  readonly customerGroupId: number | null
  readonly groups: Table<'groups'>
  readonly categories: Table<'categories'>
  readonly suppliers: Table<'suppliers'>
  readonly optionValues: Table<'product_option_values'>
  readonly isTaxed: boolean
  /** Tax rules group → per cent as a decimal, for the seller's country. */
  readonly vatRates: ReadonlyMap<number, string>
}

const settings = [
  'PS_COUNTRY_DEFAULT',
  'PS_CURRENCY_DEFAULT',
  'PS_CUSTOMER_GROUP',
  'PS_LANG_DEFAULT',
  'PS_ORDER_OUT_OF_STOCK',
  'PS_SPECIFIC_PRICE_PRIORITIES',
  'PS_STOCK_MANAGEMENT',
  'PS_TAX',
  'PS_TIMEZONE',
  'PS_USE_ECOTAX',
  'PS_WEIGHT_UNIT',
]
const grams: Readonly<Record<string, number>> = {
  kg: 1000,
  g: 1,
  lb: 453.592_37,
  oz: 28.349_523_125,
}
const defaultPriorities = ['id_shop', 'id_currency', 'id_country', 'id_group']

/** Reads them, or says which setting of the shop or of ours is missing. */
export async function readShopFacts(
  client: PrestaShopClient,
  options: PrestaShopOptions,
  remarks: Remark[],
): Promise<Answer<ShopFacts>> {
  const whole = <R extends Parameters<typeof readWhole>[1]>(resource: R) =>
    readWhole(client, resource, options.pageSize, remarks)
  const configuration = await readConfiguration(client)
  if (!configuration.ok) return configuration
  const shops = await whole('shops')
  if (!shops.ok) return shops
  const languages = await whole('languages')
  if (!languages.ok) return languages
  const currencies = await whole('currencies')
  if (!currencies.ok) return currencies
  const countries = await whole('countries')
  if (!countries.ok) return countries

  const setting = (name: string) => configuration.value.get(name) ?? null
  const shop = chooseShop(Object.values(shops.value), options)
  if (!shop.ok) return shop
  const currency = currencies.value[setting('PS_CURRENCY_DEFAULT') ?? '']
  if (!currency) return missing('The shop does not tell its default currency.')
  const spoken = Object.values(languages.value).filter(({ active }) => active)
  const swedish =
    spoken.find(({ iso_code }) => iso_code === (options.language ?? 'sv')) ??
    (options.language ? undefined : languages.value[setting('PS_LANG_DEFAULT') ?? ''])
  if (!swedish) {
    return missing(`The shop has no active language ${options.language ?? 'by default'}.`)
  }
  const country = options.country
    ? Object.values(countries.value).find(({ iso_code }) => iso_code === options.country)
    : countries.value[setting('PS_COUNTRY_DEFAULT') ?? '']
  if (!country) {
    return missing(`The shop does not know the country ${options.country ?? 'it is in'}.`)
  }

  const isTaxed = setting('PS_TAX') !== '0'
  const rates = await readVatRates(client, options, country.id, isTaxed, remarks)
  if (!rates.ok) return rates
  const groups = await whole('groups')
  if (!groups.ok) return groups
  const categories = await whole('categories')
  if (!categories.ok) return categories
  const suppliers = await whole('suppliers')
  if (!suppliers.ok) return suppliers
  const optionValues = await whole('product_option_values')
  if (!optionValues.ok) return optionValues

  const timeZone = setting('PS_TIMEZONE') ?? ''
  const priorities = setting('PS_SPECIFIC_PRICE_PRIORITIES')?.split(';').filter(Boolean)
  return {
    ok: true,
    value: {
      shopId: shop.value.id,
      shopGroupId: shop.value.id_shop_group,
      shopName: shop.value.name,
      currency: currency.iso_code,
      currencyId: currency.id,
      countryId: country.id,
      timeZone: isTimeZone(timeZone) ? timeZone : null,
      swedish: swedish.id,
      english: spoken.find(({ iso_code }) => iso_code === 'en')?.id ?? null,
      languages: codes(languages.value),
      countries: codes(countries.value),
      gramsPerWeight: grams[setting('PS_WEIGHT_UNIT')?.toLowerCase() ?? ''] ?? null,
      keepsStock: setting('PS_STOCK_MANAGEMENT') !== '0',
      takesBackorders: setting('PS_ORDER_OUT_OF_STOCK') === '1',
      usesEcotax: setting('PS_USE_ECOTAX') === '1',
      pricePriorities: priorities?.length ? priorities : defaultPriorities,
      customerGroupId: Number(setting('PS_CUSTOMER_GROUP')) || null,
      groups: groups.value,
      categories: categories.value,
      suppliers: suppliers.value,
      optionValues: optionValues.value,
      isTaxed,
      vatRates: rates.value,
    },
  }
}

/** Settings have no ids worth paging by: they are asked for by name, all at once. */
async function readConfiguration(
  client: PrestaShopClient,
): Promise<Answer<ReadonlyMap<string, string>>> {
  const { display, schema } = resources.configurations
  const answer = await client.list('configurations', [
    ['display', `[${display.join(',')}]`],
    ['filter[name]', `[${settings.join('|')}]`],
  ])
  if (!answer.ok) return answer
  const values = new Map<string, string>()
  for (const row of answer.value) {
    const parsed = schema.safeParse(row)
    // Of a setting that shops of one installation share or override, the first is the shared one.
    if (parsed.success && !values.has(parsed.data.name))
      values.set(parsed.data.name, parsed.data.value)
  }
  return { ok: true, value: values }
}

async function readVatRates(
  client: PrestaShopClient,
  options: PrestaShopOptions,
  countryId: number,
  isTaxed: boolean,
  remarks: Remark[],
): Promise<Answer<ReadonlyMap<number, string>>> {
  if (!isTaxed) return { ok: true, value: new Map() }
  const taxes = await readWhole(client, 'taxes', options.pageSize, remarks)
  if (!taxes.ok) return taxes
  const rules = await readWhole(client, 'tax_rules', options.pageSize, remarks, [
    ['filter[id_country]', `[${countryId}]`],
  ])
  if (!rules.ok) return rules
  return { ok: true, value: vatRates(Object.values(rules.value), taxes.value, remarks) }
}

function chooseShop(
  shops: readonly RecordOf<'shops'>[],
  { shop: asked }: PrestaShopOptions,
): Answer<RecordOf<'shops'>> {
  const open = shops.filter(({ id, active }) => (asked === undefined ? active : id === asked))
  const [only] = open
  if (open.length > 1) {
    const names = open.map(({ id, name }) => `${id} ${name}`).join(', ')
    const message = `The installation holds several shops: ${names}.`
    return { ok: false, error: failure('shop_ambiguous', message, { resource: 'shops' }) }
  }
  if (only) return { ok: true, value: only }
  const message = asked === undefined ? 'No shop is active.' : `There is no shop ${asked}.`
  return { ok: false, error: failure('shop_unknown', message, { resource: 'shops' }) }
}

function codes(
  table: Readonly<Record<string, { readonly id: number; readonly iso_code: string }>>,
): ReadonlyMap<number, string> {
  return new Map(Object.values(table).map(({ id, iso_code }) => [id, iso_code]))
}

function missing(message: string): {
  readonly ok: false
  readonly error: ReturnType<typeof failure>
} {
  return { ok: false, error: failure('setting_missing', message) }
}
