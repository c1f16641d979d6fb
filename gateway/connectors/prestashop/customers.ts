import type { MasterDataInput } from '../../../contract/master-data'
import { orderingRights, type OrderingRight } from '../../../domain/company'
import { numberCompanies } from './company-numbers'
import type { ShopRecords } from './cursor'
import { micro } from './figures'
import type { PrestaShopOptions } from './options'
import type { ExternalLink, Remark } from './report'
import type { RecordOf } from './resources'
import type { ShopFacts } from './shop-facts'
import { textIn } from './texts'

type Customer = RecordOf<'customers'>
type Address = RecordOf<'addresses'>

/** A company and the customer accounts that are its contacts, the leading one first. */
export interface ShopCompany {
  readonly id: string
  readonly customers: readonly Customer[]
  /** The leading account's group: whose prices and reduction the company gets. */
  readonly groupId: number
}

export interface ShopCustomers {
  readonly companies: readonly ShopCompany[]
  readonly companyIds: Readonly<Record<string, string>>
  readonly companyRows: readonly MasterDataInput<'company'>[]
  readonly contactRows: readonly MasterDataInput<'contact'>[]
  readonly addressRows: readonly MasterDataInput<'address'>[]
  readonly links: readonly ExternalLink[]
  readonly skipped: readonly Remark[]
}

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

/**
 * Makes companies, contacts and addresses of the shop's customer accounts. PrestaShop has no
 * companies: accounts with the same VAT or organisation number are one, any other account is its own.
 * Companies whose accounts are all gone are closed; their contacts and addresses are left out.
 */
export function mapCustomers(
  records: ShopRecords,
  facts: ShopFacts,
  known: Readonly<Record<string, string>>,
  options: PrestaShopOptions,
): ShopCustomers {
  const skipped: Remark[] = []
  const customers = Object.values(records.customers).filter((customer) => {
    // Of accounts that were gone before we came there is nothing to tell.
    if (isGone(customer) && !(customer.id in known)) return false
    const reason = customer.is_guest
      ? 'guest_account'
      : groupOf(customer, facts) === null
        ? 'group_unknown'
        : null
    if (reason) skipped.push({ resource: 'customers', id: String(customer.id), reason })
    return reason === null
  })
  const addressesOf = new Map<number, Address[]>()
  for (const address of Object.values(records.addresses)) {
    if (address.deleted) continue
    const list = addressesOf.get(address.id_customer)
    if (list) list.push(address)
    else addressesOf.set(address.id_customer, [address])
  }
  const addresses = ({ id }: Customer) => addressesOf.get(id) ?? []
  const companyIds = numberCompanies(customers, addresses, known, options)

  const companies: ShopCompany[] = []
  const companyRows: MasterDataInput<'company'>[] = []
  const contactRows: MasterDataInput<'contact'>[] = []
  const addressRows: MasterDataInput<'address'>[] = []
  const links: ExternalLink[] = []
  for (const [id, accounts] of groupByCompany(customers, companyIds)) {
    const leader = accounts[0]
    const groupId = groupOf(leader, facts)
    if (groupId === null) continue
    const company = { id, customers: accounts, groupId }
    companies.push(company)
    companyRows.push(companyRow(company, leader, accounts.flatMap(addresses), facts, options))
    for (const customer of accounts) {
      const externalId = String(customer.id)
      links.push({ kind: 'company', externalId, id })
      if (isGone(customer)) continue
      const contact = contactRow(customer, company, addresses(customer), facts, options)
      contactRows.push(contact)
      links.push({ kind: 'contact', externalId, id: contact.id })
      for (const address of addresses(customer)) {
        const row = addressRow(address, id, facts, options)
        if (row) {
          addressRows.push(row)
          links.push({ kind: 'address', externalId: String(address.id), id: row.id })
        } else {
          skipped.push({
            resource: 'addresses',
            id: String(address.id),
            reason: 'address_incomplete',
          })
        }
      }
    }
  }
  return { companies, companyIds, companyRows, contactRows, addressRows, links, skipped }
}

/** Erased or marked as deleted: the shop would not let them sign in, and nor would Kontor. */
function isGone({ gone, deleted }: Customer): boolean {
  return gone || deleted
}

function groupByCompany(
  customers: readonly Customer[],
  companyIds: Readonly<Record<string, string>>,
): ReadonlyMap<string, readonly [Customer, ...Customer[]]> {
  const companies = new Map<string, [Customer, ...Customer[]]>()
  // Whose account works leads, and of those the oldest.
  const rank = (customer: Customer) => (isGone(customer) ? 2 : customer.active ? 0 : 1)
  const byRank = [...customers].sort((a, b) => rank(a) - rank(b) || a.id - b.id)
  for (const customer of byRank) {
    const id = companyIds[customer.id]
    if (id === undefined) continue
    const list = companies.get(id)
    if (list) list.push(customer)
    else companies.set(id, [customer])
  }
  return companies
}

function companyRow(
  company: ShopCompany,
  leader: Customer,
  addresses: readonly Address[],
  facts: ShopFacts,
  options: PrestaShopOptions,
): MasterDataInput<'company'> {
  const isOpen = company.customers.some((customer) => customer.active && !isGone(customer))
  const isSwedish = facts.languages.get(leader.id_lang) === 'sv'
  const days = leader.max_payment_days
  const name =
    leader.company || addresses.find((address) => address.company)?.company || personName(leader)
  return {
    id: company.id,
    name: name || company.id,
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

function contactRow(
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

/** Of all the groups someone is in, the one with the widest ordering right; the default one if equal. */
function mostTrustedGroup(
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

function groupOf({ id_default_group }: Customer, facts: ShopFacts): number | null {
  const group = [id_default_group, facts.customerGroupId].find(
    (id) => id !== null && facts.groups[id],
  )
  return group ?? null
}

function rightOf(group: number, { orderingRights: rights }: PrestaShopOptions): OrderingRight {
  return rights[String(group)] ?? 'lists'
}

function addressRow(
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
