import { useVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useRef, useState } from 'react'
import type { ReactNode, RefObject } from 'react'
import { classes } from './class-names'
import css from './table.module.css'

export interface TableColumn {
  readonly id: string
  readonly title: string
  readonly align?: 'start' | 'end'
  /** Of the cell and the heading: which place of the row's grid it takes. */
  readonly className?: string | undefined
}

/**
 * A table that draws only the rows that can be seen, inside a pane that scrolls as a whole. The
 * caller's `className` lays the columns out (`grid-template-columns` on `[role=row]`).
 */
export function Table({
  label,
  columns,
  count,
  rowKey,
  rowHeight,
  cells,
  scroller,
  className,
}: {
  readonly label: string
  readonly columns: readonly TableColumn[]
  readonly count: number
  readonly rowKey: (at: number) => string
  /** A guess of a row's height in pixels, before it has been drawn. */
  readonly rowHeight: (at: number) => number
  /** One cell for each column. */
  readonly cells: (at: number) => readonly ReactNode[]
  /** The pane that scrolls; the table is somewhere within it. */
  readonly scroller: RefObject<HTMLElement | null>
  readonly className?: string | undefined
}) {
  const body = useRef<HTMLDivElement>(null)
  const [margin, setMargin] = useState(0)
  useLayoutEffect(() => {
    const [inner, outer] = [body.current, scroller.current]
    if (!inner || !outer) return
    const distance =
      inner.getBoundingClientRect().top - outer.getBoundingClientRect().top + outer.scrollTop
    if (Math.abs(distance - margin) > 0.5) setMargin(distance)
  })
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: rowHeight,
    getItemKey: rowKey,
    overscan: 8,
    scrollMargin: margin,
  })
  return (
    <div
      role="table"
      aria-label={label}
      aria-rowcount={count + 1}
      className={classes(css.table, className)}
    >
      <div role="rowgroup" className={css.head}>
        <div role="row" aria-rowindex={1}>
          {columns.map(({ id, title, align, className: place }) => (
            <div
              key={id}
              role="columnheader"
              className={classes(css.heading, align === 'end' && css.end, place)}
            >
              {title}
            </div>
          ))}
        </div>
      </div>
      <div
        role="rowgroup"
        ref={body}
        className={css.body}
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map(({ index, key, start }) => (
          <div
            key={key}
            ref={virtualizer.measureElement}
            data-index={index}
            role="row"
            aria-rowindex={index + 2}
            className={css.row}
            style={{ transform: `translateY(${start - margin}px)` }}
          >
            {cells(index).map((cell, at) => {
              const column = columns[at]
              return (
                <div
                  key={column?.id ?? at}
                  role="cell"
                  className={classes(
                    css.cell,
                    column?.align === 'end' && css.end,
                    column?.className,
                  )}
                >
                  {cell}
                </div>
              )
            })}
          </div>
        ))}
      </div>
    </div>
  )
}
