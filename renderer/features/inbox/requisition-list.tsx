import { useCallback, useEffect, useMemo, useRef } from 'react'
import type { UIEvent } from 'react'
import { useStore } from 'zustand'
import { useDesk, useTexts } from '../../desk-hooks'
import { INBOX } from '../../state/inbox'
import type { InboxView } from '../../state/inbox'
import { RowList } from '../../ui/row-list'
import { approveAction } from './actions/approve'
import { nextAction, previousAction } from './actions/move'
import { pickAction } from './actions/pick'
import { rejectAction } from './actions/reject'
import { InboxEmpty } from './inbox-empty'
import { RequisitionRow } from './requisition-row'
import { pickTo, select } from './selection'
import { useIsLoading } from './use-is-loading'

/** After this long without a move the list is not being worked in. */
const IDLE_MILLISECONDS = 4_000

/** The requisitions, one row each. */
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
  const { onWork, onScroll } = useHoldNew()
  const picked = useStore(desk.picked.store, (state) => state.ids)
  const hints = useMemo(
    () => [
      { keys: [nextAction.keys?.[0], previousAction.keys?.[0]], text: t('inbox.hint.move') },
      { keys: [approveAction.keys?.[0]], text: t('inbox.hint.approve') },
      { keys: [rejectAction.keys?.[0]], text: t('inbox.hint.reject') },
      { keys: [pickAction.keys?.[0]], text: t('inbox.hint.pick') },
      { keys: ['?'], text: t('inbox.hint.all') },
    ],
    [t],
  )
  return (
    <RowList
      screen={INBOX}
      label={t('inbox.list')}
      ids={ids}
      selected={selected}
      onSelect={(id) => select(desk, id)}
      row={(id, isSelected) => <RequisitionRow id={id} isSelected={isSelected} />}
      isLoading={isLoading}
      empty={<InboxEmpty />}
      onWork={onWork}
      onScroll={onScroll}
      hints={hints}
      picked={picked}
      onPick={(id, how) => (how === 'toggle' ? desk.picked.toggle(id) : pickTo(desk, id))}
    />
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
