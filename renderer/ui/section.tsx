import { useId } from 'react'
import type { ReactNode } from 'react'
import { classes } from './class-names'
import css from './section.module.css'

/** A part of a pane under a heading of its own. */
export function Section({
  title,
  action,
  className,
  children,
}: {
  readonly title: string
  /** At the far end of the heading's line. */
  readonly action?: ReactNode
  readonly className?: string | undefined
  readonly children: ReactNode
}) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={classes(css.section, className)}>
      <div className={css.head}>
        <h3 id={id}>{title}</h3>
        {action}
      </div>
      {children}
    </section>
  )
}
