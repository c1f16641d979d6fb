import type { Change } from '../../../contract/feed'
import type { EntityOf, Order, OrderLine } from '../../../contract/entities'
import { refusal } from '../../../contract/errors'
import type { Refusal } from '../../../contract/errors'
import type { QueryAnswer, QueryResult } from '../../../contract/queries'
import { rowAmount } from '../../../domain/money/row'
import { documentTotals } from '../../../domain/money/totals'
import type { PriceResolution } from '../../../domain/pricing/rules'
import { change, company, contact, customerGroup, price, user, uuid } from './entities'
import { NOW, workingSet } from './working-set'

/** Beside the inbox of `working-set.ts`: orders, customers of every kind, users, and a gateway that answers. */

const at = (minutesAgo: number) => new Date(Date.parse(NOW) - minutesAgo * 60_000).toISOString()

export const people = {
  karin: user({ roles: ['approver'], approvalLimit: 50_000_000 }),
  erik: user({
    id: uuid(2, 9),
    username: 'erik',
    displayName: 'Erik Dahl',
    roles: ['rep'],
    team: 'Norr',
    approvalLimit: 5_000_000,
  }),
  mona: user({
    id: uuid(3, 9),
    username: 'mona',
    displayName: 'Mona Berg',
    roles: ['admin'],
    approvalLimit: null,
  }),
  sara: user({
    id: uuid(4, 9),
    username: 'sara.ek',
    displayName: 'Sara Ek',
    roles: ['rep', 'approver'],
    team: 'Söder',
    approvalLimit: null,
  }),
  johan: user({
    id: uuid(5, 9),
    username: 'johan',
    displayName: 'Johan Lindqvist',
    roles: ['agent'],
    team: 'Norr',
    approvalLimit: null,
  }),
  olle: user({
    id: uuid(6, 9),
    username: 'olle',
    displayName: 'Olle Ågren',
    roles: ['rep'],
    team: 'Norr',
    status: 'disabled',
    approvalLimit: 2_500_000,
  }),
} as const

const addresses: EntityOf<'company'>['addresses'] = [
  {
    id: 'L1',
    name: 'Ahlbergs Rör, hus B',
    street: 'Hamngatan 14',
    postalCode: '972 31',
    city: 'Luleå',
    country: 'SE',
  },
  {
    id: 'L2',
    name: 'Ahlbergs Rör AB',
    street: 'Verkstadsgatan 3',
    postalCode: '973 46',
    city: 'Luleå',
    country: 'SE',
  },
]

const companies = [
  company({
    id: '10231',
    name: 'Ahlbergs Rör AB',
    exposure: 21_240_000,
    priceListId: 'P-NYCKEL',
    addresses,
  }),
  company({
    id: '10188',
    name: 'Mälarkök Fastigheter',
    exposure: 28_900_000,
    accountOwner: 'sara.ek',
  }),
  company({ id: '10355', name: 'Fjällbyns Värme', exposure: 31_250_000, accountOwner: 'erik' }),
  company({
    id: '10290',
    name: 'Sundsvalls Plåt',
    status: 'blocked',
    statusReason: 'inkasso sedan 3 november',
    accountOwner: 'erik',
  }),
  company({
    id: '10701',
    name: 'Kungshamns Varv',
    status: 'closed',
    statusReason: 'verksamheten nedlagd',
    accountOwner: null,
  }),
  company({ id: '10512', name: 'Västra Skolan', accountOwner: 'sara.ek', creditLimit: null }),
]

const moreContacts = [
  contact({ id: 'K12', companyId: '10231', name: 'Åsa Norberg', customerGroupId: 'G4' }),
  contact({ id: 'K13', companyId: '10231', name: 'Bertil Frisk', status: 'disabled' }),
]

const groups = [
  customerGroup({
    id: 'G4',
    name: 'Inköpschefer',
    orderingRight: 'order',
    orderLimit: { perOrder: 10_000_000, perPeriod: 40_000_000, period: 'month', currency: 'SEK' },
  }),
]

/** Builds an order line of kronor and whole units. */
export function orderLine(
  id: string,
  articleId: string,
  units: number,
  kronor: number,
  more: Partial<OrderLine> = {},
): OrderLine {
  const unitPrice = more.unitPrice ?? price(kronor)
  const rebate = more.rebate ?? 0
  const quantity = more.quantity ?? units * 1_000
  return {
    id,
    articleId,
    vatRate: 250_000,
    rowAmount: rowAmount({ price: unitPrice, quantity, rebate }),
    warehouseId: 'STO',
    requestedDate: null,
    expectedDate: '2026-11-23',
    confirmedDate: null,
    comment: null,
    ...more,
    unitPrice,
    rebate,
    quantity,
  }
}

/** Builds an order with what it says nothing about left out. */
export function order(
  part: Partial<Order> & Pick<Order, 'id' | 'number' | 'companyId' | 'contactId' | 'placedAt'>,
): Order {
  const lines = part.lines ?? [orderLine('1', 'RB-2206', 40, 18.4)]
  return {
    currency: 'SEK',
    deliveryAddress: null,
    yourReference: null,
    purchaseOrderNumber: null,
    goodsMark: null,
    freightTerms: null,
    partDeliveries: null,
    requestedDate: null,
    comment: null,
    state: 'placed',
    source: { kind: 'requisition', id: uuid(800), number: 'K-20300', part: '0' },
    placedBy: { kind: 'user', id: people.karin.id, name: people.karin.displayName },
    ...part,
    lines,
    totals:
      part.totals ??
      documentTotals(
        lines.map(({ unitPrice, quantity, rebate, vatRate }) => ({
          price: unitPrice,
          quantity,
          rebate,
          vatRate,
        })),
        { currency: 'SEK', mode: 'per_rate_on_sum' },
      ),
  }
}

/** The one that is opened first. */
export const firstOrder = order({
  id: uuid(1, 5),
  number: '100231',
  companyId: '10231',
  contactId: 'K1',
  placedAt: at(4),
  source: { kind: 'requisition', id: uuid(1), number: 'K-20418', part: '0' },
  placedBy: { kind: 'user', id: people.erik.id, name: people.erik.displayName },
  yourReference: 'A. Lind',
  purchaseOrderNumber: '88-1207',
  goodsMark: 'Etapp 3, hus B',
  requestedDate: '2026-11-30',
  partDeliveries: true,
  freightTerms: 'Fraktfritt över 2 500 kr',
  comment: 'Pumpen kan komma senare, men böjarna behövs till gjutningen på måndag.',
  deliveryAddress: addresses[0] ?? null,
  lines: [
    orderLine('1', 'RB-2206', 120, 18.4, {
      requestedDate: '2026-11-30',
      confirmedDate: '2026-11-30',
    }),
    orderLine('2', 'KV-0150', 40, 64.9, {
      rebate: 50_000,
      requestedDate: '2026-11-30',
      expectedDate: '2026-12-02',
    }),
    orderLine('3', 'VP-9000', 1, 39_400, {
      warehouseId: 'GBG',
      requestedDate: '2026-12-07',
      expectedDate: null,
      comment: 'Ring före leverans',
    }),
    orderLine('4', 'BK-0021', 2, 329, { vatRate: 60_000, expectedDate: '2026-12-14' }),
    orderLine('5', 'KB-3325', 0, 18.625, {
      quantity: 62_500,
      unitPrice: price(18.625, 'gross'),
      warehouseId: null,
    }),
  ],
})

const rest: readonly (readonly [string, string, number, Order['state'], Partial<Order>])[] = [
  ['10408', 'K2', 1_440, 'confirmed', { number: '100230' }],
  [
    '10231',
    'K12',
    1_500,
    'placed',
    { placedBy: { kind: 'contact', id: 'K12', name: 'Åsa Norberg' } },
  ],
  ['10188', 'K6', 1_700, 'part_delivered', {}],
  ['10077', 'K3', 2_900, 'confirmed', { goodsMark: 'Nordkust, etapp 2' }],
  ['10744', 'K11', 3_100, 'placed', { placedBy: { kind: 'system', name: 'Kontor' } }],
  ['10355', 'K8', 4_300, 'delivered', {}],
  ['10512', 'K4', 5_800, 'cancelled', {}],
  ['10231', 'K5', 7_200, 'delivered', {}],
  ['10188', 'K6', 8_700, 'confirmed', {}],
  ['10408', 'K2', 10_100, 'part_delivered', {}],
  ['10744', 'K11', 11_500, 'confirmed', {}],
  ['10077', 'K3', 14_400, 'delivered', {}],
]

/** Orders the window holds, the newest first. */
export const orders: readonly Order[] = [
  firstOrder,
  ...rest.map(([companyId, contactId, minutes, state, more], index) =>
    order({
      id: uuid(index + 2, 5),
      number: String(100_229 - index),
      companyId,
      contactId,
      placedAt: at(minutes),
      state,
      lines: [
        orderLine('1', 'KV-0150', 12 + index * 7, 64.9),
        orderLine('2', 'IS-0319', 30 + index * 11, 14.2),
      ],
      ...more,
    }),
  ),
]

/** Orders that only the gateway has. */
export const olderOrders: readonly Order[] = Array.from({ length: 9 }, (_, index) =>
  order({
    id: uuid(300 + index, 5),
    number: String(99_880 - index * 13),
    companyId: index % 2 === 0 ? '10231' : '10408',
    contactId: index % 2 === 0 ? 'K1' : 'K2',
    placedAt: at(60_000 + index * 4_000),
    state: 'delivered',
    lines: [orderLine('1', 'SP-1100', 40 + index * 10, 24.5)],
  }),
)

/** The whole office as changes. What stands in the inbox's working set too is of a later version here. */
export function officeSet(): readonly Change[] {
  return [
    ...workingSet(),
    ...Object.values(people).map((value) => change('user', value.id, value, 2)),
    ...groups.map((value) => change('customer_group', value.id, value)),
    ...companies.map((value) => change('company', value.id, value, 2)),
    ...moreContacts.map((value) => change('contact', value.id, value)),
    ...orders.map((value) => change('order', value.id, value)),
  ]
}

const asked: PriceResolution = {
  kind: 'priced',
  unitPrice: price(66.98),
  rebate: 50_000,
  listPrice: price(74.5),
  vatRate: 250_000,
  source: { kind: 'company_price_list', ruleId: 'r2', priceListId: 'P-NYCKEL' },
  steps: [
    {
      kind: 'used',
      rule: { kind: 'company_price_list', ruleId: 'r2', priceListId: 'P-NYCKEL' },
      price: price(66.98),
    },
    {
      kind: 'passed_over',
      rule: { kind: 'campaign', ruleId: 'r3', campaign: 'Vintervärme' },
      price: price(69),
    },
    { kind: 'rebate', ruleId: 'r4', rebate: 50_000 },
  ],
  stale: false,
}

const audit: QueryResult<'audit.of'>['rows'] = [
  {
    seq: 31,
    at: at(30),
    type: 'user.updated',
    actor: { kind: 'user', id: people.mona.id, name: people.mona.displayName },
    version: 3,
    data: {
      before: { ...people.erik, team: 'Söder', approvalLimit: 2_500_000 },
      after: { displayName: 'Erik Dahl', roles: ['rep'], team: 'Norr', approvalLimit: 5_000_000 },
    },
  },
  {
    seq: 22,
    at: at(1_500),
    type: 'session.opened',
    actor: { kind: 'user', id: people.erik.id, name: people.erik.displayName },
    version: 2,
    data: {},
  },
  {
    seq: 12,
    at: at(40_000),
    type: 'user.created',
    actor: { kind: 'user', id: people.mona.id, name: people.mona.displayName },
    version: 1,
    data: {},
  },
]

const placed: QueryResult<'audit.of'>['rows'] = [
  {
    seq: 40,
    at: firstOrder.placedAt,
    type: 'order.placed',
    actor: firstOrder.placedBy,
    version: 1,
    data: {},
  },
]

/** Of what is no order: a quote has an id, the rules are called by their name. */
function begun(id: string): QueryResult<'audit.of'>['rows'] {
  const type = id.includes('-') ? 'quote.created' : 'policy.set'
  return placed.map((row) => ({ ...row, type }))
}

/** What the gateway behind the office answers to a query. Pages are of four rows, whatever is asked. */
export function officeAnswer(query: {
  readonly type: string
  readonly params: Readonly<Record<string, unknown>>
}): QueryAnswer {
  const { type, params } = query
  const no = (error: Refusal): QueryAnswer => ({ ok: false, error })
  switch (type) {
    case 'order.search': {
      const states = params['states'] as readonly string[]
      const all = [...orders, ...olderOrders].filter(
        (one) =>
          (states.length === 0 || states.includes(one.state)) &&
          (params['companyId'] === null || one.companyId === params['companyId']) &&
          one.number.includes(String(params['text'])),
      )
      const from = Number(params['after'] ?? 0)
      const rows = all.slice(from, from + 4).map(({ lines, ...head }) => ({
        ...head,
        version: 1,
        lineCount: lines.length,
      }))
      const next = from + 4 < all.length ? String(from + 4) : null
      return { ok: true, result: { rows, next } }
    }
    case 'order.get': {
      const found = [...orders, ...olderOrders].find(({ id }) => id === params['id'])
      return found
        ? { ok: true, result: { version: 1, value: found } }
        : no(refusal('not_found', 'There is no such order.'))
    }
    case 'price.resolve':
      return params['articleId'] === 'FL-0040'
        ? {
            ok: true,
            result: {
              currency: 'SEK',
              resolution: { kind: 'missing', reason: 'no_rule', listPrice: null, vatRate: 250_000 },
            },
          }
        : { ok: true, result: { currency: 'SEK', resolution: asked } }
    case 'audit.of': {
      const id = String(params['aggregateId'])
      const isUser = Object.values(people).some((one) => one.id === id)
      const isOrder = [...orders, ...olderOrders].some((one) => one.id === id)
      const rows = isUser ? audit : isOrder ? placed : begun(id)
      return { ok: true, result: { rows, next: null } }
    }
    default:
      return no(refusal('unknown_query', `There is no query “${type}”.`))
  }
}

/** What has happened to a customer group: an administrator has set it. */
export function groupAnswer(query: {
  readonly type: string
  readonly params: Readonly<Record<string, unknown>>
}): QueryAnswer {
  if (query.type !== 'audit.of') return officeAnswer(query)
  if (query.params['aggregateId'] !== 'G4') return { ok: true, result: { rows: [], next: null } }
  const limits = { perOrder: 1_000_000, perPeriod: null, period: 'month', currency: 'SEK' }
  const row = {
    seq: 31,
    at: '2026-11-19T09:12:00.000Z',
    type: 'customer_group.set',
    actor: { kind: 'user', id: people.mona.id, name: 'Mona Berg' },
    version: 2,
    data: {
      name: 'Inköpschefer',
      before: { orderingRight: 'requisition', orderLimit: limits },
      after: {
        orderingRight: 'order',
        orderLimit: { ...limits, perOrder: 5_000_000, perPeriod: 20_000_000 },
      },
    },
    origin: { via: 'console' },
  }
  return { ok: true, result: { rows: [row], next: null } }
}
