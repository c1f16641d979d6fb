import { useEffect } from 'react'
import { signOut } from '../../actions/application'
import { useConsole, useDesk, useNavigation, useTexts, useUser } from '../../desk-hooks'
import { waitingOf } from '../../state/waiting'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import css from './sign-out-question.module.css'

/** Asked before someone leaves decisions behind that have not been sent. */
export function SignOutQuestion() {
  const desk = useDesk()
  const { t } = useTexts()
  const user = useUser()
  const isOpen = useNavigation(({ overlay }) => overlay === 'sign_out')
  const { toSend, refused } = waitingOf({ outbox: useConsole((state) => state.outbox) })
  const close = () => desk.navigation.show(null)
  const isNeedless = isOpen && toSend === 0
  useEffect(() => {
    // What waited has been sent meanwhile, or the session has ended by itself.
    if (isNeedless) desk.navigation.show(null)
  }, [desk, isNeedless])
  return (
    <Dialog
      title={t('session.signOutWaitingTitle', { count: toSend })}
      isOpen={isOpen && toSend > 0}
      onClose={close}
    >
      <div className={css.question}>
        <p>{t('session.waiting', { count: toSend, name: user?.displayName ?? '' })}</p>
        {refused > 0 && <p>{t('settings.signOutRefused', { count: refused })}</p>}
        <div className={css.answers}>
          <Button autoFocus onPress={close}>
            {t('controls.cancel')}
          </Button>
          <Button variant="primary" onPress={() => signOut(desk)}>
            {t('session.signOut')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
