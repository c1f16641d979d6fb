import { AlertTriangle } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTexts } from '../../../desk-hooks'
import { Button } from '../../../ui/button'
import { PendingStatus } from '../../../ui/status'
import barCss from '../decision-bar.module.css'

/** The foot of an editor: what can be done, and the question before what was typed is thrown away. */
export function EditingBar({
  question,
  onDiscard,
  onGoOn,
  isSaving,
  note,
  beside,
  children,
}: {
  /** Asked when somebody leaves what they have typed; null as long as nobody does. */
  readonly question: string | null
  readonly onDiscard: () => void
  readonly onGoOn: () => void
  readonly isSaving: boolean
  /** What stands in the way, or is good to know. */
  readonly note: string
  readonly beside?: ReactNode
  /** The buttons while nobody leaves. With keys, so that the answer is drawn anew and takes the focus. */
  readonly children: ReactNode
}) {
  const { t } = useTexts()
  return (
    <footer className={barCss.bar} data-foot="" data-editing="">
      <div className={barCss.decision}>
        {question !== null && (
          <div className={barCss.warning} role="alert">
            <AlertTriangle size={16} aria-hidden="true" />
            <p>{question}</p>
          </div>
        )}
        <div className={barCss.buttons}>
          {question === null ? (
            children
          ) : (
            <>
              <Button key="discard" variant="danger" onPress={onDiscard}>
                {t('edit.discard')}
              </Button>
              <Button key="go-on" autoFocus onPress={onGoOn}>
                {t('edit.goOn')}
              </Button>
            </>
          )}
        </div>
        <p className={barCss.note} role="status">
          {isSaving ? <PendingStatus>{t('edit.saving')}</PendingStatus> : note}
        </p>
      </div>
      {beside}
    </footer>
  )
}
