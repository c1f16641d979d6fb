import { AlertTriangle } from 'lucide-react'
import { useStore } from 'zustand'
import type { Requisition } from '../../../../contract/entities'
import { runAction } from '../../../actions/run-action'
import {
  useConsole,
  useDesk,
  useOwnUser,
  usePending,
  useReplica,
  useTexts,
} from '../../../desk-hooks'
import { Button } from '../../../ui/button'
import { PendingStatus } from '../../../ui/status'
import { leaveEditAction, proposeAction, saveEditAction } from '../actions/edit'
import barCss from '../decision-bar.module.css'
import { Totals } from '../totals'
import { editProblem, leaveEdit } from './editing'
import { useEdited } from './use-edited'

/** Saving, proposing and leaving, with the sums as they would be and how far one may go. */
export function EditBar({ requisition }: { readonly requisition: Requisition }) {
  const desk = useDesk()
  const texts = useTexts()
  const { t, formats } = texts
  useReplica(({ replica }) => replica.store.getState().revision)
  useConsole((state) => state)
  usePending(requisition.id)
  const edited = useEdited(requisition)
  const isLeaving = useStore(desk.edits.store, ({ leaving }) => leaving === requisition.id)
  const user = useOwnUser()
  if (!edited) return null
  const problem = editProblem(desk, requisition)
  const limits = [
    user?.discountLimit != null &&
      t('edit.discountLimit', { limit: formats.percent(user.discountLimit) }),
    user?.marginFloor != null &&
      t('edit.marginFloor', { limit: formats.percent(user.marginFloor) }),
    user?.approvalLimit != null &&
      t('edit.approvalLimit', {
        limit: formats.wholeMoney(user.approvalLimit, requisition.currency),
      }),
  ].filter((text) => text !== false)
  return (
    <footer className={barCss.bar} data-foot="" data-editing="">
      <div className={barCss.decision}>
        {isLeaving && (
          <div className={barCss.warning} role="alert">
            <AlertTriangle size={16} aria-hidden="true" />
            <p>{t('edit.leaveQuestion')}</p>
          </div>
        )}
        <div className={barCss.buttons}>
          {/* Keys, so that the answer is drawn anew and takes the focus. */}
          {isLeaving ? (
            <>
              <Button
                key="discard"
                variant="danger"
                onPress={() => desk.edits.drop(requisition.id)}
              >
                {t('edit.discard')}
              </Button>
              <Button key="go-on" autoFocus onPress={() => leaveEdit(desk, requisition)}>
                {t('edit.goOn')}
              </Button>
            </>
          ) : (
            <>
              <Button
                key="save"
                variant="primary"
                keys={saveEditAction.keys?.[0]}
                isDisabled={problem !== null}
                onPress={() => runAction(desk, saveEditAction)}
              >
                {t('edit.save')}
              </Button>
              <Button
                key="propose"
                keys={proposeAction.keys?.[0]}
                isDisabled={problem !== null}
                onPress={() => runAction(desk, proposeAction)}
              >
                {t('edit.propose')}
              </Button>
              <Button
                key="leave"
                variant="quiet"
                keys={leaveEditAction.keys?.[0]}
                onPress={() => runAction(desk, leaveEditAction)}
              >
                {t('edit.leave')}
              </Button>
            </>
          )}
        </div>
        <p className={barCss.note} role="status">
          {problem?.kind === 'sending' ? (
            <PendingStatus>{t('edit.saving')}</PendingStatus>
          ) : (
            (problem?.why(texts) ?? limits.join(' · '))
          )}
        </p>
      </div>
      {edited.totals && <Totals totals={edited.totals} />}
    </footer>
  )
}
