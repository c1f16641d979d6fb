import type { Action } from '../../actions/action'
import { useTexts } from '../../desk-hooks'
import type { Send } from '../../state/sends'
import { Button } from '../../ui/button'
import { PendingStatus } from '../../ui/status'
import headCss from '../inbox/requisition-head.module.css'
import { SaveButton } from './save-button'

/** What can be done with a change that is not saved, and how far it has come. */
export function DraftBar({
  save,
  sent,
  isBusy,
  hasConflict,
  onRevert,
}: {
  readonly save: Action
  readonly sent: Send | undefined
  readonly isBusy: boolean
  /** Somebody else has changed the same meanwhile: one has to choose first. */
  readonly hasConflict: boolean
  readonly onRevert: () => void
}) {
  const { t } = useTexts()
  return (
    <>
      <SaveButton action={save} sent={sent} isDisabled={isBusy || hasConflict}>
        {t('user.save')}
      </SaveButton>
      <Button variant="quiet" isDisabled={isBusy} onPress={onRevert}>
        {t('user.revert')}
      </Button>
      {sent?.phase.kind === 'unknown' ? null : isBusy ? (
        <PendingStatus>
          {t(sent?.phase.kind === 'asking' ? 'pending.asking' : 'user.saving')}
        </PendingStatus>
      ) : (
        <span className={headCss.document}>{t('user.unsaved')}</span>
      )}
    </>
  )
}
