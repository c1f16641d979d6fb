import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useEffect, useLayoutEffect, useRef, useState } from 'react'
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

export type TableCells = Readonly<Record<string, ReactNode>>

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
  revealed = null,
  className,
}: {
  readonly label: string
  readonly columns: readonly TableColumn[]
  readonly count: number
  readonly rowKey: (at: number) => string
  /** A guess of a row's height in pixels, before it has been drawn. */
  readonly rowHeight: (at: number) => number
  /** What stands in a row, by the columns’ ids. */
  readonly cells: (at: number) => TableCells
  /** The pane that scrolls; the table is somewhere within it. */
  readonly scroller: RefObject<HTMLElement | null>
  /** A row to be brought into sight; anew each time that it is another object. */
  readonly revealed?: { readonly at: number } | null
  readonly className?: string | undefined
}) {
  const body = useRef<HTMLDivElement>(null)
  const margin = useDistance(body, scroller)
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: rowHeight,
    getItemKey: rowKey,
    overscan: 8,
    scrollMargin: margin,
  })
  useEffect(() => {
    if (revealed) virtualizer.scrollToIndex(revealed.at, { align: 'center' })
  }, [revealed, virtualizer])
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
          <TableRow
            key={key}
            at={index}
            top={start - margin}
            measure={virtualizer.measureElement}
            columns={columns}
            cells={cells}
          />
        ))}
      </div>
    </div>
  )
}

/** Drawn anew when it moves or the table's caller draws, not with every step of scrolling. */
const TableRow = memo(function TableRow({
  at,
  top,
  measure,
  columns,
  cells,
}: {
  readonly at: number
  readonly top: number
  readonly measure: (element: Element | null) => void
  readonly columns: readonly TableColumn[]
  readonly cells: (at: number) => TableCells
}) {
  const shown = cells(at)
  return (
    <div
      ref={measure}
      data-index={at}
      role="row"
      aria-rowindex={at + 2}
      className={css.row}
      style={{ transform: `translateY(${top}px)` }}
    >
      {columns.map(({ id, align, className }) => (
        <div
          key={id}
          role="cell"
          className={classes(css.cell, align === 'end' && css.end, className)}
        >
          {shown[id]}
        </div>
      ))}
    </div>
  )
})

/**
 * How far below the top of what scrolls an element begins, in pixels. Followed by the sizes of all
 * that stands above it, since reading positions while scrolling would cost a layout each time.
 */
function useDistance(
  inner: RefObject<HTMLElement | null>,
  outer: RefObject<HTMLElement | null>,
): number {
  const [distance, setDistance] = useState(0)
  useLayoutEffect(() => {
    const [element, scroller] = [inner.current, outer.current]
    if (!element || !scroller) return undefined
    const measure = () => {
      const top = element.getBoundingClientRect().top - scroller.getBoundingClientRect().top
      setDistance(Math.round(top + scroller.scrollTop))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(scroller)
    for (let at: Element | null = element; at && at !== scroller; at = at.parentElement) {
      let above = at.previousElementSibling
      while (above) {
        observer.observe(above)
        above = above.previousElementSibling
      }
    }
    return () => observer.disconnect()
  }, [inner, outer])
  return distance
}
