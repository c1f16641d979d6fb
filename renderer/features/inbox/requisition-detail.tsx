import { Suspense, useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import type { Requisition } from '../../../contract/entities'
import { awaitsDecision } from '../../../domain/requisition/states'
import { useDesk, useTexts } from '../../desk-hooks'
import { INBOX } from '../../state/inbox'
import { detailId } from '../../ui/list-focus'
import { ApprovalSteps } from './approval-steps'
import { NoBuyersNotice } from './buyers'
import { ChangesBanner } from './changes-banner'
import { DecisionBar } from './decision-bar'
import { DecisionNotices } from './decision-notices'
import { DecisionPane } from './decision-pane'
import { DropZone } from './drop-zone'
import { ChangedMeanwhile } from './edit/changed-meanwhile'
import { LateEditBar, LateEditPane } from './edit/late'
import { PartsNotice } from './parts-notice'
import { ProposalNotice } from './proposal-notice'
import { ReasonsBanner } from './reasons-banner'
import { RequisitionAside } from './requisition-aside'
import { RequisitionHead } from './requisition-head'
import { RequisitionLines } from './requisition-lines'
import { Skeleton } from '../../ui/skeleton'
import css from './requisition-detail.module.css'
import { useWidth } from './use-width'
import { WaitingNotices } from './waiting-notices'

/** From this width on, in pixels, customer and history stand beside the lines, else below them. */
const WIDE = 960

/** One requisition: who asks, why someone has to decide, the lines, and the decision at the foot. */
export function RequisitionDetail({ requisition }: { readonly requisition: Requisition }) {
  const { t } = useTexts()
  const { inbox, edits, decisionGuard } = useDesk()
  const writing = useStore(inbox.store, (state) => state.writing)
  const isEditing = useStore(edits.store, ({ drafts }) => drafts.has(requisition.id))
  const scroller = useRef<HTMLDivElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  const isWide = useWidth(frame) >= WIDE
  const { id, revision } = requisition
  useEffect(() => decisionGuard.shown(), [decisionGuard, id, revision])
  return (
    <DropZone requisition={requisition} frame={frame} className={css.frame}>
      <div className={css.columns}>
        <div
          ref={scroller}
          id={detailId(INBOX)}
          className={css.scroller}
          data-scroller=""
          tabIndex={0}
          role="region"
          aria-label={requisition.number}
        >
          <RequisitionHead requisition={requisition} />
          <div className={css.notices}>
            {/* While a text is written they stand with it, in sight. */}
            {!writing && <DecisionNotices requisition={requisition} />}
            <WaitingNotices requisition={requisition} />
            {!isWide && <NoBuyersNotice requisition={requisition} />}
            <ChangesBanner requisition={requisition} />
            {isEditing && <ChangedMeanwhile requisition={requisition} />}
            <ProposalNotice requisition={requisition} />
            <PartsNotice requisition={requisition} />
            <ReasonsBanner requisition={requisition} />
            <ApprovalSteps
              steps={requisition.steps}
              isOpen={awaitsDecision(requisition.state)}
              companyId={requisition.companyId}
            />
          </div>
          {isEditing ? (
            <Suspense fallback={<Skeleton label={t('controls.loading')} rows={6} />}>
              <LateEditPane requisition={requisition} scroller={scroller} />
            </Suspense>
          ) : (
            <RequisitionLines requisition={requisition} scroller={scroller} />
          )}
          {!isWide && <RequisitionAside requisition={requisition} placement="below" />}
        </div>
        {isWide && (
          <aside
            className={css.aside}
            data-scroller=""
            tabIndex={0}
            aria-label={t('head.customer')}
          >
            <RequisitionAside requisition={requisition} placement="beside" />
          </aside>
        )}
      </div>
      {writing ? (
        <DecisionPane key={writing} id={requisition.id} writing={writing} />
      ) : isEditing ? (
        <Suspense fallback={<footer />}>
          <LateEditBar requisition={requisition} />
        </Suspense>
      ) : (
        <DecisionBar requisition={requisition} />
      )}
    </DropZone>
  )
}
