import { ClipboardCheck, Copy, FileSignature, Tag } from 'lucide-react'
import { hidden, possible } from '../../../actions/action'
import type { Action } from '../../../actions/action'
import type { Company } from '../../../../domain/company'
import type { Desk } from '../../../desk'
import { canReachGateway } from '../../../state/console'
import { ordersOf, ORDERS } from '../../orders/orders'
import { mayFor } from '../../quotes/may'
import { CUSTOMERS } from '../customers'

/** The field where an article is chosen; set by the view. */
export const PRICE_FIELD_ID = 'customers-price'

function selectedCompany({ navigation, replica }: Desk): Company | undefined {
  const id = navigation.store.getState().selected[CUSTOMERS] ?? null
  return id === null ? undefined : replica.get('company', id)
}

/** Into the field where an article is chosen. */
export const checkPriceAction: Action = {
  id: 'customers.price',
  title: 'action.customers.price',
  group: 'list',
  icon: Tag,
  keys: ['p'],
  when: (desk) => (selectedCompany(desk) ? possible : hidden),
  run: () => {
    const field = document.querySelector<HTMLInputElement>(`#${PRICE_FIELD_ID} input`)
    field?.focus()
    field?.select()
  },
}

/** To the orders, with only this customer's. */
export const showOrdersAction: Action = {
  id: 'customers.orders',
  title: 'action.customers.orders',
  group: 'go',
  icon: ClipboardCheck,
  keys: ['o'],
  when: (desk) => (selectedCompany(desk) ? possible : hidden),
  run: (desk) => {
    const company = selectedCompany(desk)
    if (!company) return
    ordersOf(desk).showCompany(company.id)
    desk.navigation.go(ORDERS, null)
  },
}

/** A quote for the customer: for the first of its people; another's stands beside each of them. */
export const newQuoteAction: Action = {
  id: 'customers.newQuote',
  title: 'action.customers.newQuote',
  group: 'decide',
  icon: FileSignature,
  keys: ['q'],
  when: (desk) => {
    const company = selectedCompany(desk)
    if (!company || !mayFor(desk, company.id, 'draft_quote')) return hidden
    if (firstContact(desk, company.id) === undefined) return hidden
    return canReachGateway(desk.console.getState())
      ? possible
      : { kind: 'disabled', why: ({ t }) => t('quote.offline') }
  },
  run: (desk) => {
    const company = selectedCompany(desk)
    const contactId = company && firstContact(desk, company.id)
    if (contactId !== undefined) quoteFor(desk, contactId)
  },
}

/** Begins a quote for a contact. */
export function quoteFor(desk: Desk, contactId: string): void {
  import('../../quotes/deeds')
    .then(({ create }) => create(desk, { kind: 'contact', contactId }))
    .catch(desk.report)
}

function firstContact({ replica }: Desk, companyId: string): string | undefined {
  return [...replica.all('contact').values()]
    .filter((one) => one.companyId === companyId && one.status === 'active')
    .sort((a, b) => a.name.localeCompare(b.name, 'sv'))[0]?.id
}

export const copyNumberAction: Action = {
  id: 'customers.copyNumber',
  title: 'action.customers.copyNumber',
  group: 'list',
  icon: Copy,
  keys: ['Mod+Shift+c'],
  when: (desk) => (selectedCompany(desk) ? possible : hidden),
  run: (desk) => {
    const company = selectedCompany(desk)
    if (!company) return
    desk.bridge
      .request('clipboard.writeText', { text: company.id })
      .then(() =>
        desk.toasts.tell({
          meaning: 'notice',
          text: ({ t }) => t('controls.copied'),
          action: null,
        }),
      )
      .catch(desk.report)
  },
}
