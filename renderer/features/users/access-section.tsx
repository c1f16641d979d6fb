import { useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { User } from '../../../contract/entities'
import { canReachGateway } from '../../state/console'
import { useConsole, useDesk, useNow, usePending, useTexts, useUser } from '../../desk-hooks'
import { isUnderway } from '../../state/sends'
import type { Send } from '../../state/sends'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { Section } from '../../ui/section'
import { PendingStatus } from '../../ui/status'
import css from './access-section.module.css'
import { PasswordField } from './password-field'
import { ProblemBanner } from './problem-banner'
import { fieldError } from './problem-words'
import { problemOfSend, setPassword, setStatus } from './save-user'
import { UnknownBanner } from './unknown-banner'
import { useErrorFocus } from '../../ui/use-error-focus'
import { judgePassword } from './user-form'
import type { FieldProblems } from './user-form'
import { NO_ATTEMPT, problemAfter, usersOf } from './users'

/** How a user gets in: another password, and whether at all. */
export function AccessSection({ user }: { readonly user: User }) {
  const { t } = useTexts()
  return (
    <Section title={t('user.access')} className={css.access}>
      {user.status === 'active' && <NewPassword user={user} />}
      <OnOff user={user} />
    </Section>
  )
}

function NewPassword({ user }: { readonly user: User }) {
  const desk = useDesk()
  const texts = useTexts()
  const { t } = texts
  const now = useNow()
  const me = useUser()
  const users = usersOf(desk)
  const isReachable = useConsole(canReachGateway)
  const draft = useStore(users.store, ({ passwords }) => passwords.get(user.id))
  const [sent] = usePending(user.id)
    .filter(({ type }) => type === 'user.set_password')
    .slice(-1)
  const { isBusy, isTried, failures, problem } = draft ?? NO_ATTEMPT
  const password = draft?.password ?? ''
  const own = isTried ? judgePassword(password) : null
  const problems: FieldProblems = own ? { password: own } : {}
  const form = useRef<HTMLDivElement>(null)
  useErrorFocus(form, failures)
  return (
    <div className={css.part} ref={form} tabIndex={-1}>
      <ProblemBanner problem={problem} />
      <UnknownBanner send={sent} />
      <PasswordField
        label={t('user.newPassword')}
        value={password}
        error={fieldError('password', problems, problem, texts, now)}
        isDisabled={isBusy}
        onChange={(written) =>
          users.putPassword(
            user.id,
            written === ''
              ? null
              : {
                  ...NO_ATTEMPT,
                  isTried,
                  failures,
                  password: written,
                  problem: problemAfter(problem, { password: written }),
                },
          )
        }
      />
      <div className={css.line}>
        <p className={css.note}>
          {user.id === me?.id
            ? t('user.setPasswordYou')
            : t('user.setPasswordDetail', { name: user.displayName })}
        </p>
        {sent?.phase.kind === 'unknown' ? (
          <AskAgain send={sent} />
        ) : isBusy ? (
          <PendingStatus>
            {t(sent?.phase.kind === 'asking' ? 'pending.askingShort' : 'user.settingPassword')}
          </PendingStatus>
        ) : (
          <Button
            isDisabled={password === '' || !isReachable}
            onPress={() => void setPassword(desk, user).catch(desk.report)}
          >
            {t('user.setPassword')}
          </Button>
        )}
      </div>
    </div>
  )
}

/** In the place of what was pressed and never answered. */
function AskAgain({ send }: { readonly send: Send }) {
  const { commands } = useDesk()
  const { t } = useTexts()
  return <Button onPress={() => commands.askAgain(send.id)}>{t('controls.askAgain')}</Button>
}

function OnOff({ user }: { readonly user: User }) {
  const desk = useDesk()
  const { t } = useTexts()
  const me = useUser()
  const isReachable = useConsole(canReachGateway)
  const [isAsking, setAsking] = useState(false)
  const [pending] = usePending(user.id)
    .filter(({ type }) => type === 'user.disable' || type === 'user.enable')
    .slice(-1)
  const isActive = user.status === 'active'
  const isWorking = pending !== undefined && isUnderway(pending)
  const set = (status: User['status']) => void setStatus(desk, user, status).catch(desk.report)
  return (
    <div className={css.part}>
      <ProblemBanner problem={pending && !isWorking ? problemOfSend(pending) : null} />
      <UnknownBanner send={pending} />
      <div className={css.line}>
        <p className={css.note}>
          {t(isActive ? 'user.disableDetail' : 'user.enableDetail', { name: user.displayName })}
        </p>
        {pending?.phase.kind === 'unknown' ? (
          <AskAgain send={pending} />
        ) : isWorking ? (
          <PendingStatus>
            {t(
              pending.phase.kind === 'asking'
                ? 'pending.askingShort'
                : pending.type === 'user.disable'
                  ? 'user.disabling'
                  : 'user.enabling',
            )}
          </PendingStatus>
        ) : (
          <Button
            variant={isActive ? 'danger' : 'secondary'}
            isDisabled={!isReachable}
            onPress={() => {
              if (isActive && user.id === me?.id) setAsking(true)
              else set(isActive ? 'disabled' : 'active')
            }}
          >
            {t(isActive ? 'user.disable' : 'user.enable')}
          </Button>
        )}
      </div>
      <Dialog title={t('user.disableYouTitle')} isOpen={isAsking} onClose={() => setAsking(false)}>
        <div className={css.question}>
          <p>{t('user.disableYouDetail')}</p>
          <div className={css.answers}>
            <Button autoFocus onPress={() => setAsking(false)}>
              {t('controls.cancel')}
            </Button>
            <Button
              variant="danger"
              onPress={() => {
                setAsking(false)
                set('disabled')
              }}
            >
              {t('user.disable')}
            </Button>
          </div>
        </div>
      </Dialog>
    </div>
  )
}
