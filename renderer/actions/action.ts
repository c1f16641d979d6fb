import type { LucideIcon } from 'lucide-react'
import type { MessageKey } from '../../language/catalogue'
import type { Desk } from '../desk'
import type { Texts } from '../../language/texts'

/** Whether an action can be done at the moment. */
export type Possibility =
  | { readonly kind: 'possible' }
  /** Has no meaning here: nowhere to be seen. */
  | { readonly kind: 'hidden' }
  /** Would have a meaning, but not now; says why. */
  | { readonly kind: 'disabled'; readonly why: (texts: Texts) => string }

export const possible: Possibility = { kind: 'possible' }
export const hidden: Possibility = { kind: 'hidden' }

export type TitleKey = MessageKey & `action.${string}`

/**
 * Something a person can do, as data: buttons, menus, the palette, the shortcut sheet and the
 * keyboard are all drawn from the list of these, and no one else knows a key.
 */
export interface Action {
  /** Also what the menu bar calls it by. */
  readonly id: string
  readonly title: TitleKey
  readonly group: 'decide' | 'list' | 'go' | 'application'
  readonly icon?: LucideIcon
  /**
   * Shortcuts, the shown one first: `a`, `?`, `Escape`, `Mod+k`. `Mod` is ⌘ on a Mac and Ctrl
   * elsewhere. One without it is a single key, which a setting switches off.
   */
  readonly keys?: readonly string[]
  /** A key that is kept down does it over and over: for moving only, never for deciding. */
  readonly repeats?: boolean
  readonly when: (desk: Desk) => Possibility
  readonly run: (desk: Desk) => void
}
