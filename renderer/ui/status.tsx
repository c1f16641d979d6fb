import { AlertTriangle, CheckCircle2, Circle, Clock, Info, XCircle } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { classes } from './class-names'
import css from './status.module.css'

export type Meaning = 'plain' | 'good' | 'notice' | 'warning' | 'danger'

/** The shape of each meaning, so that colour never speaks alone. */
export const meaningIcon: { readonly [M in Meaning]: LucideIcon } = {
  plain: Circle,
  good: CheckCircle2,
  notice: Info,
  warning: AlertTriangle,
  danger: XCircle,
}

/** A state in a word with its shape. */
export function Status({
  meaning,
  icon,
  children,
}: {
  readonly meaning: Meaning
  readonly icon?: LucideIcon
  readonly children: ReactNode
}) {
  const Icon = icon ?? meaningIcon[meaning]
  return (
    <span className={classes(css.status, css[meaning])}>
      <Icon size={14} aria-hidden="true" />
      {children}
    </span>
  )
}

/** Still on its way: the same word with a clock. */
export function PendingStatus({ children }: { readonly children: ReactNode }) {
  return (
    <Status meaning="notice" icon={Clock}>
      {children}
    </Status>
  )
}
