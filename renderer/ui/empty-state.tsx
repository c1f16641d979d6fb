import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import css from './empty-state.module.css'

/** What would be here, and how it gets here. */
export function EmptyState({
  icon: Icon,
  title,
  detail,
  actions,
}: {
  readonly icon?: LucideIcon
  readonly title: string
  readonly detail?: string | undefined
  readonly actions?: ReactNode
}) {
  return (
    <div className={css.empty}>
      {Icon && <Icon size={24} strokeWidth={1.5} className={css.icon} aria-hidden="true" />}
      <p className={css.title}>{title}</p>
      {detail && <p className={css.detail}>{detail}</p>}
      {actions && <div className={css.actions}>{actions}</div>}
    </div>
  )
}
