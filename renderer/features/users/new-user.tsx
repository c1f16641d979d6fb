import { useStore } from 'zustand'
import { useDesk, useNow, usePending, useReplica, useTexts } from '../../desk-hooks'
import { Button } from '../../ui/button'
import { PendingStatus } from '../../ui/status'
import { TextField } from '../../ui/text-field'
import headCss from '../inbox/requisition-head.module.css'
import { FormFrame } from './form-frame'
import { PasswordField } from './password-field'
import { ProblemBanner } from './problem-banner'
import { fieldError } from './problem-words'
import { SaveButton } from './save-button'
import { currencyOf } from './save-user'
import { NO_VALUES, readNewUser } from './user-form'
import type { UserField } from './user-form'
import { UserFields } from './user-fields'
import { NO_ATTEMPT, USERS, usersOf } from './users'

/** The form for somebody new. What is written stays until it is added or thrown away. */
export function NewUser() {
  const desk = useDesk()
  const texts = useTexts()
  const { t } = texts
  const now = useNow()
  const users = usersOf(desk)
  const draft = useStore(users.store, ({ newDraft }) => newDraft)
  const currency = useReplica(currencyOf)
  const [sent] = usePending(draft?.aggregateId ?? '').slice(-1)
  const isUnknown = sent?.phase.kind === 'unknown'
  const { values, isBusy, isTried, failures, problem } = draft ?? {
    ...NO_ATTEMPT,
    values: NO_VALUES,
  }
  const read = readNewUser(values, currency)
  const problems = isTried && !read.ok ? read.problems : {}
  const errorOf = (field: UserField) => fieldError(field, problems, problem, texts, now)
  return (
    <FormFrame
      label={t('user.new')}
      head={<h2 className={headCss.company}>{t('user.new')}</h2>}
      failures={failures}
      problem={<ProblemBanner problem={problem} />}
      offline={t('users.offline')}
      sent={sent}
      bar={
        <>
          <SaveButton sent={sent} isDisabled={isBusy}>
            {t('user.create')}
          </SaveButton>
          <Button
            variant="quiet"
            isDisabled={isBusy && !isUnknown}
            onPress={() => {
              users.putNew(null)
              desk.navigation.select(USERS, null)
            }}
          >
            {t(draft ? 'controls.discard' : 'controls.cancel')}
          </Button>
          {isBusy && !isUnknown && (
            <PendingStatus>
              {t(sent?.phase.kind === 'asking' ? 'pending.asking' : 'user.creating')}
            </PendingStatus>
          )}
        </>
      }
    >
      <TextField
        label={t('user.username')}
        value={values.username}
        onChange={(username) => users.writeNew({ username: username.trim().toLowerCase() })}
        hint={t('user.usernameHint')}
        error={errorOf('username')}
        isDisabled={isBusy}
        autoFocus={draft === null}
        autoComplete="off"
      />
      <UserFields values={values} onChange={users.writeNew} errorOf={errorOf} isDisabled={isBusy}>
        <PasswordField
          label={t('user.password')}
          value={values.password}
          onChange={(password) => users.writeNew({ password })}
          error={errorOf('password')}
          isDisabled={isBusy}
        />
      </UserFields>
    </FormFrame>
  )
}
