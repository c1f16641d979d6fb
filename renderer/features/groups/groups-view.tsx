import { FileQuestion, SearchX, Tags } from 'lucide-react'
import { useStore } from 'zustand'
import { mayDo } from '../../../domain/access/rights'
import { useDesk, useEntity, useNavigation, useReplica, useTexts, useUser } from '../../desk-hooks'
import { Button } from '../../ui/button'
import { EmptyState } from '../../ui/empty-state'
import { ListHeader } from '../../ui/list-header'
import { RowList, usualHints } from '../../ui/row-list'
import { SplitPane } from '../../ui/split-pane'
import { NotAllowed } from '../users/not-allowed'
import { listKeys } from './actions/list'
import { GroupDetail } from './group-detail'
import { GroupRow } from './group-row'
import { GROUPS, groupsOf } from './groups'

/** The customer groups, beside the one that is open. For administrators. */
export function GroupsView() {
  const user = useUser()
  if (user && !mayDo(user, 'set_customer_groups')) return <NotAllowed screen="groups" />
  return <GroupAdministration />
}

function GroupAdministration() {
  const desk = useDesk()
  const texts = useTexts()
  const { t } = texts
  const groups = groupsOf(desk)
  const query = useStore(groups.store, (state) => state.query)
  const ids = useReplica(groups.ids)
  const selected = useNavigation((state) => state.selected[GROUPS] ?? null)
  const isLoading = useReplica(({ replica }) => replica.store.getState().phase !== 'loaded')
  return (
    <SplitPane
      listLabel={t('groups.title')}
      detailLabel={t('groups.detail')}
      list={
        <>
          <ListHeader
            screen={GROUPS}
            title={t('groups.title')}
            search={{
              label: t('groups.search'),
              placeholder: t('groups.searchPlaceholder'),
              value: query,
              onChange: groups.setQuery,
              keys: listKeys.search.keys?.[0] ?? '',
            }}
            hits={query === '' ? null : t('groups.hits', { count: ids.length })}
          />
          <RowList
            screen={GROUPS}
            label={t('groups.list')}
            ids={ids}
            selected={selected}
            onSelect={(id) => desk.navigation.select(GROUPS, id)}
            row={(id, isSelected) => <GroupRow id={id} isSelected={isSelected} />}
            isLoading={isLoading}
            empty={<GroupsEmpty />}
            hints={usualHints(listKeys, texts)}
          />
        </>
      }
      selected={selected}
      detail={<GroupPane id={selected} isLoaded={!isLoading} />}
    />
  )
}

function GroupPane({ id, isLoaded }: { readonly id: string | null; readonly isLoaded: boolean }) {
  const { t } = useTexts()
  const group = useEntity('customer_group', id)
  if (group) return <GroupDetail key={group.id} group={group} />
  if (id !== null && isLoaded) {
    return (
      <EmptyState icon={FileQuestion} title={t('groups.gone')} detail={t('groups.goneDetail')} />
    )
  }
  return <EmptyState icon={Tags} title={t('groups.nothingSelected')} />
}

function GroupsEmpty() {
  const groups = groupsOf(useDesk())
  const { t } = useTexts()
  const query = useStore(groups.store, (state) => state.query)
  if (query === '') {
    return <EmptyState icon={Tags} title={t('groups.empty')} detail={t('groups.emptyDetail')} />
  }
  return (
    <EmptyState
      icon={SearchX}
      title={t('groups.nothingFound', { query })}
      detail={t('groups.nothingFoundDetail')}
      actions={
        <Button variant="quiet" onPress={() => groups.setQuery('')}>
          {t('controls.clear')}
        </Button>
      }
    />
  )
}
