import { memo, Suspense } from 'react'
import { useStore } from 'zustand'
import { Lock } from 'lucide-react'
import { mayDo } from '../../../domain/access/rights'
import { useDesk, useNavigation, useReplica, useTexts, useUser } from '../../desk-hooks'
import { late } from '../../late'
import { EmptyState } from '../../ui/empty-state'
import { SplitPane } from '../../ui/split-pane'
import { BulkBar } from './bulk/bulk-bar'
import { InboxHeader } from './inbox-header'
import { RequisitionList } from './requisition-list'
import { RequisitionPane } from './requisition-pane'
import { INBOX } from '../../state/inbox'
import { inboxView } from './selection'

const LateResults = late(async () => (await import('./bulk/bulk-results')).BulkResults)

/** What is open is not drawn anew because the list was. */
const Pane = memo(RequisitionPane)

/** What has come in, beside the one that is open. */
export function InboxView() {
  const desk = useDesk()
  const { t } = useTexts()
  useStore(desk.inbox.store)
  const view = useReplica(inboxView)
  const selected = useNavigation((state) => state.selected[INBOX] ?? null)
  const showsResults = useStore(desk.bulk.store, ({ run }) => run?.isShown === true)
  const user = useUser()
  if (user && !mayDo(user, 'read_requisition')) {
    return (
      <EmptyState icon={Lock} title={t('inbox.notAllowed')} detail={t('inbox.notAllowedDetail')} />
    )
  }
  return (
    <SplitPane
      listLabel={t('inbox.title')}
      detailLabel={t('lines.title')}
      list={
        <>
          <InboxHeader view={view} />
          <RequisitionList view={view} selected={selected} />
          <BulkBar />
        </>
      }
      selected={selected}
      detail={
        showsResults ? (
          <Suspense>
            <LateResults />
          </Suspense>
        ) : (
          <Pane id={selected} />
        )
      }
    />
  )
}
