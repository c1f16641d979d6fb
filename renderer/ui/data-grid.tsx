import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useRef } from 'react'
import type { CSSProperties, ReactNode } from 'react'
import { useTexts } from '../desk-hooks'
import { classes } from './class-names'
import { listId } from './list-focus'
import css from './data-grid.module.css'
import { Hints, type ListHint } from './row-list'
import { Skeleton } from './skeleton'
import { useShownSelection } from './use-shown-selection'

/** Of a row, in pixels; the same as in the styles. */
const ROW = 32

export interface DataColumn {
  readonly id: string
  readonly title: string
  /** What the row is about: wide, to the left, and in sight when the others scroll. */
  readonly isName?: boolean
}

/**
 * Many rows of figures under headings, of which only those that can be seen are drawn. It is one stop
 * for the keyboard; the selection moves by the screen's own actions.
 */
export function DataGrid({
  screen,
  label,
  columns,
  ids,
  selected,
  onSelect,
  cell,
  isLoading,
  empty,
  hints,
}: {
  readonly screen: string
  readonly label: string
  readonly columns: readonly DataColumn[]
  readonly ids: readonly string[]
  readonly selected: string | null
  readonly onSelect: (id: string) => void
  readonly cell: (id: string, column: string) => ReactNode
  readonly isLoading: boolean
  /** Instead of the rows when there are none. */
  readonly empty: ReactNode
  readonly hints: readonly ListHint[]
}) {
  const { t } = useTexts()
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey: (at) => ids[at] ?? at,
    overscan: 8,
    // Rows do not lie under the heading.
    scrollPaddingStart: ROW,
  })
  const at = selected === null ? -1 : ids.indexOf(selected)
  useShownSelection(virtualizer, selected, at)
  const items = virtualizer.getVirtualItems()
  const rowId = (id: string) => `${screen}-${id}`
  const isEmpty = ids.length === 0
  return (
    <div className={css.frame}>
      <div ref={scroller} className={css.scroller} data-scroller="">
        {isEmpty &&
          (isLoading ? (
            <Skeleton label={t('session.loadingReplica')} height={ROW} />
          ) : (
            <div className={css.empty}>{empty}</div>
          ))}
        {!isEmpty && (
          <div
            id={listId(screen)}
            role="grid"
            data-list=""
            tabIndex={0}
            aria-label={label}
            aria-rowcount={ids.length + 1}
            aria-colcount={columns.length}
            aria-activedescendant={at >= 0 && selected !== null ? rowId(selected) : undefined}
            className={css.grid}
            style={
              {
                '--figures': columns.filter(({ isName }) => isName !== true).length,
              } as CSSProperties
            }
          >
            <div role="row" aria-rowindex={1} className={classes(css.row, css.head)}>
              {columns.map(({ id, title, isName }) => (
                <div
                  key={id}
                  role="columnheader"
                  className={isName === true ? css.name : css.figure}
                  title={title}
                >
                  {title}
                </div>
              ))}
            </div>
            <div
              role="rowgroup"
              className={css.body}
              style={{ height: virtualizer.getTotalSize(), paddingTop: items[0]?.start ?? 0 }}
            >
              {items.map(({ index }) => {
                const id = ids[index]
                if (id === undefined) return null
                return (
                  <DataRow
                    key={id}
                    id={id}
                    domId={rowId(id)}
                    rowIndex={index + 2}
                    isSelected={id === selected}
                    columns={columns}
                    cell={cell}
                    onSelect={onSelect}
                  />
                )
              })}
            </div>
          </div>
        )}
      </div>
      <Hints hints={hints} />
    </div>
  )
}

const DataRow = memo(function DataRow({
  id,
  domId,
  rowIndex,
  isSelected,
  columns,
  cell,
  onSelect,
}: {
  readonly id: string
  readonly domId: string
  readonly rowIndex: number
  readonly isSelected: boolean
  readonly columns: readonly DataColumn[]
  readonly cell: (id: string, column: string) => ReactNode
  readonly onSelect: (id: string) => void
}) {
  return (
    <div
      id={domId}
      role="row"
      aria-rowindex={rowIndex}
      aria-selected={isSelected}
      className={classes(css.row, isSelected && css.selected)}
      onPointerDown={(event) => {
        if (event.button === 0) onSelect(id)
      }}
    >
      {columns.map(({ id: column, isName }) => (
        <div
          key={column}
          role={isName === true ? 'rowheader' : 'gridcell'}
          className={isName === true ? css.name : css.figure}
        >
          {cell(id, column)}
        </div>
      ))}
    </div>
  )
})
