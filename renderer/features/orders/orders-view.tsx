import { X } from 'lucide-react'
import { useStore } from 'zustand'
import { useDesk, useEntity, useNavigation, useReplica, useTexts, useUser } from '../../desk-hooks'
import { mayDo } from '../../../domain/access/rights'
import { EmptyState } from '../../ui/empty-state'
import { IconButton } from '../../ui/button'
import { ListHeader } from '../../ui/list-header'
import { SplitPane } from '../../ui/split-pane'
import { listKeys } from './actions/list'
import { OrderList } from './order-list'
import { OrderPane } from './order-pane'
import { orderFilters, ordersOf, ORDERS } from './orders'
import type { OrdersView as View } from './orders'
import css from './orders-view.module.css'

/** The orders beside the one that is open. */
export function OrdersView() {
  const desk = useDesk()
  const { t } = useTexts()
  const user = useUser()
  const orders = ordersOf(desk)
  useStore(orders.store)
  const view = useReplica(orders.view)
  const selected = useNavigation((state) => state.selected[ORDERS] ?? null)
  if (user && !mayDo(user, 'read_requisition')) {
    return (
      <EmptyState isScreen title={t('orders.notAllowed')} detail={t('orders.notAllowedDetail')} />
    )
  }
  return (
    <SplitPane
      listLabel={t('orders.title')}
      detailLabel={t('lines.title')}
      list={
        <>
          <Header view={view} />
          <OrderList view={view} selected={selected} />
        </>
      }
      selected={selected}
      detail={<OrderPane id={selected} />}
    />
  )
}

function Header({ view }: { readonly view: View }) {
  const orders = ordersOf(useDesk())
  const { t } = useTexts()
  const { filter, query, companyId } = useStore(orders.store)
  const company = useEntity('company', companyId)
  return (
    <ListHeader
      screen={ORDERS}
      title={t('orders.title')}
      filter={{
        label: t('orders.filter'),
        value: filter,
        onChange: orders.setFilter,
        options: orderFilters.map((id) => ({ id, name: t(`orders.filter.${id}`) })),
        counts: { open: view.openCount },
      }}
      search={{
        label: t('orders.search'),
        placeholder: t('orders.searchPlaceholder'),
        value: query,
        onChange: orders.setQuery,
        keys: listKeys.search.keys?.[0] ?? '',
      }}
      hits={query === '' ? null : t('orders.hits', { count: view.ids.length })}
    >
      {companyId !== null && (
        <p className={css.only}>
          <span className={css.onlyWords}>
            {t('orders.onlyCompany', { company: company?.name ?? companyId })}
          </span>
          <IconButton
            label={t('orders.allCompanies')}
            icon={X}
            onPress={() => orders.showCompany(null)}
          />
        </p>
      )}
    </ListHeader>
  )
}
