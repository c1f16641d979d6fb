import type { PrestaShopOptions } from './options'
import type { RecordOf } from './resources'

type Customer = RecordOf<'customers'>

/**
 * Customer → company. A company once given stays; else the account joins the one that has its VAT or
 * organisation number; else it gets a company of its own. Names are no ground: two firms may share one.
 */
export function numberCompanies(
  customers: readonly Customer[],
  addressesOf: (customer: Customer) => readonly RecordOf<'addresses'>[],
  known: Readonly<Record<string, string>>,
  { keyPrefix }: PrestaShopOptions,
): Readonly<Record<string, string>> {
  const companyIds: Record<string, string> = { ...known }
  const byNumber = new Map<string, string>()
  const sorted = [...customers].sort((a, b) => a.id - b.id)
  for (const isKnown of [true, false]) {
    for (const customer of sorted) {
      if (isKnown !== customer.id in known) continue
      const number = organisation(customer, addressesOf(customer))
      const found = number === null ? undefined : byNumber.get(number)
      const id = known[customer.id] ?? found ?? `${keyPrefix}-company-${customer.id}`
      companyIds[customer.id] = id
      // The first to bear a number keeps it, should two companies have come to share one.
      if (number !== null && found === undefined) byNumber.set(number, id)
    }
  }
  return companyIds
}

function organisation(
  { siret }: Customer,
  addresses: readonly RecordOf<'addresses'>[],
): string | null {
  const numbers = [
    ...addresses.map(({ vat_number }) => `vat ${plain(vat_number)}`),
    `org ${plain(siret)}`,
  ]
  return numbers.find(isProper) ?? null
}

function plain(number: string): string {
  return number.toUpperCase().replace(/[^A-Z0-9]/g, '')
}

/** People fill such fields with `0000`, `-` and `none`. */
function isProper(number: string): boolean {
  const digits = number.replace(/\D/g, '')
  return digits.length >= 6 && new Set(digits).size > 1
}
