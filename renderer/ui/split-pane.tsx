import type { ReactNode } from 'react'
import { CrashBoundary } from './crash-boundary'
import css from './split-pane.module.css'

/** A list of fixed width and the detail that takes the rest. What breaks in one detail breaks no other. */
export function SplitPane({
  list,
  selected,
  detail,
  listLabel,
  detailLabel,
}: {
  readonly list: ReactNode
  /** What is open in the detail. */
  readonly selected: string | null
  readonly detail: ReactNode
  readonly listLabel: string
  readonly detailLabel: string
}) {
  return (
    <div className={css.split}>
      <section className={css.list} aria-label={listLabel}>
        {list}
      </section>
      <section className={css.detail} aria-label={detailLabel}>
        <CrashBoundary key={selected}>{detail}</CrashBoundary>
      </section>
    </div>
  )
}
