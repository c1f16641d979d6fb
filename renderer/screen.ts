import type { LucideIcon } from 'lucide-react'
import type { ComponentType } from 'react'
import type { Action, TitleKey } from './actions/action'
import type { Desk } from './desk'
import type { Shown } from './state/navigation'

/** One of the window's screens: its place in the rail, what it shows and what can be done on it. */
export interface Screen {
  readonly id: string
  readonly title: TitleKey
  readonly icon: LucideIcon
  readonly view: ComponentType
  /** The figure beside its name in the rail, unless it is 0. Must be cheap: asked after every batch. */
  readonly count?: (desk: Desk) => number
  /** Who sees it; everyone unless told. */
  readonly isAllowed?: (desk: Desk) => boolean
  /** Apart from the daily work: stands below the line in the rail. */
  readonly isAside?: boolean
  readonly actions: readonly Action[]
  /** Opens a thing of the given kind on this screen, when this is where it is shown. */
  readonly shows?: Shown
}
