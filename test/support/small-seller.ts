import type { MasterDataInput, MasterDataKind } from '../../contract/master-data'
import type { Gateway } from '../../gateway/create-gateway'
import { upsertMasterData } from '../../gateway/master-data/upsert'

type Rows = { readonly [K in MasterDataKind]?: readonly MasterDataInput<K>[] }

const observedAt = '2026-11-23T06:00:00.000Z'

/** A seller that fits on a page: two companies, four contacts, three articles, two opened warehouses. */
export const smallSeller: Rows = {
  warehouse: [
    { id: 'STH', name: 'Stockholm', openToWebshop: true, priority: 1 },
    { id: 'GBG', name: 'Göteborg', openToWebshop: true, priority: 2 },
    { id: 'SVC', name: 'Service', openToWebshop: false, priority: 3 },
  ],
  article_group: [{ id: 'ROR', nameSv: 'Rör', nameEn: 'Pipes' }],
  article: [
    {
      id: 'RB-2206',
      nameSv: 'Rörböj 22 mm',
      nameEn: 'Pipe bend 22 mm',
      unit: 'st',
      group: 'ROR',
      vatRate: 25,
      listPrice: '18.40',
      currency: 'SEK',
      cost: '9.10',
    },
    {
      id: 'IS-0319',
      nameSv: 'Isolering 19 mm',
      unit: 'm',
      precision: 1,
      vatRate: 25,
      listPrice: '14.20',
      currency: 'SEK',
      cost: '8',
    },
    {
      id: 'KA-1000',
      nameSv: 'Kaffe 1 kg',
      unit: 'förp',
      packMultiple: 6,
      minimumQuantity: 6,
      vatRate: 12,
      listPrice: '89',
      currency: 'SEK',
    },
    { id: 'NP-0001', nameSv: 'Utan pris', unit: 'st', vatRate: 25, currency: 'SEK' },
  ],
  customer_group: [
    { id: 'LISTOR', name: 'Listor', orderingRight: 'lists', currency: 'SEK' },
    { id: 'FORSLAG', name: 'Förslag', orderingRight: 'requisition', currency: 'SEK' },
    {
      id: 'ORDER',
      name: 'Order',
      orderingRight: 'order',
      limitPerOrder: 1000,
      limitPerPeriod: 1500,
      currency: 'SEK',
    },
  ],
  company: [
    {
      id: '1001',
      name: 'Ahlbergs Rör AB',
      currency: 'SEK',
      customerGroup: 'FORSLAG',
      creditLimit: 300000,
      exposure: 12000,
      accountOwner: 'erik',
    },
    {
      id: '1002',
      name: 'Bergvalla El & Data',
      currency: 'SEK',
      customerGroup: 'FORSLAG',
      accountOwner: 'sara',
    },
    {
      id: '1003',
      name: 'Stängda Bolaget AB',
      currency: 'SEK',
      customerGroup: 'FORSLAG',
      status: 'closed',
    },
    {
      id: '1004',
      name: 'Spärrade Bolaget AB',
      currency: 'SEK',
      customerGroup: 'FORSLAG',
      status: 'blocked',
      statusReason: 'obetalda fakturor',
    },
  ],
  address: [
    {
      id: 'A1',
      company: '1001',
      name: 'Ahlbergs Rör AB',
      street: 'Verkstadsgatan 3',
      postalCode: '117 43',
      city: 'Stockholm',
      country: 'SE',
    },
  ],
  contact: [
    { id: 'anna', company: '1001', name: 'Anna Lind', email: 'anna@ahlbergs.example' },
    {
      id: 'lisa',
      company: '1001',
      name: 'Lisa Lista',
      email: 'lisa@ahlbergs.example',
      customerGroup: 'LISTOR',
    },
    {
      id: 'olle',
      company: '1001',
      name: 'Olle Order',
      email: 'olle@ahlbergs.example',
      customerGroup: 'ORDER',
    },
    { id: 'per', company: '1002', name: 'Per Bergman', email: 'per@bergvalla.example' },
    {
      id: 'gone',
      company: '1001',
      name: 'Gun Gången',
      email: 'gun@ahlbergs.example',
      status: 'disabled',
    },
    { id: 'closed', company: '1003', name: 'Curt Stängd', email: 'curt@stangda.example' },
    { id: 'blocked', company: '1004', name: 'Bo Spärrad', email: 'bo@sparrade.example' },
  ],
  contract_price: [
    { id: 'CP-1', article: 'RB-2206', company: '1001', price: '16.00', currency: 'SEK', net: true },
  ],
  balance: [
    { article: 'RB-2206', warehouse: 'STH', onHand: 1000000, source: 'test', observedAt },
    { article: 'RB-2206', warehouse: 'GBG', onHand: 85, source: 'test', observedAt },
    { article: 'IS-0319', warehouse: 'STH', onHand: 410, source: 'test', observedAt },
    {
      article: 'KA-1000',
      warehouse: 'GBG',
      onHand: 0,
      leadTimeDays: 10,
      source: 'test',
      observedAt,
    },
  ],
}

/** Load rows of master data as the system, and insist that all of them were right. */
export async function load(gateway: Gateway, rows: Rows): Promise<void> {
  for (const kind of Object.keys(rows) as MasterDataKind[]) {
    const result = await upsertMasterData(gateway.context, kind, rows[kind] ?? [], {
      actor: { kind: 'system', name: 'test' },
      origin: { via: 'gateway', task: 'test' },
    })
    if (result.failed > 0) throw new Error(JSON.stringify(result.errors.slice(0, 3)))
  }
}

/** A proposal of some lines, as a shop sends it. */
export function proposal(id: string, overrides: Record<string, unknown> = {}) {
  return {
    type: 'requisition.submitted',
    timestamp: new Date().toISOString(),
    data: {
      id,
      contact: 'anna',
      currency: 'SEK',
      lines: [
        { id: '1', article: 'RB-2206', quantity: '12' },
        { id: '2', article: 'IS-0319', quantity: '2.5' },
      ],
      ...overrides,
    },
  }
}
