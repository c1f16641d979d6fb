import { useEffect, useState } from 'react'
import type { CustomerGroup } from '../../../domain/company'
import { useDesk, useNow, useReplica, useTexts } from '../../desk-hooks'
import { ask } from '../../services/queries'
import { Banner } from '../../ui/banner'
import { Button } from '../../ui/button'
import css from '../users/conflict-banner.module.css'
import { mergeGroup, takeGroup, type GroupField, type GroupValues } from './group-form'
import { groupsOf, type GroupDraft } from './groups'

/** Somebody else changed the same: who, when, and the two ways on. */
export function GroupConflict({
  group,
  draft,
  theirs,
}: {
  readonly group: CustomerGroup
  readonly draft: GroupDraft
  readonly theirs: GroupValues
}) {
  const desk = useDesk()
  const { t, formats } = useTexts()
  const now = useNow()
  const given = useGivenBack(group)
  const { set } = group
  const by = set ? { name: set.by, at: set.at } : given
  const { dirty, conflicts } = mergeGroup(draft.base, draft.values, theirs)
  const goOn = (kept: readonly GroupField[]) =>
    groupsOf(desk).putDraft(group.id, {
      ...draft,
      base: theirs,
      values: takeGroup(kept, draft.values, theirs),
      problem: null,
    })
  return (
    <Banner meaning="warning" isAlert>
      <strong>
        {by === null
          ? t('group.conflict')
          : t('group.conflictBy', { name: by.name, when: formats.when(by.at, now) })}
      </strong>{' '}
      {t('user.conflictAsk')}
      <span className={css.ways}>
        {/* What was written and nobody else touched stays either way. */}
        <Button onPress={() => goOn(dirty.filter((field) => !conflicts.includes(field)))}>
          {t('user.takeTheirs')}
        </Button>
        <Button onPress={() => goOn(dirty)}>{t('user.keepMine')}</Button>
      </span>
    </Banner>
  )
}

/** Who gave a group back to its source last, as the gateway has it; null where nobody did, or it has not said. */
function useGivenBack({ id, set }: CustomerGroup) {
  const desk = useDesk()
  const version = useReplica(({ replica }) => replica.versionOf('customer_group', id))
  const [by, setBy] = useState<{ readonly name: string; readonly at: string } | null>(null)
  const isSet = set !== undefined
  useEffect(() => {
    if (isSet) return undefined
    let isWanted = true
    void ask(desk, 'audit.of', { aggregateId: id, limit: 1 }).then((answer) => {
      const [last] = answer.ok ? answer.value.rows : []
      // Otherwise it was the source that said something else.
      if (isWanted && last?.version === version) setBy({ name: last.actor.name, at: last.at })
    })
    return () => {
      isWanted = false
    }
  }, [desk, id, isSet, version])
  return by
}
