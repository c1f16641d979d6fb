import { FileQuestion, Inbox } from 'lucide-react'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { keyCaps } from '../../actions/keys'
import type { Requisition } from '../../../contract/entities'
import { useConsole, useDesk, useReplica, useRequisition, useTexts } from '../../desk-hooks'
import { EmptyState } from '../../ui/empty-state'
import { Skeleton } from '../../ui/skeleton'
import { nextAction, previousAction } from './actions/move'
import { DecisionPane } from './decision-pane'
import { RequisitionDetail } from './requisition-detail'

/** Something that has been open for this long has been read, in milliseconds. */
const READ_AFTER_MILLISECONDS = 400

/** The requisition that is open, or what to do when none is. */
export function RequisitionPane({ id }: { readonly id: string | null }) {
  const { t } = useTexts()
  const platform = useConsole(({ info }) => info?.platform ?? 'linux')
  const { requisition, coming } = useShown(id)
  const isLoaded = useReplica(({ replica }) => replica.store.getState().phase === 'loaded')
  const { inbox } = useDesk()
  const writing = useStore(inbox.store, (state) => state.writing)
  useMarkRead(requisition)

  if (requisition) return <RequisitionDetail key={requisition.id} requisition={requisition} />
  const absent =
    coming === 'on_its_way' ? (
      <Skeleton label={t('controls.loading')} rows={6} />
    ) : coming === 'missing' ? (
      <EmptyState
        icon={FileQuestion}
        title={t('inbox.missing')}
        detail={t('inbox.missingDetail')}
      />
    ) : (
      <EmptyState icon={FileQuestion} title={t('inbox.gone')} detail={t('inbox.goneDetail')} />
    )
  // What is being written stays in its field, whatever becomes of the document.
  if (id !== null && writing) {
    return (
      <>
        {absent}
        <DecisionPane key={writing} id={id} writing={writing} />
      </>
    )
  }
  if (coming !== 'no') return absent
  if (id !== null && isLoaded) {
    return <EmptyState icon={FileQuestion} title={t('inbox.gone')} detail={t('inbox.goneDetail')} />
  }
  const cap = (key: string | undefined) => keyCaps(key ?? '', platform).join('')
  return (
    <EmptyState
      icon={Inbox}
      title={t('inbox.nothingSelected')}
      detail={t('inbox.nothingSelectedDetail', {
        down: cap(nextAction.keys?.[0]),
        up: cap(previousAction.keys?.[0]),
      })}
    />
  )
}

/**
 * What is open; while a newer version is on its way from the disk, the one before it. When it comes it
 * has come up by itself, and a press that was meant for the other must not decide it.
 */
function useShown(id: string | null) {
  const { decisionGuard } = useDesk()
  const newest = useRequisition(id)
  const coming = useReplica(({ replica }) => {
    const held = id === null ? undefined : replica.requisitions.get(id)
    if (!held || held.hasWhole) return 'no'
    return held.isMissing ? 'missing' : 'on_its_way'
  })
  const [last, setLast] = useState(newest)
  const shown = useRef(newest)
  if (newest && newest !== last) setLast(newest)
  useLayoutEffect(() => {
    if (!newest) return
    const before = shown.current
    shown.current = newest
    if (before?.id === newest.id && before.revision !== newest.revision) decisionGuard.hold()
  }, [newest, decisionGuard])
  const requisition = newest ?? (coming === 'on_its_way' && last?.id === id ? last : undefined)
  return { requisition, coming }
}

function useMarkRead(requisition: Requisition | undefined): void {
  const { reads, commands, report } = useDesk()
  const isUnread = useReplica(() => requisition !== undefined && reads.isUnread(requisition))
  const id = requisition?.id
  const revision = requisition?.revision
  useEffect(() => {
    if (!isUnread || id === undefined || revision === undefined) return undefined
    const timer = setTimeout(() => {
      reads.markHere(id, revision)
      commands
        .send({
          type: 'requisition.mark_read',
          aggregateId: id,
          expectedVersion: null,
          payload: { revision },
        })
        .catch(report)
    }, READ_AFTER_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [isUnread, id, revision, reads, commands, report])
}
