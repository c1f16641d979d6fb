import type { MasterDataInput } from '../../contract/master-data'
import type { OrderingRight } from '../../domain/company'
import { customerGroups, ownRights } from './data/customer-groups'

/** A customer group, with the one it takes its prices from: itself, or its company's. */
export interface CustomerGroupSeed {
  readonly row: MasterDataInput<'customer_group'> & {
    readonly id: string
    readonly priceList: string | null
    readonly orderingRight: OrderingRight
  }
  readonly pricesOf: string
}

/** The key of the group for people of a company's group who have a right of their own. */
export function ownGroupId(companyGroup: string, ownRight: string): string {
  return `${companyGroup}-${ownRight}`
}

/**
 * The companies' groups, and those of them with a right of its own that somebody is in. Both halves
 * have the same price list, and every rebate and campaign: a colleague never sees another price.
 */
export function makeCustomerGroups(
  contacts: readonly MasterDataInput<'contact'>[],
): CustomerGroupSeed[] {
  const used = new Set(contacts.map(({ customerGroup }) => customerGroup))
  return customerGroups.flatMap((group) => {
    const own = ownRights
      .filter(({ id }) => used.has(ownGroupId(group.id, id)))
      .map((right) => ({
        row: {
          id: ownGroupId(group.id, right.id),
          name: `${group.name}, ${right.name}`,
          orderingRight: right.orderingRight,
          priceList: group.priceList,
          limitPerOrder: 'limitPerOrder' in right ? right.limitPerOrder : null,
          limitPerPeriod: 'limitPerPeriod' in right ? right.limitPerPeriod : null,
          period: 'month' as const,
          currency: 'SEK',
        },
        pricesOf: group.id,
      }))
    return [{ row: { ...group, currency: 'SEK' }, pricesOf: group.id }, ...own]
  })
}
