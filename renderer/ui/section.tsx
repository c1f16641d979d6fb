import { useId } from 'react'
import type { ReactNode } from 'react'
import { classes } from './class-names'
import css from './section.module.css'

/** A part of a pane under a heading of its own. */
export function Section({
  title,
  action,
  level = 3,
  className,
  children,
}: {
  readonly title: string
  /** At the far end of the heading's line. */
  readonly action?: ReactNode
  /** Of the heading: below the one of the pane, or of the page. */
  readonly level?: 2 | 3
  readonly className?: string | undefined
  readonly children: ReactNode
}) {
  const id = useId()
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <section aria-labelledby={id} className={classes(css.section, className)}>
      <div className={css.head}>
        <Heading id={id}>{title}</Heading>
        {action}
      </div>
      {children}
    </section>
  )
}
