import { memo } from 'react'
import { useStore } from 'zustand'
import { useDesk, useEntity, useReplica, useTexts } from '../../desk-hooks'
import { ListRow } from '../../ui/list-row'
import { Status } from '../../ui/status'
import { rightInShort } from '../customers/customer-words'
import { groupsOf } from './groups'

/** One group in the list: its name, what it may, and how many it is for. */
export const GroupRow = memo(function GroupRow({
  id,
  isSelected,
}: {
  readonly id: string
  readonly isSelected: boolean
}) {
  const groups = groupsOf(useDesk())
  const texts = useTexts()
  const { t } = texts
  const group = useEntity('customer_group', id)
  const members = useReplica(() => groups.members().get(id))
  const hasDraft = useStore(groups.store, ({ drafts }) => drafts.has(id))
  if (!group) return null
  return (
    <ListRow
      isSelected={isSelected}
      title={group.name}
      figure={
        hasDraft ? (
          <Status meaning="notice">{t('users.draft')}</Status>
        ) : group.set ? (
          <Status meaning="plain">{t('groups.isSet')}</Status>
        ) : null
      }
      facts={[{ id: 'right', content: rightInShort(group, texts) }]}
      end={
        members && members.companies === 0
          ? t('groups.people', { count: members.people })
          : t('groups.companies', { count: members?.companies ?? 0 })
      }
    />
  )
})
