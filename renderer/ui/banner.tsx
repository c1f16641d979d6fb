import { Info } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { classes } from './class-names'
import css from './banner.module.css'
import { meaningIcon } from './status'
import type { Meaning } from './status'

/** Says what is the matter with the pane or the window it stands in, and what can be done about it. */
export function Banner({
  meaning,
  icon,
  children,
  actions,
  isEdge = false,
  isAlert = false,
  className,
}: {
  readonly meaning: Meaning
  readonly icon?: LucideIcon
  readonly children: ReactNode
  readonly actions?: ReactNode
  /** From edge to edge of the window instead of in the flow of a pane. */
  readonly isEdge?: boolean
  /** Read out at once: something a person did went wrong. */
  readonly isAlert?: boolean
  readonly className?: string | undefined
}) {
  // An empty circle would look like something to choose.
  const Icon = icon ?? (meaning === 'plain' ? Info : meaningIcon[meaning])
  return (
    <div
      role={isAlert ? 'alert' : 'status'}
      className={classes(css.banner, css[meaning], isEdge && css.edge, className)}
    >
      <Icon className={css.icon} size={16} aria-hidden="true" />
      <div className={css.words} data-selectable="">
        {children}
      </div>
      {actions && <div className={css.actions}>{actions}</div>}
    </div>
  )
}
