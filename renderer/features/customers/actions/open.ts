import { ClipboardCheck, Copy, Tag } from 'lucide-react'
import { hidden, possible } from '../../../actions/action'
import type { Action } from '../../../actions/action'
import type { Company } from '../../../../domain/company'
import type { Desk } from '../../../desk'
import { ordersOf, ORDERS } from '../../orders/orders'
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
