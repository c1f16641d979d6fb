import type { Change } from '../../../contract/feed'
import type { QueryAnswer } from '../../../contract/queries'
import type { Quote, QuoteLine } from '../../../contract/quotes'
import { rowAmount } from '../../../domain/money/row'
import { documentTotals } from '../../../domain/money/totals'
import type { PriceResolution } from '../../../domain/pricing/rules'
import { change, price, uuid } from './entities'
import { officeAnswer, officeSet, people } from './office'
import { NOW } from './working-set'

/** Beside the office: quotes in every state, and a gateway that keeps their versions. */

const at = (minutesAgo: number) => new Date(Date.parse(NOW) - minutesAgo * 60_000).toISOString()
const by = (who: (typeof people)[keyof typeof people]) =>
  ({ kind: 'user', id: who.id, name: who.displayName }) as const

function own(kronor: number): PriceResolution {
  const source = { kind: 'contract', ruleId: 'r1', net: true } as const
  return {
    kind: 'priced',
    unitPrice: price(kronor),
    rebate: 0,
    listPrice: price(kronor * 1.15),
    vatRate: 250_000,
    source,
    steps: [{ kind: 'used', rule: source, price: price(kronor) }],
    stale: false,
  }
}

/** A line at the company's own price, or at one set by hand. */
export function quoteLine(
  id: string,
  articleId: string,
  quantity: number,
  kronor: number,
  byHand?: number,
): QuoteLine {
  const resolved = own(kronor)
  const hand = byHand === undefined ? null : { unitPrice: price(byHand), rebate: 0 }
  const unitPrice = hand?.unitPrice ?? price(kronor)
  return {
    id,
    articleId,
    quantity: quantity * 1_000,
    byHand: hand,
    resolved,
    vatRate: 250_000,
    rowAmount: rowAmount({ price: unitPrice, quantity: quantity * 1_000, rebate: 0 }),
    warehouseId: null,
    requestedDate: null,
    comment: null,
  }
}

/** Builds a quote with what it says nothing about left out. */
export function quote(
  part: Partial<Quote> & Pick<Quote, 'id' | 'number' | 'companyId' | 'contactId' | 'createdAt'>,
): Quote {
  const lines = part.lines ?? [quoteLine('1', 'RB-2206', 40, 18.4)]
  const rows = lines.flatMap(({ byHand, resolved, quantity, vatRate }) => {
    const unitPrice =
      byHand?.unitPrice ?? (resolved.kind === 'priced' ? resolved.unitPrice : undefined)
    return unitPrice ? [{ price: unitPrice, quantity, rebate: byHand?.rebate ?? 0, vatRate }] : []
  })
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
    state: 'draft',
    revision: 1,
    requisition: null,
    shopId: 'shop',
    validUntil: '2026-12-23',
    message: null,
    createdBy: by(people.erik),
    steps: [],
    review: null,
    sent: null,
    outcome: null,
    ...part,
    lines,
    totals: documentTotals(rows, { currency: 'SEK', mode: 'per_rate_on_sum' }),
  }
}

/** The one that is opened first: a draft with a price set by hand. */
export const draftQuote = quote({
  id: uuid(1, 6),
  number: 'Q-30007',
  companyId: '10231',
  contactId: 'K1',
  createdAt: at(12),
  requisition: { id: uuid(1), number: 'K-20418', documentId: 'cart-4711', revision: 1 },
  goodsMark: 'Etapp 3, hus B',
  message: 'Pumpen kan vi leverera i två omgångar.',
  lines: [
    quoteLine('1', 'RB-2206', 120, 18.4),
    quoteLine('2', 'KV-0150', 40, 64.9, 59.5),
    quoteLine('3', 'IS-0319', 300, 14.2),
  ],
})

const anna = { kind: 'contact', id: 'K1', name: 'Anna Lind' } as const

/** Countered in its second version; the first is kept by the gateway. */
export const counteredQuote = quote({
  id: uuid(2, 6),
  number: 'Q-30006',
  companyId: '10231',
  contactId: 'K1',
  createdAt: at(4_000),
  state: 'countered',
  revision: 2,
  sent: { by: by(people.erik), at: at(1_500) },
  lines: [
    quoteLine('1', 'RB-2206', 100, 18.4, 17.5),
    quoteLine('2', 'KV-0150', 40, 64.9, 60),
    quoteLine('4', 'SP-1100', 12, 24.5),
  ],
  outcome: {
    kind: 'countered',
    message: 'Kan ni möta 16 kronor för böjarna om vi tar 150?',
    lines: [{ id: '1', quantity: 150_000, price: { unitPrice: price(16), rebate: 0 } }],
    by: anna,
    at: at(90),
  },
})
const firstVersion = quote({
  ...counteredQuote,
  state: 'sent',
  revision: 1,
  outcome: null,
  sent: { by: by(people.erik), at: at(3_900) },
  lines: [
    quoteLine('1', 'RB-2206', 120, 18.4),
    quoteLine('2', 'KV-0150', 40, 64.9),
    quoteLine('3', 'IS-0319', 300, 14.2),
  ],
})

export const reviewedQuote = quote({
  id: uuid(3, 6),
  number: 'Q-30005',
  companyId: '10408',
  contactId: 'K2',
  createdAt: at(300),
  state: 'in_review',
  lines: [quoteLine('1', 'VP-9000', 2, 39_400, 34_900)],
  steps: [
    {
      tier: 1,
      by: { kind: 'approvers' },
      because: [
        {
          ruleId: 'price',
          name: 'Pris satt för hand',
          findings: [{ test: { fact: 'changedPrices', is: 'over', value: 0 }, actual: 1 }],
        },
      ],
      approvals: [],
    },
  ],
})

export const readyQuote = quote({
  id: uuid(4, 6),
  number: 'Q-30004',
  companyId: '10188',
  contactId: 'K6',
  createdAt: at(400),
  state: 'ready',
  review: { kind: 'passed', automatic: true, by: by(people.karin), at: at(200) },
})

export const sentQuote = quote({
  id: uuid(5, 6),
  number: 'Q-30003',
  companyId: '10077',
  contactId: 'K3',
  createdAt: at(2_000),
  state: 'sent',
  validUntil: '2026-11-26',
  sent: { by: by(people.karin), at: at(1_900) },
})

export const orderedQuote = quote({
  id: uuid(6, 6),
  number: 'Q-30002',
  companyId: '10231',
  contactId: 'K1',
  createdAt: at(9_000),
  state: 'ordered',
  sent: { by: by(people.karin), at: at(8_000) },
  outcome: { kind: 'ordered', orderId: uuid(1, 5), orderNumber: '100231', by: anna, at: at(7_000) },
})

export const expiredQuote = quote({
  id: uuid(7, 6),
  number: 'Q-30001',
  companyId: '10408',
  contactId: 'K2',
  createdAt: at(50_000),
  state: 'expired',
  validUntil: '2026-11-01',
  sent: { by: by(people.karin), at: at(49_000) },
  outcome: { kind: 'expired', by: { kind: 'system', name: 'Kontor' }, at: at(30_000) },
})

export const quotes: readonly Quote[] = [
  draftQuote,
  counteredQuote,
  reviewedQuote,
  readyQuote,
  sentQuote,
  orderedQuote,
  expiredQuote,
]

/** The office with its quotes, as changes. */
export function quoteSet(): readonly Change[] {
  return [...officeSet(), ...quotes.map((value) => change('quote', value.id, value))]
}

/** What the gateway behind them answers. */
export function quoteAnswer(query: {
  readonly type: string
  readonly params: Readonly<Record<string, unknown>>
}): QueryAnswer {
  switch (query.type) {
    case 'quote.versions': {
      const rows =
        query.params['id'] === counteredQuote.id
          ? [{ ...counteredQuote, state: 'sent' as const, outcome: null }, firstVersion]
          : []
      return { ok: true, result: { rows, next: null } }
    }
    case 'quote.search':
      return { ok: true, result: { rows: [], next: null } }
    default:
      return officeAnswer(query)
  }
}
