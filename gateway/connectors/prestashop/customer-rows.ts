import type { MasterDataInput } from '../../../contract/master-data'
import { customerGroupKey, mostTrustedGroup } from './customer-groups'
import { micro } from './figures'
import type { PrestaShopOptions } from './options'
import type { RecordOf } from './resources'
import type { ShopFacts } from './shop-facts'

type Customer = RecordOf<'customers'>
type Address = RecordOf<'addresses'>

/** A company and the customer accounts that are its contacts, the leading one first. */
export interface ShopCompany {
  readonly id: string
  readonly customers: readonly Customer[]
  /** The leading account's group: whose prices and reduction the company gets. */
  readonly groupId: number
}

/** Erased or marked as deleted: the shop would not let them sign in, and nor would Kontor. */
export function isGone({ gone, deleted }: Customer): boolean {
  return gone || deleted
}

/** The company as its leading account, and the addresses of all of them, tell. */
export function companyRow(
  company: ShopCompany,
  leader: Customer,
  addresses: readonly Address[],
  facts: ShopFacts,
  options: PrestaShopOptions,
): MasterDataInput<'company'> {
  const isOpen = company.customers.some((customer) => customer.active && !isGone(customer))
  const isSwedish = facts.languages.get(leader.id_lang) === 'sv'
  const days = leader.max_payment_days
  return {
    id: company.id,
    name: companyName(leader, addresses) || company.id,
    vatNumber: addresses.find(({ vat_number }) => vat_number)?.vat_number ?? null,
    currency: facts.currency,
    language: isSwedish ? 'sv' : 'en',
    customerGroup: customerGroupKey(company.groupId, options),
    paymentTerms: days > 0 ? `${days} ${isSwedish ? 'dagar' : 'days'}` : null,
    creditLimit: creditLimit(leader),
    status: isOpen ? 'active' : 'closed',
    statusReason: isOpen ? null : closedReason[isSwedish ? 'sv' : 'en'],
  }
}

const closedReason = {
  sv: 'Inget aktivt kundkonto i webbutiken',
  en: 'No active customer account in the webshop',
}

/** The outstanding amount the shop allows, in whole minor units; its 0 means that none was set. */
function creditLimit({ outstanding_allow_amount }: Customer): string | null {
  const amount = micro(outstanding_allow_amount)
  if (amount <= 0n) return null
  // Down to the cent: a limit is never more than was said.
  const cents = amount / 10_000n
  return `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`
}

/** What the account says, else its address, else the person: as the shop's invoices have it. */
export function companyName(customer: Customer, addresses: readonly Address[]): string {
  return (
    customer.company || addresses.find(({ company }) => company)?.company || personName(customer)
  )
}

export function contactRow(
  customer: Customer,
  company: ShopCompany,
  addresses: readonly Address[],
  facts: ShopFacts,
  options: PrestaShopOptions,
): MasterDataInput<'contact'> {
  const group = mostTrustedGroup(customer, facts, options)
  return {
    id: `${options.keyPrefix}-customer-${customer.id}`,
    company: company.id,
    name: personName(customer) || customer.email,
    email: customer.email,
    phone: addresses.map(({ phone, phone_mobile }) => phone || phone_mobile).find(Boolean) ?? null,
    customerGroup:
      group === null || group === company.groupId ? null : customerGroupKey(group, options),
    status: customer.active ? 'active' : 'disabled',
  }
}

/** Null when something is lacking that a parcel needs. */
export function addressRow(
  address: Address,
  company: string,
  facts: ShopFacts,
  { keyPrefix }: PrestaShopOptions,
): MasterDataInput<'address'> | null {
  const country = facts.countries.get(address.id_country)
  const { address1, address2, postcode, city } = address
  if (!country || !address1 || !postcode || !city) return null
  return {
    id: `${keyPrefix}-address-${address.id}`,
    company,
    name: address.company || personName(address) || company,
    street: [address1, address2].filter(Boolean).join(', '),
    postalCode: postcode,
    city,
    country,
  }
}

function personName({ firstname, lastname }: { firstname: string; lastname: string }): string {
  return `${firstname} ${lastname}`.trim()
}
