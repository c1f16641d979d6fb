import type { EntityOf } from '../../contract/entities'
import type { Company } from '../../domain/company'
import type { MinorUnits } from '../../domain/units'
import { gatherChanged } from './changed-ids'
import type { Replica } from './replica'

export interface ExposureIndex {
  /**
   * What a company owes: open orders and unpaid invoices as the ERP told, and the orders of ours that
   * it has not been given yet, in the company's own currency and with VAT. Counted as the gateway
   * counts when it judges the credit.
   */
  readonly of: (company: Company) => MinorUnits
}

/** Sums each company's own orders without going through all of them. */
export function createExposureIndex(replica: Replica): ExposureIndex {
  const sums = new Map<string, MinorUnits>()
  const counted = new Map<string, { readonly key: string; readonly gross: MinorUnits }>()

  function count(orderId: string): void {
    const before = counted.get(orderId)
    if (before) sums.set(before.key, (sums.get(before.key) ?? 0) - before.gross)
    counted.delete(orderId)
    const order = replica.get('order', orderId)
    if (!order || !isOwed(order, replica.get('commitment', orderId))) return
    const key = keyOf(order.companyId, order.currency)
    const { gross } = order.totals
    sums.set(key, (sums.get(key) ?? 0) + gross)
    counted.set(orderId, { key, gross })
  }

  const changed = gatherChanged(replica, ['order', 'commitment'], () => {
    sums.clear()
    counted.clear()
  })

  return {
    of: ({ id, currency, exposure }) => {
      changed.take((_kind, orderId) => count(orderId))
      return exposure + (sums.get(keyOf(id, currency)) ?? 0)
    },
  }
}

function isOwed(order: EntityOf<'order'>, commitment: EntityOf<'commitment'> | undefined): boolean {
  return order.state !== 'cancelled' && (commitment?.exportedAt ?? null) === null
}

function keyOf(companyId: string, currency: string): string {
  return `${currency} ${companyId}`
}
