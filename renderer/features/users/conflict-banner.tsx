import { useEffect, useState } from 'react'
import type { User } from '../../../contract/entities'
import { useDesk, useNow, useReplica, useTexts } from '../../desk-hooks'
import { ask } from '../../services/queries'
import { Banner } from '../../ui/banner'
import { Button } from '../../ui/button'
import css from './conflict-banner.module.css'
import { merge, take } from './merge'
import type { MergedField } from './merge'
import type { UserValues } from './user-form'
import { usersOf } from './users'
import type { UserDraft } from './users'

/** Somebody else changed the same: who, when, and the two ways on. */
export function ConflictBanner({
  user,
  draft,
  conflicts,
  theirs,
}: {
  readonly user: User
  readonly draft: UserDraft
  readonly conflicts: readonly MergedField[]
  readonly theirs: UserValues
}) {
  const desk = useDesk()
  const { t, formats } = useTexts()
  const now = useNow()
  const by = useLastChange(user.id)
  const { putDraft } = usersOf(desk)
  const { dirty } = merge(draft.base, draft.values, theirs)
  // What was written and nobody else touched stays either way, and what only they changed does too.
  const untouched = dirty.filter((field) => !conflicts.includes(field))
  return (
    <Banner meaning="warning" isAlert>
      <strong>
        {by === null
          ? t('user.conflict')
          : t('user.conflictBy', { name: by.name, when: formats.when(by.at, now) })}
      </strong>{' '}
      {t('user.conflictAsk')}
      <span className={css.ways}>
        <Button
          onPress={() =>
            putDraft(user.id, {
              ...draft,
              base: theirs,
              values: take(untouched, draft.values, theirs),
              problem: null,
            })
          }
        >
          {t('user.takeTheirs')}
        </Button>
        <Button
          onPress={() =>
            putDraft(user.id, {
              ...draft,
              base: theirs,
              values: take(dirty, draft.values, theirs),
              problem: null,
            })
          }
        >
          {t('user.keepMine')}
        </Button>
      </span>
    </Banner>
  )
}

/** Who changed a user last, as the gateway has it; null until it has said. */
function useLastChange(userId: string): { readonly name: string; readonly at: string } | null {
  const desk = useDesk()
  const version = useReplica(({ replica }) => replica.versionOf('user', userId))
  const [by, setBy] = useState<{ readonly name: string; readonly at: string } | null>(null)
  useEffect(() => {
    let isWanted = true
    void ask(desk, 'audit.of', { aggregateId: userId, limit: 20 }).then((answer) => {
      if (!isWanted || !answer.ok) return
      const last = answer.value.rows.find(({ type }) => type === 'user.updated')
      if (last) setBy({ name: last.actor.name, at: last.at })
    })
    return () => {
      isWanted = false
    }
  }, [desk, userId, version])
  return by
}
