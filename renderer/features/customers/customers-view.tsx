import { Building2, SearchX } from 'lucide-react'
import { useStore } from 'zustand'
import { mayDo } from '../../../domain/access/rights'
import { useDesk, useNavigation, useReplica, useTexts, useUser } from '../../desk-hooks'
import { Button } from '../../ui/button'
import { EmptyState } from '../../ui/empty-state'
import { ListHeader } from '../../ui/list-header'
import { RowList, usualHints } from '../../ui/row-list'
import { SplitPane } from '../../ui/split-pane'
import { listKeys } from './actions/list'
import { CustomerPane } from './customer-pane'
import { CustomerRow } from './customer-row'
import { customerFilters, customersOf, CUSTOMERS } from './customers'

/** The customers beside the one that is open. */
export function CustomersView() {
  const desk = useDesk()
  const texts = useTexts()
  const { t } = texts
  const user = useUser()
  const customers = customersOf(desk)
  const { filter, query } = useStore(customers.store)
  const view = useReplica(customers.view)
  const selected = useNavigation((state) => state.selected[CUSTOMERS] ?? null)
  const isLoading = useReplica(({ replica }) => replica.store.getState().phase !== 'loaded')
  if (user && !mayDo(user, 'read_requisition')) {
    return (
      <EmptyState
        icon={Building2}
        isScreen
        title={t('customers.notAllowed')}
        detail={t('customers.notAllowedDetail')}
      />
    )
  }
  return (
    <SplitPane
      listLabel={t('customers.title')}
      detailLabel={t('head.customer')}
      list={
        <>
          <ListHeader
            screen={CUSTOMERS}
            title={t('customers.title')}
            filter={{
              label: t('customers.filter'),
              value: filter,
              onChange: customers.setFilter,
              options: customerFilters.map((id) => ({ id, name: t(`customers.filter.${id}`) })),
              counts: view.counts,
            }}
            search={{
              label: t('customers.search'),
              placeholder: t('customers.searchPlaceholder'),
              value: query,
              onChange: customers.setQuery,
              keys: listKeys.search.keys?.[0] ?? '',
            }}
            hits={query === '' ? null : t('customers.hits', { count: view.ids.length })}
          />
          <RowList
            screen={CUSTOMERS}
            label={t('customers.list')}
            ids={view.ids}
            selected={selected}
            onSelect={(id) => desk.navigation.select(CUSTOMERS, id)}
            row={(id, isSelected) => <CustomerRow id={id} isSelected={isSelected} />}
            isLoading={isLoading}
            empty={<CustomersEmpty />}
            hints={usualHints(listKeys, texts)}
          />
        </>
      }
      selected={selected}
      detail={<CustomerPane id={selected} />}
    />
  )
}

function CustomersEmpty() {
  const customers = customersOf(useDesk())
  const { t } = useTexts()
  const { filter, query } = useStore(customers.store)
  if (query !== '') {
    return (
      <EmptyState
        icon={SearchX}
        title={t('customers.nothingFound', { query })}
        detail={t('customers.nothingFoundDetail')}
        actions={
          <>
            {filter !== 'all' && (
              <Button onPress={() => customers.setFilter('all')}>{t('customers.searchAll')}</Button>
            )}
            <Button variant="quiet" onPress={() => customers.setQuery('')}>
              {t('controls.clear')}
            </Button>
          </>
        }
      />
    )
  }
  return (
    <EmptyState
      icon={Building2}
      title={t(`customers.empty.${filter}`)}
      detail={t(`customers.empty.${filter}.detail`)}
    />
  )
}
