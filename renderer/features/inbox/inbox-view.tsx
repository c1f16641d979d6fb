import { useStore } from 'zustand'
import { useDesk, useNavigation, useReplica, useTexts } from '../../desk-hooks'
import { SplitPane } from '../../ui/split-pane'
import { CrashBoundary } from '../../ui/crash-boundary'
import { InboxHeader } from './inbox-header'
import { RequisitionList } from './requisition-list'
import { RequisitionPane } from './requisition-pane'
import { INBOX } from '../../state/inbox'
import { inboxView } from './selection'

/** What has come in, beside the one that is open. */
export function InboxView() {
  const desk = useDesk()
  const { t } = useTexts()
  useStore(desk.inbox.store)
  const view = useReplica(inboxView)
  const selected = useNavigation((state) => state.selected[INBOX] ?? null)
  return (
    <SplitPane
      listLabel={t('inbox.title')}
      detailLabel={t('lines.title')}
      list={
        <>
          <InboxHeader view={view} />
          <RequisitionList view={view} selected={selected} />
        </>
      }
      detail={
        <CrashBoundary key={selected}>
          <RequisitionPane id={selected} />
        </CrashBoundary>
      }
    />
  )
}
