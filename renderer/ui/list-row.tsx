import type { ReactNode } from 'react'
import { classes } from './class-names'
import css from './list-row.module.css'

/** A row of two lines: what it is and its figure, then what is to be known of it. */
export function ListRow({
  isSelected,
  isFaded = false,
  unread,
  title,
  figure,
  facts,
  end,
}: {
  readonly isSelected: boolean
  /** No longer in use: it stands back. */
  readonly isFaded?: boolean
  /** The word for it where it has not been read: it gets a point, and its title weight. */
  readonly unread?: string | null
  readonly title: ReactNode
  readonly figure?: ReactNode
  /** Divided by points; what is empty is left out. */
  readonly facts: readonly { readonly id: string; readonly content: ReactNode }[]
  readonly end?: ReactNode
}) {
  return (
    <div
      className={classes(
        css.row,
        isSelected && css.selected,
        isFaded && css.faded,
        unread && css.unread,
      )}
    >
      {unread && (
        <span className={css.dot}>
          <span className={css.hiddenWord}>{unread}</span>
        </span>
      )}
      <div className={css.line}>
        <span className={css.title}>{title}</span>
        {figure && <span className={css.figure}>{figure}</span>}
      </div>
      <div className={css.line}>
        <span className={css.facts}>
          {facts.map(({ id, content }) => content && <span key={id}>{content}</span>)}
        </span>
        {end && <span className={css.end}>{end}</span>}
      </div>
    </div>
  )
}
