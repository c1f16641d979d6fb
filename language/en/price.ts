import type { price as original } from '../sv/price'
import type { Translation } from '../translation'

export const price: Translation<typeof original> = {
  'price.setByHand': 'set by hand',
  'price.setBy': '{name} has set this price by hand.',
  'price.why': 'Why this price?',
  'price.shownOrdered':
    'The price the customer saw is the one ordered. This is how it comes out today:',
  'price.source.synced': 'from {source}',
  'price.source.contract': 'contract price',
  'price.source.company_price_list': 'customer’s list',
  'price.source.group_price_list': 'group’s list',
  'price.source.list_price': 'list price',
  'price.source.campaign': 'campaign',
  'price.step.used.synced': 'The price in {source} counts as it stands: {price}, read {when}.',
  'price.step.used.contract': 'Contract price for the customer: {price}.',
  'price.step.used.contract_net': 'Net price by contract with the customer: {price}.',
  'price.step.used.company_price_list': 'The customer’s price list {list}: {price}.',
  'price.step.used.group_price_list': 'The customer group’s price list {list}: {price}.',
  'price.step.used.list_price': 'List price: {price}.',
  'price.step.used.campaign': 'The campaign {campaign}: {price}.',
  'price.step.passed.synced': 'The price {price} in {source} does not count.',
  'price.step.passed.contract': 'The contract price {price} does not count.',
  'price.step.passed.company_price_list':
    'The price list {list} had {price}, which does not count.',
  'price.step.passed.group_price_list':
    'The customer group’s price list {list} had {price}, which does not count.',
  'price.step.passed.list_price': 'The list price {price} does not count.',
  'price.step.passed.campaign': 'The campaign {campaign} had {price}, which does not count.',
  'price.step.rebate': 'Rebate {rebate}.',
  'price.step.no_rebate_on_net_price': 'No rebate: it is a net price.',
  'price.missing.no_rule': 'There is no price for this customer and no list price.',
  'price.missing.other_currency_only':
    'There are prices only in another currency than the customer’s.',
  'price.stale': 'The price is older than allowed and may have changed.',
  'price.staleShort': 'old price',
}
