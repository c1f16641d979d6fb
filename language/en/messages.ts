import { actions } from './actions'
import { availability } from './availability'
import { controls } from './controls'
import { customers } from './customers'
import { errors } from './errors'
import { inbox } from './inbox'
import { menu } from './menu'
import { orders } from './orders'
import { policy } from './policy'
import { price } from './price'
import { quotes } from './quotes'
import { requisition } from './requisition'
import { rules } from './rules'
import { session } from './session'
import { settings } from './settings'
import { shell } from './shell'
import { time } from './time'
import { users } from './users'

/** Every message in English, one file per area. */
export const en = {
  ...actions,
  ...availability,
  ...controls,
  ...customers,
  ...errors,
  ...inbox,
  ...menu,
  ...orders,
  ...policy,
  ...price,
  ...quotes,
  ...requisition,
  ...rules,
  ...session,
  ...settings,
  ...shell,
  ...time,
  ...users,
} as const
