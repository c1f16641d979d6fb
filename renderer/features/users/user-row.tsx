import { memo } from 'react'
import { useStore } from 'zustand'
import { useDesk, useEntity, useReplica, useTexts, useUser } from '../../desk-hooks'
import { ListRow } from '../../ui/list-row'
import { Status } from '../../ui/status'
import { currencyOf } from './save-user'
import { usersOf } from './users'
import { roleWords, userStatusLook } from './user-words'

/** One user in the list: name and limit, then username, roles and team. */
export const UserRow = memo(function UserRow({
  id,
  isSelected,
}: {
  readonly id: string
  readonly isSelected: boolean
}) {
  const desk = useDesk()
  const texts = useTexts()
  const { t, formats } = texts
  const me = useUser()
  const user = useEntity('user', id)
  const currency = useReplica(currencyOf)
  const hasDraft = useStore(usersOf(desk).store, ({ drafts }) => drafts.has(id))
  if (!user) return null
  const { approvalLimit, status } = user
  const decides = user.roles.includes('rep') || user.roles.includes('approver')
  const { meaning, icon } = userStatusLook[status]
  return (
    <ListRow
      isSelected={isSelected}
      isFaded={status === 'disabled'}
      title={user.id === me?.id ? `${user.displayName} (${t('users.you')})` : user.displayName}
      figure={
        status === 'disabled' ? (
          <Status meaning={meaning} icon={icon}>
            {t(`user.status.${status}`)}
          </Status>
        ) : hasDraft ? (
          <Status meaning="notice">{t('users.draft')}</Status>
        ) : null
      }
      facts={[
        { id: 'username', content: user.username },
        { id: 'roles', content: roleWords(user.roles, texts) },
        { id: 'team', content: user.team },
      ]}
      end={
        !decides || approvalLimit === undefined
          ? null
          : approvalLimit === null
            ? t('users.noLimit')
            : t('users.limit', { limit: formats.wholeMoney(approvalLimit, currency) })
      }
    />
  )
})
