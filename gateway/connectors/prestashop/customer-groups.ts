import type { MasterDataInput } from '../../../contract/master-data'
import { orderingRights, type OrderingRight } from '../../../domain/company'
import type { PrestaShopOptions } from './options'
import type { RecordOf } from './resources'
import type { ShopFacts } from './shop-facts'
import { textIn } from './texts'

type Customer = RecordOf<'customers'>

export function customerGroupKey(group: number, { keyPrefix }: PrestaShopOptions): string {
  return `${keyPrefix}-group-${group}`
}

/** PrestaShop's groups, each with the ordering right the options give it. */
export function customerGroupRows(
  facts: ShopFacts,
  options: PrestaShopOptions,
): readonly MasterDataInput<'customer_group'>[] {
  return Object.values(facts.groups).map(({ id, name }) => ({
    id: customerGroupKey(id, options),
    name: textIn(name, facts.swedish) || customerGroupKey(id, options),
    orderingRight: rightOf(id, options),
    currency: facts.currency,
  }))
}

/** Of all the groups someone is in, the one with the widest ordering right; the default one if equal. */
export function mostTrustedGroup(
  customer: Customer,
  facts: ShopFacts,
  options: PrestaShopOptions,
): number | null {
  const own = groupOf(customer, facts)
  if (own === null) return null
  const width = (group: number) => orderingRights.indexOf(rightOf(group, options))
  return customer.groups
    .filter((group) => facts.groups[group])
    .reduce((best, group) => (width(group) > width(best) ? group : best), own)
}

/** The group whose prices someone gets: their default one, else the shop's for customers. */
export function groupOf({ id_default_group }: Customer, facts: ShopFacts): number | null {
  const group = [id_default_group, facts.customerGroupId].find(
    (id) => id !== null && facts.groups[id],
  )
  return group ?? null
}

function rightOf(group: number, { orderingRights: rights }: PrestaShopOptions): OrderingRight {
  return rights[String(group)] ?? 'lists'
}
