import { useStore } from 'zustand'
import { runAction } from '../../actions/run-action'
import { canReachGateway } from '../../state/console'
import { useConsole, useDesk, useNow, useReplica, useTexts } from '../../desk-hooks'
import { Button } from '../../ui/button'
import { PendingStatus } from '../../ui/status'
import { TextField } from '../../ui/text-field'
import headCss from '../inbox/requisition-head.module.css'
import { saveAction } from './actions/write'
import { FormFrame } from './form-frame'
import { PasswordField } from './password-field'
import { fieldError } from './problem-words'
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
  const isReachable = useConsole(canReachGateway)
  const { values, isBusy, isTried, problem } = draft ?? { ...NO_ATTEMPT, values: NO_VALUES }
  const read = readNewUser(values, currency)
  const problems = isTried && !read.ok ? read.problems : {}
  const errorOf = (field: UserField) => fieldError(field, problems, problem, texts, now)
  return (
    <FormFrame
      label={t('user.new')}
      head={<h2 className={headCss.company}>{t('user.new')}</h2>}
      problem={problem}
      bar={
        <>
          <Button
            variant="primary"
            keys={saveAction.keys?.[0]}
            isDisabled={isBusy || !isReachable}
            onPress={() => runAction(desk, saveAction)}
          >
            {t('user.create')}
          </Button>
          <Button
            variant="quiet"
            isDisabled={isBusy}
            onPress={() => {
              users.putNew(null)
              desk.navigation.select(USERS, null)
            }}
          >
            {t(draft ? 'controls.discard' : 'controls.cancel')}
          </Button>
          {isBusy && <PendingStatus>{t('user.creating')}</PendingStatus>}
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
