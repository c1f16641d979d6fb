import type { ApprovalRule } from '../../../domain/approval/policy'
import type { load } from '../small-seller'

/** Many, so that what was ordered of an article before is never much to sum up. */
const articles = 400

export function articleOf(history: number): string {
  return `M-${history % articles}`
}

/** The rule for documents between the small and the large ones: these first, and then an approver. */
export function inSteps(userIds: readonly string[]): ApprovalRule {
  const net = { fact: 'net', currency: 'SEK' } as const
  const always = { all: [] }
  return {
    id: 'in-steps',
    name: 'In steps',
    isOn: true,
    when: {
      all: [
        { ...net, is: 'over', value: 15_000 },
        { ...net, is: 'under', value: 40_000 },
      ],
    },
    demands: [
      { tier: 1, by: { kind: 'users', userIds, need: 'any' }, when: always },
      { tier: 2, by: { kind: 'approvers' }, when: always },
    ],
  }
}

/** The rule for what is above the large ones: somebody of the customer's, after all of ours. */
export const bought: ApprovalRule = {
  id: 'bought',
  name: 'Bought',
  isOn: true,
  when: { fact: 'net', currency: 'SEK', is: 'over', value: 60_000 },
  demands: [{ tier: 3, by: { kind: 'buyer' }, when: { all: [] } }],
}

const observedAt = '2026-11-23T06:00:00.000Z'
const names = Array.from({ length: articles }, (_, at) => articleOf(at))

/** A seller whose documents are reckoned in one's head: every article costs 10 kr. */
export const plainSeller: Parameters<typeof load>[1] = {
  warehouse: [
    { id: 'STH', name: 'Stockholm', openToWebshop: true, priority: 1 },
    { id: 'GBG', name: 'Göteborg', openToWebshop: true, priority: 2 },
  ],
  article: names.map((id) => ({
    id,
    nameSv: id,
    unit: 'st',
    vatRate: 25,
    listPrice: '10',
    currency: 'SEK',
  })),
  customer_group: [
    { id: 'PROPOSES', name: 'Förslag', orderingRight: 'requisition', currency: 'SEK' },
    { id: 'ORDERS', name: 'Order', orderingRight: 'order', currency: 'SEK' },
  ],
  company: [
    {
      id: '1001',
      name: 'Ahlbergs Rör AB',
      currency: 'SEK',
      customerGroup: 'PROPOSES',
      accountOwner: 'erik',
    },
  ],
  contact: [
    { id: 'anna', company: '1001', name: 'Anna Lind', email: 'anna@ahlbergs.example' },
    {
      id: 'olle',
      company: '1001',
      name: 'Olle Order',
      email: 'olle@ahlbergs.example',
      customerGroup: 'ORDERS',
    },
  ],
  balance: names.map((article) => ({
    article,
    warehouse: 'STH',
    onHand: 1_000,
    source: 'test',
    observedAt,
  })),
}
