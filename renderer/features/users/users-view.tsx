import { IdCard, SearchX, UserPlus } from 'lucide-react'
import { useStore } from 'zustand'
import { mayDo } from '../../../domain/access/rights'
import { runAction } from '../../actions/run-action'
import { useDesk, useNavigation, useReplica, useTexts, useUser } from '../../desk-hooks'
import { Button } from '../../ui/button'
import { EmptyState } from '../../ui/empty-state'
import { ListHeader } from '../../ui/list-header'
import { RowList, usualHints } from '../../ui/row-list'
import { SplitPane } from '../../ui/split-pane'
import { listKeys } from './actions/list'
import { addAction } from './actions/write'
import { UserPane } from './user-pane'
import { UserRow } from './user-row'
import { USERS, usersOf } from './users'
import { NotAllowed } from './not-allowed'

/** Those who may sign in, beside the one that is open. For administrators. */
export function UsersView() {
  const user = useUser()
  if (user && !mayDo(user, 'manage_users')) return <NotAllowed screen="users" />
  return <UserAdministration />
}

function UserAdministration() {
  const desk = useDesk()
  const texts = useTexts()
  const { t } = texts
  const users = usersOf(desk)
  const query = useStore(users.store, (state) => state.query)
  const ids = useReplica(users.ids)
  const selected = useNavigation((state) => state.selected[USERS] ?? null)
  const isLoading = useReplica(({ replica }) => replica.store.getState().phase !== 'loaded')
  return (
    <SplitPane
      listLabel={t('users.title')}
      detailLabel={t('users.detail')}
      list={
        <>
          <ListHeader
            screen={USERS}
            title={t('users.title')}
            search={{
              label: t('users.search'),
              placeholder: t('users.searchPlaceholder'),
              value: query,
              onChange: users.setQuery,
              keys: listKeys.search.keys?.[0] ?? '',
            }}
            hits={query === '' ? null : t('users.hits', { count: ids.length })}
            action={
              <Button
                icon={UserPlus}
                keys={addAction.keys?.[0]}
                onPress={() => runAction(desk, addAction)}
              >
                {t('users.add')}
              </Button>
            }
          />
          <RowList
            screen={USERS}
            label={t('users.list')}
            ids={ids}
            selected={selected}
            onSelect={(id) => desk.navigation.select(USERS, id)}
            row={(id, isSelected) => <UserRow id={id} isSelected={isSelected} />}
            isLoading={isLoading}
            empty={<UsersEmpty />}
            hints={usualHints(listKeys, texts)}
          />
        </>
      }
      selected={selected}
      detail={<UserPane id={selected} />}
    />
  )
}

function UsersEmpty() {
  const users = usersOf(useDesk())
  const { t } = useTexts()
  const query = useStore(users.store, (state) => state.query)
  if (query === '') {
    return <EmptyState icon={IdCard} title={t('users.empty')} detail={t('users.emptyDetail')} />
  }
  return (
    <EmptyState
      icon={SearchX}
      title={t('users.nothingFound', { query })}
      detail={t('users.nothingFoundDetail')}
      actions={
        <Button variant="quiet" onPress={() => users.setQuery('')}>
          {t('controls.clear')}
        </Button>
      }
    />
  )
}
