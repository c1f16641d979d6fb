import { mayDo } from '../../domain/access/rights'
import { signedInUser } from './console'
import type { ConsoleStore } from './console'

/** Whether the signed-in user sees customers and what they send and order: what the daily screens show. */
export function seesCustomers({ console }: { readonly console: ConsoleStore }): boolean {
  const user = signedInUser(console.getState())
  return user !== null && mayDo(user, 'read_requisition')
}
