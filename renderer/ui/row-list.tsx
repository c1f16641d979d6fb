import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useEffect, useRef } from 'react'
import type { PointerEvent, ReactNode, UIEvent } from 'react'
import type { ListActions } from '../actions/list-actions'
import { useConsole, useTexts } from '../desk-hooks'
import type { Texts } from '../../language/texts'
import { KeyHint } from './key-hint'
import { listId } from './list-focus'
import css from './row-list.module.css'
import { Skeleton } from './skeleton'
import { useShownSelection } from './use-shown-selection'

/** Of a row, in pixels; the same as `--list-row`. */
const ROW = { comfortable: 60, compact: 52 } as const

export interface ListHint {
  readonly keys: readonly (string | undefined)[]
  readonly text: string
}

/** The keys that every list has, told at its foot. */
export function usualHints(
  { next, previous, search }: Pick<ListActions, 'next' | 'previous' | 'search'>,
  { t }: Texts,
): readonly ListHint[] {
  return [
    { keys: [next.keys?.[0], previous.keys?.[0]], text: t('inbox.hint.move') },
    { keys: [search.keys?.[0]], text: t('orders.hint.search') },
    { keys: ['?'], text: t('inbox.hint.all') },
  ]
}

/**
 * A list beside a detail: one row each, only those that can be seen are drawn. It is one stop for
 * the keyboard; the selection moves by the screen's own actions.
 */
export function RowList({
  screen,
  label,
  ids,
  selected,
  onSelect,
  row,
  isLoading,
  empty,
  footer,
  hints,
  onWork,
  onScroll,
  picked,
  onPick,
}: {
  readonly screen: string
  readonly label: string
  readonly ids: readonly string[]
  readonly selected: string | null
  readonly onSelect: (id: string) => void
  readonly row: (id: string, isSelected: boolean) => ReactNode
  readonly isLoading: boolean
  /** Instead of the rows when there are none. */
  readonly empty: ReactNode
  /** Below the last row, where the list goes on elsewhere. */
  readonly footer?: ReactNode
  readonly hints: readonly ListHint[]
  /** Somebody moves the pointer over it or presses a key in it. */
  readonly onWork?: () => void
  readonly onScroll?: (event: UIEvent<HTMLElement>) => void
  /** Rows that are picked out, beside the one that is open; only where rows can be. */
  readonly picked?: ReadonlySet<string>
  /** With Ctrl or ⌘ or on its box one row, with Shift all rows up to it. */
  readonly onPick?: (id: string, how: 'toggle' | 'stretch') => void
}) {
  const { t } = useTexts()
  const density = useConsole(({ settings }) => settings?.density ?? 'comfortable')
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW[density],
    getItemKey: (at) => ids[at] ?? at,
    overscan: 4,
  })
  useEffect(() => virtualizer.measure(), [density, virtualizer])

  const at = selected === null ? -1 : ids.indexOf(selected)
  useShownSelection(virtualizer, selected, at)

  const rowId = (id: string) => `${screen}-${id}`
  return (
    <div className={css.frame} data-none-open={at < 0 ? '' : undefined}>
      <div ref={scroller} className={css.scroller} data-scroller="" onScroll={onScroll}>
        {ids.length === 0 ? (
          isLoading ? (
            <Skeleton label={t('session.loadingReplica')} height={ROW[density]} />
          ) : (
            <div className={css.empty}>{empty}</div>
          )
        ) : (
          <div
            id={listId(screen)}
            role="listbox"
            data-list=""
            tabIndex={0}
            aria-label={label}
            aria-multiselectable={onPick ? true : undefined}
            aria-activedescendant={at >= 0 && selected !== null ? rowId(selected) : undefined}
            className={css.rows}
            onPointerMove={onWork}
            onKeyDown={onWork}
            style={{ height: virtualizer.getTotalSize() }}
          >
            {virtualizer.getVirtualItems().map(({ index, start, size }) => {
              const id = ids[index]
              if (id === undefined) return null
              return (
                <div
                  key={id}
                  id={rowId(id)}
                  className={css.row}
                  role="option"
                  aria-selected={id === selected}
                  aria-checked={picked?.has(id)}
                  aria-setsize={ids.length}
                  aria-posinset={index + 1}
                  style={{ height: size, transform: `translateY(${start}px)` }}
                  onPointerDown={(event) => {
                    if (event.button !== 0) return
                    const how = onPick && howPicked(event)
                    if (how) onPick(id, how)
                    else onSelect(id)
                  }}
                >
                  {row(id, id === selected)}
                </div>
              )
            })}
          </div>
        )}
        {footer && <div className={css.footer}>{footer}</div>}
      </div>
      <Hints hints={hints} />
    </div>
  )
}

function howPicked(event: PointerEvent): 'toggle' | 'stretch' | null {
  if (event.shiftKey) return 'stretch'
  const isOnBox = event.target instanceof Element && event.target.closest('[data-pick]') !== null
  return isOnBox || event.ctrlKey || event.metaKey ? 'toggle' : null
}

export const Hints = memo(function Hints({ hints }: { readonly hints: readonly ListHint[] }) {
  return (
    <footer className={css.hints} aria-hidden="true">
      <span className={css.some}>
        {hints.slice(0, -1).map((hint) => (
          <Hint key={hint.text} hint={hint} />
        ))}
      </span>
      {hints.slice(-1).map((hint) => (
        <Hint key={hint.text} hint={hint} />
      ))}
    </footer>
  )
})

function Hint({ hint: { keys, text } }: { readonly hint: ListHint }) {
  return (
    <span className={css.hint}>
      {keys.map((key) => key && <KeyHint key={key} keys={key} />)} {text}
    </span>
  )
}
