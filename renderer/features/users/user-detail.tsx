import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { User } from '../../../contract/entities'
import { useDesk, useNow, usePending, useReplica, useTexts, useUser } from '../../desk-hooks'
import { Section } from '../../ui/section'
import { Status } from '../../ui/status'
import { History } from '../inbox/history'
import headCss from '../inbox/requisition-head.module.css'
import { StandInsOf } from '../settings/stand-ins'
import { AccessSection } from './access-section'
import { saveAction } from './actions/write'
import { changeLines } from './change-words'
import { ConflictBanner } from './conflict-banner'
import { DraftBar } from './draft-bar'
import { FormFrame } from './form-frame'
import { Handover } from './handover'
import { merge } from './merge'
import type { MergedField } from './merge'
import { ProblemBanner } from './problem-banner'
import { fieldError } from './problem-words'
import { currencyOf } from './save-user'
import { readUser, valuesOf } from './user-form'
import type { UserField, UserValues } from './user-form'
import { UserFields } from './user-fields'
import { limitWords, rateWords, roleWords, userStatusLook } from './user-words'
import { NO_ATTEMPT, problemAfter, usersOf } from './users'

/** One user: what can be changed about them, their password, whether they may in, and their history. */
export function UserDetail({ user }: { readonly user: User }) {
  const desk = useDesk()
  const texts = useTexts()
  const { t } = texts
  const now = useNow()
  const me = useUser()
  const users = usersOf(desk)
  const currency = useReplica(currencyOf)
  const [sent] = usePending(user.id)
    .filter(({ type }) => type === 'user.update')
    .slice(-1)
  const draft = useStore(users.store, ({ drafts }) => drafts.get(user.id))
  // A password that was handed over is not shown to whoever comes by later.
  useEffect(() => () => users.handOver(null), [users])

  const theirs = valuesOf(user, currency)
  const merged = draft ? merge(draft.base, draft.values, theirs) : null
  const isDirty = merged !== null && merged.dirty.length > 0
  const { isBusy, isTried, failures, problem } = draft ?? NO_ATTEMPT
  // What was sent is shown until the change itself has come back.
  const values = isBusy && draft ? draft.values : (merged?.values ?? theirs)
  const conflicts = isBusy ? [] : (merged?.conflicts ?? [])
  const read = readUser(values, currency)
  const problems = isTried && !read.ok ? read.problems : {}
  const errorOf = (field: UserField) => fieldError(field, problems, problem, texts, now)

  const write = (changed: Partial<UserValues>) => {
    const base = draft?.base ?? theirs
    const written = { ...values, ...changed }
    const isBack = merge(base, written, theirs).dirty.length === 0
    users.putDraft(
      user.id,
      isBack
        ? null
        : {
            isBusy,
            isTried,
            failures,
            base,
            values: written,
            problem: problemAfter(problem, changed),
          },
    )
  }
  const isLosingAdmin =
    user.id === me?.id && user.roles.includes('admin') && !values.roles.includes('admin')
  const { meaning, icon } = userStatusLook[user.status]

  return (
    <FormFrame
      label={user.displayName}
      head={
        <header className={headCss.title}>
          <h2 className={headCss.company} data-selectable="">
            {user.displayName}
          </h2>
          <p className={headCss.document} data-selectable="">
            {user.username}
          </p>
          <Status meaning={meaning} icon={icon}>
            {t(`user.status.${user.status}`)}
          </Status>
        </header>
      }
      // A conflict says the same, and more.
      failures={failures}
      problem={<ProblemBanner problem={conflicts.length > 0 ? null : problem} />}
      offline={t('users.offline')}
      sent={sent}
      bar={
        isDirty && (
          <DraftBar
            save={saveAction}
            sent={sent}
            isBusy={isBusy}
            hasConflict={conflicts.length > 0}
            onRevert={() => users.putDraft(user.id, null)}
          />
        )
      }
      aside={
        <Section title={t('history.title')}>
          <History
            kind="user"
            aggregateId={user.id}
            describe={(entry) =>
              changeLines(entry, currency, texts).map((line) => (
                <span key={line} className={headCss.document}>
                  {line}
                </span>
              ))
            }
          />
        </Section>
      }
    >
      <Handover user={user} />
      {draft && conflicts.length > 0 && (
        <ConflictBanner user={user} draft={draft} conflicts={conflicts} theirs={theirs} />
      )}
      <UserFields
        values={values}
        onChange={write}
        errorOf={errorOf}
        theirs={(field) =>
          conflicts.includes(field as MergedField) ? theirWords(field as MergedField) : null
        }
        rolesWarning={isLosingAdmin ? t('user.losingAdmin') : null}
        isDisabled={isBusy}
      />
      <StandInsOf key={user.id} user={user} />
      <AccessSection user={user} />
    </FormFrame>
  )

  function theirWords(field: MergedField): string {
    switch (field) {
      case 'displayName':
        return user.displayName
      case 'roles':
        return roleWords(user.roles, texts)
      case 'team':
        return user.team ?? t('user.teamNone')
      case 'approvalLimit':
        return limitWords(user.approvalLimit ?? null, currency, texts)
      case 'discountLimit':
      case 'marginFloor':
        return rateWords(user[field], texts)
    }
  }
}
