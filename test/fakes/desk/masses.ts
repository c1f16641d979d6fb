import type { Requisition } from '../../../contract/entities'
import { line, requisition, uuid } from './entities'
import { articles, contacts, NOW } from './working-set'

/** One of `lines` lines, for what is very large. */
export function largeRequisition(lines: number): Requisition {
  return requisition({
    id: uuid(99),
    number: 'K-20999',
    companyId: '10077',
    contactId: 'K3',
    lines: Array.from({ length: lines }, (_, at) => {
      const { id, listPrice } = articles[at % articles.length] ?? { id: 'RB-2206', listPrice: null }
      return line({
        id: String(at + 1),
        articleId: id,
        quantity: ((at % 40) + 1) * 1_000,
        at: (listPrice?.amount ?? 20_000_000) / 1_000_000,
      })
    }),
  })
}

/** Many requisitions of the same companies, newest first, a minute apart. */
export function manyRequisitions(count: number): readonly Requisition[] {
  const start = Date.parse(NOW)
  return Array.from({ length: count }, (_, at) => {
    const owner = contacts[at % contacts.length]
    return requisition({
      id: uuid(1_000 + at),
      number: `M-${String(at).padStart(6, '0')}`,
      companyId: owner?.companyId ?? '10231',
      contactId: owner?.id ?? 'K1',
      receivedAt: new Date(start - at * 60_000).toISOString(),
      lines: [1, 2, 3, 4].map((number) =>
        line({
          id: String(number),
          articleId: articles[(at + number) % articles.length]?.id ?? 'RB-2206',
          quantity: number * 1_000,
          at: 18.4,
        }),
      ),
    })
  })
}
