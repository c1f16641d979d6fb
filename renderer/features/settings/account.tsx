import { LogOut } from 'lucide-react'
import { useShallow } from 'zustand/react/shallow'
import { applicationActions } from '../../actions/application'
import { runAction } from '../../actions/run-action'
import type { Desk } from '../../desk'
import { useConsole, useDesk, useReplica, useTexts, useOwnUser } from '../../desk-hooks'
import { waitingOf } from '../../state/waiting'
import { Banner } from '../../ui/banner'
import { Button, TextButton } from '../../ui/button'
import { Section } from '../../ui/section'
import { administrators } from '../users/administrators'
import { limitWords, roleWords } from '../users/user-words'
import { Setting, SettingGroup } from './setting'
import css from './account.module.css'

/** Who is signed in with what rights, who changes them, and the way out. */
export function Account() {
  const desk = useDesk()
  const texts = useTexts()
  const { t, formats } = texts
  const user = useOwnUser()
  const currency = useReplica(
    ({ replica }) => replica.all('seller').values().next().value?.currency ?? 'SEK',
  )
  const admins = useReplica(useShallow((desk: Desk) => administrators(desk)))
  if (!user) return null
  const isAdmin = user.roles.includes('admin')
  const decides = user.roles.includes('rep') || user.roles.includes('approver')
  const others = admins.filter(({ id }) => id !== user.id).map(({ displayName }) => displayName)
  return (
    <Section level={2} title={t('settings.account')}>
      <SettingGroup>
        <Setting name={t('settings.user')}>{user.displayName}</Setting>
        <Setting name={t('settings.username')}>{user.username}</Setting>
        <Setting name={t('settings.roles')}>{roleWords(user.roles, texts)}</Setting>
        {decides && user.approvalLimit !== undefined && (
          <Setting name={t('settings.approvalLimit')}>
            {limitWords(user.approvalLimit, currency, texts)}
          </Setting>
        )}
      </SettingGroup>
      <p className={css.note}>
        {isAdmin ? (
          <TextButton onPress={() => desk.navigation.go('users')}>
            {t('settings.openUsers')}
          </TextButton>
        ) : others.length > 0 ? (
          t('settings.rolesChangedBy', { names: formats.list(others) })
        ) : (
          t('settings.rolesChangedByAdmin')
        )}
      </p>
      <SignOut />
    </Section>
  )
}

/** Says before what becomes of what has not been sent. */
function SignOut() {
  const desk = useDesk()
  const { t } = useTexts()
  const { toSend: waiting, refused } = waitingOf({ outbox: useConsole((state) => state.outbox) })
  const signOut = applicationActions.find(({ id }) => id === 'signOut')
  return (
    <div className={css.signOut}>
      {waiting + refused > 0 && (
        <Banner
          meaning="warning"
          actions={
            <TextButton onPress={() => desk.navigation.show('outbox')}>
              {t('settings.showOutbox')}
            </TextButton>
          }
        >
          {waiting > 0 && <p>{t('settings.signOutWaiting', { count: waiting })}</p>}
          {refused > 0 && <p>{t('settings.signOutRefused', { count: refused })}</p>}
        </Banner>
      )}
      <div className={css.line}>
        <p className={css.note}>{t('settings.signOutDetail')}</p>
        {signOut && (
          <Button icon={LogOut} onPress={() => runAction(desk, signOut)}>
            {t('settings.signOutTitle')}
          </Button>
        )}
      </div>
    </div>
  )
}
