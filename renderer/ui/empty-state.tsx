import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import css from './empty-state.module.css'

/** What would be here, and how it gets here. */
export function EmptyState({
  icon: Icon,
  title,
  detail,
  actions,
  isScreen = false,
}: {
  readonly icon?: LucideIcon
  readonly title: string
  readonly detail?: string | undefined
  readonly actions?: ReactNode
  /** Stands for a whole screen: its title is the heading of the page. */
  readonly isScreen?: boolean
}) {
  const Title = isScreen ? 'h1' : 'p'
  return (
    <div className={css.empty}>
      {Icon && <Icon size={24} strokeWidth={1.5} className={css.icon} aria-hidden="true" />}
      <Title className={css.title}>{title}</Title>
      {detail && <p className={css.detail}>{detail}</p>}
      {actions && <div className={css.actions}>{actions}</div>}
    </div>
  )
}
