import type { MasterDataInput } from '../../../contract/master-data'
import { numberCompanies } from './company-numbers'
import type { ShopRecords } from './cursor'
import { groupOf } from './customer-groups'
import {
  addressRow,
  companyName,
  companyRow,
  contactRow,
  isGone,
  type ShopCompany,
} from './customer-rows'
import type { PrestaShopOptions } from './options'
import type { ExternalLink, Remark } from './report'
import type { RecordOf } from './resources'
import type { ShopFacts } from './shop-facts'

type Customer = RecordOf<'customers'>
type Address = RecordOf<'addresses'>

export interface ShopCustomers {
  readonly companies: readonly ShopCompany[]
  readonly companyIds: Readonly<Record<string, string>>
  readonly companyRows: readonly MasterDataInput<'company'>[]
  readonly contactRows: readonly MasterDataInput<'contact'>[]
  readonly addressRows: readonly MasterDataInput<'address'>[]
  readonly links: readonly ExternalLink[]
  readonly skipped: readonly Remark[]
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

/**
 * Takes the person out of accounts that are gone since `before`: who was erased in the shop must not
 * live on here. Of the company its name stays, as orders may bear it.
 */
export function forgetPersons(before: ShopRecords, after: ShopRecords): ShopRecords {
  const customers = { ...after.customers }
  for (const customer of Object.values(after.customers)) {
    if (!customer.gone || before.customers[customer.id]?.gone) continue
    const addresses = Object.values(before.addresses).filter(
      ({ id_customer, deleted }) => id_customer === customer.id && !deleted,
    )
    const company = companyName(customer, addresses)
    customers[customer.id] = { ...customer, company, firstname: '', lastname: '', email: '' }
  }
  return { ...after, customers }
}
