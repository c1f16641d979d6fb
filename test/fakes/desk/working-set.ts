import { stockBlockOf } from '../../../domain/availability/stock-block'
import type { Change } from '../../../contract/feed'
import type { Requisition, RequisitionLine } from '../../../contract/entities'
import {
  article,
  change,
  company,
  contact,
  customerGroup,
  line,
  position,
  price,
  requisition,
  seller,
  user,
  uuid,
} from './entities'

/** A morning at a small wholesaler, at `now` = 23 November 2026, 14:05 in Stockholm. */
export const NOW = '2026-11-23T13:05:00.000Z'

const companies = [
  company({ id: '10231', name: 'Ahlbergs Rör AB', exposure: 21_240_000, addresses: [] }),
  company({
    id: '10408',
    name: 'Bergvalla El & Data',
    exposure: 4_410_000,
    creditLimit: 10_000_000,
  }),
  company({ id: '10077', name: 'Nordkust Bygg', creditLimit: null, exposure: 61_288_000 }),
  company({ id: '10512', name: 'Västra Skolan' }),
  company({ id: '10188', name: 'Mälarkök Fastigheter' }),
  company({
    id: '10620',
    name: 'Tre Broar Hotell',
    status: 'on_hold',
    statusReason: 'två förfallna fakturor',
  }),
  company({ id: '10355', name: 'Fjällbyns Värme' }),
  company({ id: '10290', name: 'Sundsvalls Plåt' }),
  company({ id: '10701', name: 'Kungshamns Varv' }),
  company({ id: '10744', name: 'Uppsala Lab & Glas' }),
]

export const contacts = [
  contact({
    id: 'K1',
    companyId: '10231',
    name: 'Anna Lind',
    phone: '070-123 45 67',
    customerGroupId: 'G3',
  }),
  contact({ id: 'K2', companyId: '10408', name: 'Per Bergman' }),
  contact({ id: 'K3', companyId: '10077', name: 'Sara Nyman', customerGroupId: 'G1' }),
  contact({ id: 'K4', companyId: '10512', name: 'Ingrid Holm' }),
  contact({ id: 'K5', companyId: '10231', name: 'Johan Ek' }),
  contact({ id: 'K6', companyId: '10188', name: 'Eva Strand' }),
  contact({ id: 'K7', companyId: '10620', name: 'Karim Aziz' }),
  contact({ id: 'K8', companyId: '10355', name: 'Maja Sund', customerGroupId: 'G1' }),
  contact({ id: 'K9', companyId: '10290', name: 'Olle Berglund' }),
  contact({ id: 'K10', companyId: '10701', name: 'Lena Wik' }),
  contact({ id: 'K11', companyId: '10744', name: 'Nils Hed' }),
]

const groups = [
  customerGroup({ id: 'G1', name: 'Listor', orderingRight: 'lists' }),
  customerGroup({ id: 'G2', name: 'Inköpare', orderingRight: 'requisition' }),
  customerGroup({
    id: 'G3',
    name: 'Platschefer',
    orderingRight: 'order',
    orderLimit: { perOrder: 2_500_000, perPeriod: null, period: 'month', currency: 'SEK' },
  }),
]

export const articles = [
  article({ id: 'RB-2206', called: 'Rörböj 22 mm, förzinkad', listPrice: price(21.9) }),
  article({ id: 'KV-0150', called: 'Kulventil DN15 mässing', listPrice: price(74.5) }),
  article({ id: 'VP-9000', called: 'Värmepump Polar 9 kW', listPrice: price(42_900) }),
  article({ id: 'IS-0319', called: 'Isolering 19 mm × 2 m', unit: 'm', listPrice: price(16.1) }),
  article({ id: 'FL-0040', called: 'Flänspackning DN40', listPrice: price(22) }),
  article({
    id: 'KB-3325',
    called: 'Installationskabel EKK 3G2,5',
    unit: 'm',
    precision: 1,
    listPrice: price(14.9),
  }),
  article({
    id: 'SP-1100',
    called: 'Skyddshandske nitril, stl 10',
    unit: 'par',
    listPrice: price(29),
  }),
  article({ id: 'BK-0021', called: 'Handbok VVS-montage', vatRate: 60_000, listPrice: price(349) }),
]

const warehouses = [
  { id: 'STO', name: 'Stockholm', openToWebshop: true, priority: 1 },
  { id: 'GBG', name: 'Göteborg', openToWebshop: true, priority: 2 },
  { id: 'UME', name: 'Umeå', openToWebshop: true, priority: 3 },
  { id: 'RET', name: 'Returer', openToWebshop: false, priority: 9 },
]

const inbound = (quantity: number, date: string | null, confirmed = true) => ({
  quantity,
  date,
  confirmed,
})

const stock = stockBlockOf({
  'RB-2206': {
    STO: position({ onHand: 340_000 }),
    GBG: position({ onHand: 85_000, inbound: [inbound(200_000, '2026-12-04', false)] }),
    UME: position({ inbound: [inbound(300_000, '2026-12-02')] }),
  },
  'KV-0150': {
    STO: position({ onHand: 12_000, inbound: [inbound(60_000, '2026-12-02')] }),
    GBG: position({ onHand: 106_000, backlog: [{ quantity: 10_000, plannedDate: null }] }),
    UME: position({ leadTimeDays: 10 }),
  },
  'VP-9000': {
    STO: position({ onHand: 1_000 }),
    GBG: position(),
    UME: position(),
  },
  'IS-0319': {
    STO: position({ onHand: 410_000 }),
    GBG: position({ onHand: 220_000 }),
    UME: position({ onHand: 60_000 }),
  },
  'FL-0040': {
    STO: position({ inbound: [inbound(500_000, '2026-11-18')] }),
    GBG: position({ onHand: 25_000 }),
    UME: position(),
  },
  'KB-3325': {
    STO: position({ onHand: 1_250_500, safetyStock: 200_000 }),
    GBG: position({ onHand: 90_000, leadTimeDays: 6 }),
  },
  'SP-1100': { STO: position({ onHand: 900_000 }) },
  'BK-0021': { STO: position({ leadTimeDays: 15 }) },
})

const pump = (own: Partial<RequisitionLine> = {}) =>
  line({ id: '3', articleId: 'VP-9000', quantity: 1_000, at: 39_400, list: 42_900, ...own })

function ahlbergs(): Requisition {
  const valve = line({
    id: '2',
    articleId: 'KV-0150',
    quantity: 40_000,
    at: 64.9,
    rebate: 50_000,
    list: 74.5,
  })
  return requisition({
    id: uuid(1),
    number: 'K-20418',
    companyId: '10231',
    contactId: 'K1',
    receivedAt: '2026-11-23T13:02:00.000Z',
    purchaseOrderNumber: '88-1207',
    goodsMark: 'Etapp 3, hus B',
    yourReference: 'A. Lind',
    requestedDate: '2026-11-30',
    partDeliveries: true,
    freightTerms: 'Fraktfritt över 2 500 kr',
    comment: 'Pumpen kan komma senare, men böjarna behövs till gjutningen på måndag.',
    deliveryAddress: {
      id: 'L1',
      name: 'Ahlbergs Rör, hus B',
      street: 'Hamngatan 14',
      postalCode: '972 31',
      city: 'Luleå',
      country: 'SE',
    },
    reasons: [
      { kind: 'over_order_limit', limit: 2_500_000, total: 4_547_620 },
      { kind: 'price_differs', lineIds: ['2'] },
    ],
    lines: [
      line({
        id: '1',
        articleId: 'RB-2206',
        quantity: 120_000,
        at: 18.4,
        list: 21.9,
        resolved: {
          kind: 'priced',
          unitPrice: price(18.4),
          rebate: 0,
          listPrice: price(21.9),
          vatRate: 250_000,
          source: { kind: 'contract', ruleId: 'r1', net: true },
          steps: [
            {
              kind: 'used',
              rule: { kind: 'contract', ruleId: 'r1', net: true },
              price: price(18.4),
            },
            { kind: 'no_rebate_on_net_price' },
          ],
          stale: false,
        },
      }),
      {
        ...valve,
        resolved: {
          kind: 'priced',
          unitPrice: price(66.98),
          rebate: 50_000,
          listPrice: price(74.5),
          vatRate: 250_000,
          source: { kind: 'group_price_list', ruleId: 'r2', priceListId: 'VVS-B' },
          steps: [
            {
              kind: 'passed_over',
              rule: { kind: 'campaign', ruleId: 'r3', campaign: 'Höst' },
              price: price(69),
            },
            {
              kind: 'used',
              rule: { kind: 'group_price_list', ruleId: 'r2', priceListId: 'VVS-B' },
              price: price(66.98),
            },
            { kind: 'rebate', ruleId: 'r4', rebate: 50_000 },
          ],
          stale: false,
        },
      },
      pump(),
      line({ id: '4', articleId: 'IS-0319', quantity: 60_000, at: 14.2, list: 16.1 }),
      line({ id: '5', articleId: 'FL-0040', quantity: 25_000, at: 22 }),
    ],
  })
}

/** `[number, company, contact, minutes ago, lines of kronor, more]` */
function others(): Requisition[] {
  const minutesAgo = (minutes: number) => new Date(Date.parse(NOW) - minutes * 60_000).toISOString()
  const of = (
    number: number,
    companyId: string,
    contactId: string,
    minutes: number,
    rows: readonly (readonly [string, number, number])[],
    more: Partial<Requisition> = {},
  ) =>
    requisition({
      id: uuid(number),
      number: `K-${20_419 - number}`,
      companyId,
      contactId,
      receivedAt: minutesAgo(minutes),
      lines: rows.map(([articleId, quantity, at], index) =>
        line({ id: String(index + 1), articleId, quantity: quantity * 1_000, at }),
      ),
      ...more,
    })
  const by = { kind: 'user', id: uuid(2, 9), name: 'Erik Dahl' } as const
  const proposal = { kind: 'right_below_order', right: 'requisition' } as const
  return [
    of(
      2,
      '10408',
      'K2',
      8,
      [
        ['KB-3325', 600, 12.9],
        ['SP-1100', 40, 24.5],
      ],
      {
        kind: 'quote_request',
        reasons: [{ kind: 'not_a_proposal' }, { kind: 'price_stale', lineIds: ['1'] }],
      },
    ),
    of(
      3,
      '10077',
      'K3',
      24,
      [
        ['VP-9000', 2, 39_400],
        ['RB-2206', 900, 18.4],
        ['IS-0319', 400, 14.2],
      ],
      {
        kind: 'list',
        name: 'Nordkust, etapp 2',
        reasons: [{ kind: 'right_below_order', right: 'lists' }],
      },
    ),
    of(
      4,
      '10512',
      'K4',
      45,
      [
        ['SP-1100', 60, 24.5],
        ['BK-0021', 5, 329],
      ],
      { reasons: [proposal] },
    ),
    of(5, '10231', 'K5', 67, [['FL-0040', 80, 22]], {
      reasons: [
        { kind: 'credit_exceeded', limit: 30_000_000, exposure: 29_000_000, total: 1_760_00 },
      ],
    }),
    of(
      6,
      '10188',
      'K6',
      139,
      [
        ['KV-0150', 220, 64.9],
        ['RB-2206', 300, 18.4],
      ],
      {
        reasons: [proposal],
        state: 'in_review',
        claimedBy: { id: uuid(2, 9), name: 'Erik Dahl', at: minutesAgo(20) },
      },
    ),
    of(7, '10620', 'K7', 215, [['SP-1100', 400, 24.5]], {
      kind: 'quote_request',
      reasons: [
        { kind: 'company_on_hold', reason: 'två förfallna fakturor' },
        { kind: 'not_a_proposal' },
      ],
    }),
    of(
      8,
      '10355',
      'K8',
      253,
      [
        ['VP-9000', 1, 39_400],
        ['IS-0319', 1_200, 14.2],
      ],
      {
        kind: 'list',
        reasons: [{ kind: 'right_below_order', right: 'lists' }],
      },
    ),
    requisition({
      id: uuid(9),
      number: 'K-20410',
      companyId: '10290',
      contactId: 'K9',
      receivedAt: minutesAgo(291),
      reasons: [proposal, { kind: 'price_missing', lineIds: ['2'] }],
      lines: [
        line({ id: '1', articleId: 'RB-2206', quantity: 200_000, at: 18.4 }),
        line({ id: '2', articleId: 'XX-0001', quantity: 3_000, at: null }),
      ],
    }),
    of(
      10,
      '10701',
      'K10',
      1_380,
      [
        ['KV-0150', 400, 64.9],
        ['IS-0319', 800, 14.2],
      ],
      { reasons: [proposal] },
    ),
    of(11, '10744', 'K11', 1_460, [['SP-1100', 700, 24.5]], {
      kind: 'quote_request',
      reasons: [{ kind: 'not_a_proposal' }],
    }),
    of(12, '10408', 'K2', 1_500, [['KB-3325', 150, 12.9]], {
      state: 'ordered',
      reasons: [proposal],
      outcome: {
        kind: 'ordered',
        orderId: uuid(1, 5),
        orderNumber: '100 231',
        by,
        at: minutesAgo(1_440),
        automatic: false,
      },
    }),
    of(13, '10355', 'K8', 2_900, [['FL-0040', 12, 22]], {
      state: 'rejected',
      reasons: [proposal],
      outcome: {
        kind: 'rejected',
        reason: 'Packningen finns på er hylla sedan i fredags. Hör av er om den inte räcker.',
        by: { kind: 'user', id: uuid(1, 9), name: 'Karin Åberg' },
        at: minutesAgo(2_800),
      },
    }),
  ]
}

/** The whole of it as changes, every one of version 1. */
export function workingSet(): readonly Change[] {
  return [
    change('seller', 'seller', seller),
    change('user', uuid(1, 9), user()),
    ...warehouses.map((value) => change('warehouse', value.id, value)),
    ...groups.map((value) => change('customer_group', value.id, value)),
    ...companies.map((value) => change('company', value.id, value)),
    ...contacts.map((value) => change('contact', value.id, value)),
    ...articles.map((value) => change('article', value.id, value)),
    change('stock_block', '0', stock),
    ...[ahlbergs(), ...others()].map((value) => change('requisition', value.id, value)),
    ...[4, 5, 6, 7, 8, 9, 10, 11].map((number) =>
      change('read_mark', `karin:${uuid(number)}`, {
        requisitionId: uuid(number),
        revision: 1,
        at: NOW,
      }),
    ),
  ]
}
