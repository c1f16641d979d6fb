import { actions } from './actions'
import { availability } from './availability'
import { controls } from './controls'
import { changes } from './changes'
import { customers } from './customers'
import { errors } from './errors'
import { inbox } from './inbox'
import { menu } from './menu'
import { orders } from './orders'
import { policy } from './policy'
import { price } from './price'
import { requisition } from './requisition'
import { rules } from './rules'
import { session } from './session'
import { settings } from './settings'
import { shell } from './shell'
import { time } from './time'
import { users } from './users'

/** Every message in Swedish, one file per area. */
export const sv = {
  ...actions,
  ...availability,
  ...controls,
  ...changes,
  ...customers,
  ...errors,
  ...inbox,
  ...menu,
  ...orders,
  ...policy,
  ...price,
  ...requisition,
  ...rules,
  ...session,
  ...settings,
  ...shell,
  ...time,
  ...users,
} as const
