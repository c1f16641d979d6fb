import type { ReactNode } from 'react'
import css from './split-pane.module.css'

/** A list of fixed width and the detail that takes the rest. */
export function SplitPane({
  list,
  detail,
  listLabel,
  detailLabel,
}: {
  readonly list: ReactNode
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
        {detail}
      </section>
    </div>
  )
}
