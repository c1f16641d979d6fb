import { actions } from './actions'
import { allowances } from './allowances'
import { attachments } from './attachments'
import { auditExport } from './audit-export'
import { availability } from './availability'
import { bulk } from './bulk'
import { controls } from './controls'
import { changes } from './changes'
import { customers } from './customers'
import { errors } from './errors'
import { groups } from './groups'
import { history } from './history'
import { inbox } from './inbox'
import { mail } from './mail'
import { menu } from './menu'
import { orders } from './orders'
import { pages } from './pages'
import { policy } from './policy'
import { price } from './price'
import { quotes } from './quotes'
import { requisition } from './requisition'
import { rules } from './rules'
import { session } from './session'
import { settings } from './settings'
import { shell } from './shell'
import { shopStock } from './shop-stock'
import { time } from './time'
import { stock } from './stock'
import { users } from './users'

/** Every message in English, one file per area. */
export const en = {
  ...actions,
  ...allowances,
  ...attachments,
  ...auditExport,
  ...availability,
  ...bulk,
  ...controls,
  ...changes,
  ...customers,
  ...errors,
  ...groups,
  ...history,
  ...inbox,
  ...mail,
  ...menu,
  ...orders,
  ...pages,
  ...policy,
  ...price,
  ...quotes,
  ...requisition,
  ...rules,
  ...session,
  ...settings,
  ...shell,
  ...shopStock,
  ...time,
  ...stock,
  ...users,
} as const
