import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { classes } from './class-names'
import css from './list-row.module.css'

/** A row of two lines: what it is and its figure, then what is to be known of it. */
export function ListRow({
  isSelected,
  isFaded = false,
  unread,
  pick = null,
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
  /** Where rows can be picked out: whether this one is, and whether any is. */
  readonly pick?: { readonly isPicked: boolean; readonly isPicking: boolean } | null
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
        pick?.isPicking && css.picking,
        pick?.isPicked && css.picked,
      )}
    >
      {pick && (
        <span className={css.pick} data-pick="" aria-hidden="true">
          <span className={css.box}>{pick.isPicked && <Check size={11} strokeWidth={3} />}</span>
        </span>
      )}
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
