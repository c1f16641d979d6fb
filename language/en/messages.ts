import { actions } from './actions'
import { availability } from './availability'
import { controls } from './controls'
import { errors } from './errors'
import { inbox } from './inbox'
import { menu } from './menu'
import { price } from './price'
import { requisition } from './requisition'
import { session } from './session'
import { shell } from './shell'
import { time } from './time'

/** Every message in English, one file per area. */
export const en = {
  ...actions,
  ...availability,
  ...controls,
  ...errors,
  ...inbox,
  ...menu,
  ...price,
  ...requisition,
  ...session,
  ...shell,
  ...time,
} as const
