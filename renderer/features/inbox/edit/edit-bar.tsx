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
import { leaveEditAction, proposeAction, saveEditAction } from '../actions/edit'
import { Totals } from '../totals'
import { editProblem, leaveEdit } from './editing'
import { EditingBar } from './editing-bar'
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
    <EditingBar
      question={isLeaving ? t('edit.leaveQuestion') : null}
      onDiscard={() => desk.edits.drop(requisition.id)}
      onGoOn={() => leaveEdit(desk, requisition)}
      isSaving={problem?.kind === 'sending'}
      note={problem?.why(texts) ?? limits.join(' · ')}
      beside={edited.totals && <Totals totals={edited.totals} />}
    >
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
    </EditingBar>
  )
}
