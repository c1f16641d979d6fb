import {
  masterDataSchemas,
  type MasterDataKind,
  type MasterDataRow,
} from '../../../../contract/master-data'
import { storefrontEventSchema, type StorefrontDocument } from '../../../../contract/storefront'
import type { StockPosition } from '../../../../domain/availability/position'
import type { CustomerGroup } from '../../../../domain/company'
import { indexPriceRules } from '../../../../domain/pricing/rule-index'
import type { PriceQuestion, PriceRule } from '../../../../domain/pricing/rules'
import { takeIn, type Intake } from '../../../../domain/requisition/intake'
import { judgeDocument } from '../../../../domain/requisition/judge-document'
import type { RequisitionKind } from '../../../../domain/requisition/states'
import type { DemoData, DemoEvent } from '../../../../demo/seller/types'

/**
 * The demo as a gateway would have it after loading: parsed at the door and turned into the domain's
 * own types, without anything of how the demo was made.
 */
export function loadDemo(demo: DemoData) {
  const rows = <K extends MasterDataKind>(kind: K): MasterDataRow<K>[] =>
    demo.batches
      .filter((batch) => batch.kind === kind)
      .flatMap((batch) =>
        batch.rows.map((row) => masterDataSchemas[kind].parse(row) as MasterDataRow<K>),
      )

  const articles = new Map(
    rows('article').map((row) => [
      row.id,
      {
        ...row,
        groupId: row.group,
        precision: row.precision as 0 | 1 | 2 | 3,
        vatRate: row.vatRate,
        listPrice:
          row.listPrice === null
            ? null
            : { amount: row.listPrice, basis: row.basis, currency: row.currency },
      },
    ]),
  )
  const groups = new Map(
    rows('customer_group').map((row): [string, CustomerGroup] => [
      row.id,
      {
        id: row.id,
        name: row.name,
        orderingRight: row.orderingRight,
        priceListId: row.priceList,
        orderLimit: {
          perOrder: row.limitPerOrder,
          perPeriod: row.limitPerPeriod,
          period: row.period,
          currency: row.currency,
        },
      },
    ]),
  )
  const addresses = rows('address')
  const companies = new Map(
    rows('company').map((row) => [
      row.id,
      {
        ...row,
        customerGroupId: row.customerGroup,
        priceListId: row.priceList,
        addresses: addresses.filter(({ company }) => company === row.id),
      },
    ]),
  )
  const contacts = new Map(rows('contact').map((row) => [row.id, row]))
  const warehouses = new Map(rows('warehouse').map((row) => [row.id, row]))
  const prices = indexPriceRules(priceRules(rows))
  let positions: ReturnType<typeof stockPositions> | undefined
  return {
    rows,
    articles,
    groups,
    companies,
    contacts,
    warehouses,
    prices,
    /** Most of the rows, and only wanted where stock is looked at. */
    get positions() {
      return (positions ??= stockPositions(rows))
    },
  }
}

export type LoadedDemo = ReturnType<typeof loadDemo>

function priceRules(rows: <K extends MasterDataKind>(kind: K) => MasterDataRow<K>[]): PriceRule[] {
  const shared = (
    row:
      | MasterDataRow<'price_list_price'>
      | MasterDataRow<'contract_price'>
      | MasterDataRow<'campaign_price'>,
  ) => ({
    id: row.id,
    articleId: row.article,
    minimumQuantity: row.minimumQuantity,
    price: { amount: row.price, basis: row.basis, currency: row.currency },
    from: row.from,
    to: row.to,
  })
  return [
    ...rows('contract_price').map((row) => ({
      kind: 'contract' as const,
      companyId: row.company,
      net: row.net,
      ...shared(row),
    })),
    ...rows('price_list_price').map((row) => ({
      kind: 'price_list' as const,
      priceListId: row.priceList,
      ...shared(row),
    })),
    ...rows('campaign_price').map((row) => ({
      kind: 'campaign' as const,
      campaign: row.campaign,
      companyId: row.company,
      customerGroupId: row.customerGroup,
      ...shared(row),
    })),
    ...rows('rebate').map((row) => ({
      kind: 'rebate' as const,
      id: row.id,
      companyId: row.company,
      customerGroupId: row.customerGroup,
      articleId: row.article,
      articleGroupId: row.articleGroup,
      minimumQuantity: row.minimumQuantity,
      rebate: row.rebate,
      from: row.from,
      to: row.to,
    })),
  ]
}

/** By article, then by warehouse. */
function stockPositions(rows: <K extends MasterDataKind>(kind: K) => MasterDataRow<K>[]) {
  type Parts = {
    backlog: StockPosition['backlog'][number][]
    inbound: StockPosition['inbound'][number][]
  }
  const positions = new Map<string, Map<string, StockPosition & Parts>>()
  for (const { article, warehouse, onHand, safetyStock, leadTimeDays, source, observedAt } of rows(
    'balance',
  )) {
    const own = positions.get(article) ?? new Map<string, StockPosition & Parts>()
    own.set(warehouse, {
      onHand,
      safetyStock,
      leadTimeDays,
      source,
      observedAt,
      backlog: [],
      inbound: [],
    })
    positions.set(article, own)
  }
  for (const { article, warehouse, quantity, plannedDate } of rows('backlog')) {
    positions.get(article)!.get(warehouse)!.backlog.push({ quantity, plannedDate })
  }
  for (const { article, warehouse, quantity, date, confirmed } of rows('inbound')) {
    positions.get(article)!.get(warehouse)!.inbound.push({ quantity, date, confirmed })
  }
  return positions
}

const kinds: Readonly<Record<string, RequisitionKind>> = {
  'list.sent': 'list',
  'quote.requested': 'quote_request',
  'requisition.submitted': 'proposal',
}

export interface TakenIn {
  readonly document: StorefrontDocument
  readonly companyId: string
  readonly intake: Intake
}

/**
 * Takes an event in by the domain's own rules, as a gateway would, and throws where it is refused.
 * `group` is whose prices are asked for: the contact's own group, or the company's.
 */
export function takeInEvent(
  demo: LoadedDemo,
  { event: input }: DemoEvent,
  now: string,
  group: 'contact' | 'company' = 'contact',
): TakenIn {
  const event = storefrontEventSchema.parse(input)
  if (!('lines' in event.data)) throw new Error('not a document')
  const document = event.data
  const contact = demo.contacts.get(document.contact)!
  const company = demo.companies.get(contact.company)!
  const rights = demo.groups.get(contact.customerGroup ?? company.customerGroup)!
  const priced = group === 'contact' ? rights : demo.groups.get(company.customerGroup)!
  const kind = kinds[event.type]!
  const judged = judgeDocument(
    document,
    { kind, sentAt: event.timestamp, now },
    { contact, company, group: rights, articles: demo.articles, warehouses: demo.warehouses },
  )
  if (!judged.ok) throw new Error(`${document.id}: ${JSON.stringify(judged.refusals)}`)
  const buyer: PriceQuestion['company'] = {
    id: company.id,
    customerGroupId: priced.id,
    priceListId: company.priceListId,
    groupPriceListId: priced.priceListId,
    currency: company.currency,
  }
  const taken = takeIn(judged.value, {
    vatMode: 'per_rate_on_sum',
    priceOf: (article, quantity) =>
      demo.prices.resolve({
        company: buyer,
        article,
        quantity,
        date: now.slice(0, 10),
        now,
        syncedPriceMaxAgeHours: null,
      }),
    usedInPeriod: 0,
    exposure: company.exposure,
  })
  if (!taken.ok) throw new Error(`${document.id}: ${JSON.stringify(taken.refusals)}`)
  return { document, companyId: company.id, intake: taken.value }
}
