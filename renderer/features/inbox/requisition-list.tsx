import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useRef } from 'react'
import type { UIEvent } from 'react'
import { useConsole, useDesk, useTexts } from '../../desk-hooks'
import type { InboxView } from '../../state/inbox'
import { KeyHint } from '../../ui/key-hint'
import { Skeleton } from '../../ui/skeleton'
import { approveAction } from './actions/approve'
import { nextAction, previousAction } from './actions/move'
import { rejectAction } from './actions/reject'
import { InboxEmpty } from './inbox-empty'
import { LIST_ID } from './focus'
import { useIsLoading } from './use-is-loading'
import { RequisitionRow } from './requisition-row'
import css from './requisition-list.module.css'
import { select } from './selection'

/** Of a row, in pixels; the same as `--list-row`. */
const ROW = { comfortable: 60, compact: 52 } as const
/** After this long without a move the list is not being worked in. */
const IDLE_MILLISECONDS = 4_000

/** The requisitions, one row each; only the rows that can be seen are drawn. */
export function RequisitionList({
  view: { ids },
  selected,
}: {
  readonly view: InboxView
  readonly selected: string | null
}) {
  const desk = useDesk()
  const { t } = useTexts()
  const isLoading = useIsLoading()
  const density = useConsole(({ settings }) => settings?.density ?? 'comfortable')
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW[density],
    getItemKey: (at) => ids[at] ?? at,
    overscan: 10,
  })
  useEffect(() => virtualizer.measure(), [density, virtualizer])

  const { onWork, onScroll } = useHoldNew()
  const at = selected === null ? -1 : ids.indexOf(selected)
  // Only a new selection scrolls: a list that grows must not.
  const shown = useRef(selected)
  useEffect(() => {
    if (shown.current === selected) return
    shown.current = selected
    if (at >= 0) virtualizer.scrollToIndex(at)
  }, [selected, at, virtualizer])

  return (
    <div className={css.frame}>
      <div
        ref={scroller}
        id={LIST_ID}
        className={css.scroller}
        role="listbox"
        data-list=""
        tabIndex={0}
        aria-label={t('inbox.list')}
        aria-activedescendant={at >= 0 ? rowId(selected) : undefined}
        onPointerMove={onWork}
        onKeyDown={onWork}
        onScroll={onScroll}
      >
        {ids.length === 0 ? (
          isLoading ? (
            <Skeleton label={t('session.loadingReplica')} height={ROW[density]} />
          ) : (
            <InboxEmpty />
          )
        ) : (
          <div className={css.rows} style={{ height: virtualizer.getTotalSize() }}>
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
                  aria-setsize={ids.length}
                  aria-posinset={index + 1}
                  style={{ height: size, transform: `translateY(${start}px)` }}
                  onPointerDown={(event) => {
                    if (event.button === 0) select(desk, id)
                  }}
                >
                  <RequisitionRow id={id} isSelected={id === selected} />
                </div>
              )
            })}
          </div>
        )}
      </div>
      <footer className={css.hints} aria-hidden="true">
        <Hint keys={[nextAction.keys?.[0], previousAction.keys?.[0]]}>{t('inbox.hint.move')}</Hint>
        <Hint keys={approveAction.keys}>{t('inbox.hint.approve')}</Hint>
        <Hint keys={rejectAction.keys}>{t('inbox.hint.reject')}</Hint>
        <Hint keys={['?']}>{t('inbox.hint.all')}</Hint>
      </footer>
    </div>
  )
}

function rowId(id: string | null): string {
  return `requisition-${id}`
}

function Hint({
  keys = [],
  children,
}: {
  readonly keys?: readonly (string | undefined)[] | undefined
  readonly children: string
}) {
  return (
    <span className={css.hint}>
      {keys.map((key) => key && <KeyHint key={key} keys={key} />)} {children}
    </span>
  )
}

/** Tells the inbox when new rows would move what someone is looking at. */
function useHoldNew() {
  const { inbox } = useDesk()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const isScrolled = useRef(false)
  const onWork = useCallback(() => {
    inbox.holdNew(true)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => inbox.holdNew(isScrolled.current), IDLE_MILLISECONDS)
  }, [inbox])
  const onScroll = useCallback(
    (event: UIEvent<HTMLElement>) => {
      isScrolled.current = event.currentTarget.scrollTop > 4
      onWork()
    },
    [onWork],
  )
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      inbox.holdNew(false)
    },
    [inbox],
  )
  return { onWork, onScroll }
}
