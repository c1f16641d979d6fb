import { FileQuestion, IdCard } from 'lucide-react'
import { useStore } from 'zustand'
import { keyCaps } from '../../actions/keys'
import { useConsole, useDesk, useEntity, useReplica, useTexts } from '../../desk-hooks'
import { EmptyState } from '../../ui/empty-state'
import { Skeleton } from '../../ui/skeleton'
import { addAction } from './actions/write'
import { NewUser } from './new-user'
import { UserDetail } from './user-detail'
import { NEW, usersOf } from './users'

/** The user that is open, a form for a new one, or what to do when neither is. */
export function UserPane({ id }: { readonly id: string | null }) {
  const desk = useDesk()
  const { t } = useTexts()
  const platform = useConsole(({ info }) => info?.platform ?? 'linux')
  const user = useEntity('user', id === NEW ? null : id)
  const isLoaded = useReplica(({ replica }) => replica.store.getState().phase === 'loaded')
  // Somebody who was just added comes back by the feed in a moment.
  const isComing = useStore(usersOf(desk).store, ({ handover }) => handover?.userId === id)
  if (id === NEW) return <NewUser />
  if (user) return <UserDetail user={user} />
  if (id !== null && isComing) return <Skeleton label={t('controls.loading')} rows={4} />
  if (id !== null && isLoaded) {
    return <EmptyState icon={FileQuestion} title={t('users.gone')} />
  }
  return (
    <EmptyState
      icon={IdCard}
      title={t('users.nothingSelected')}
      detail={t('users.nothingSelectedDetail', {
        key: keyCaps(addAction.keys?.[0] ?? '', platform).join(''),
      })}
    />
  )
}
