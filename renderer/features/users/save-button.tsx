import type { Action } from '../../actions/action'
import { runAction } from '../../actions/run-action'
import { canReachGateway } from '../../state/console'
import { useConsole, useDesk, useTexts } from '../../desk-hooks'
import type { Send } from '../../state/sends'
import { Button } from '../../ui/button'
import { saveAction } from './actions/write'

/** The primary action of a form: sends it, or asks what became of it where nobody answered. */
export function SaveButton({
  action = saveAction,
  sent,
  isDisabled,
  children,
}: {
  /** What saves it. */
  readonly action?: Action
  readonly sent: Send | undefined
  readonly isDisabled: boolean
  readonly children: string
}) {
  const desk = useDesk()
  const { t } = useTexts()
  const isReachable = useConsole(canReachGateway)
  const isUnknown = sent?.phase.kind === 'unknown'
  return (
    <Button
      variant="primary"
      keys={action.keys?.[0]}
      isDisabled={isUnknown ? false : isDisabled || !isReachable}
      onPress={() => runAction(desk, action)}
    >
      {isUnknown ? t('controls.askAgain') : children}
    </Button>
  )
}
