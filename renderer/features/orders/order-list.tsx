import { PackageSearch, SearchX } from 'lucide-react'
import { useStore } from 'zustand'
import { useDesk, useEntity, useReplica, useTexts } from '../../desk-hooks'
import { Button } from '../../ui/button'
import { EmptyState } from '../../ui/empty-state'
import { RowList, usualHints } from '../../ui/row-list'
import { listKeys } from './actions/list'
import { OlderFooter } from './older-footer'
import css from './order-list.module.css'
import { OrderRow } from './order-row'
import { ordersOf, ORDERS } from './orders'
import type { OrdersView } from './orders'

/** The orders, newest first, and below them the way to older ones. */
export function OrderList({
  view: { ids },
  selected,
}: {
  readonly view: OrdersView
  readonly selected: string | null
}) {
  const { navigation } = useDesk()
  const texts = useTexts()
  const { t } = texts
  const isLoading = useReplica(({ replica }) => replica.store.getState().phase !== 'loaded')
  return (
    <RowList
      screen={ORDERS}
      label={t('orders.list')}
      ids={ids}
      selected={selected}
      onSelect={(id) => navigation.select(ORDERS, id)}
      row={(id, isSelected) => <OrderRow id={id} isSelected={isSelected} />}
      isLoading={isLoading}
      empty={<OrdersEmpty />}
      footer={!isLoading && ids.length > 0 && <OlderFooter />}
      hints={usualHints(listKeys, texts)}
    />
  )
}

/** What would be here; older ones may be, so the way to them belongs to it. */
function OrdersEmpty() {
  const orders = ordersOf(useDesk())
  const { t } = useTexts()
  const { filter, query, companyId } = useStore(orders.store)
  const company = useEntity('company', companyId)
  const isSearch = query !== ''
  const title = isSearch
    ? t('orders.nothingFound', { query })
    : companyId === null
      ? t(`orders.empty.${filter}`)
      : t('orders.empty.company', { company: company?.name ?? companyId })
  const detail = isSearch
    ? t('orders.nothingFoundDetail')
    : companyId === null
      ? t(`orders.empty.${filter}.detail`)
      : undefined
  return (
    <EmptyState
      icon={isSearch ? SearchX : PackageSearch}
      title={title}
      detail={detail}
      actions={
        <div className={css.ways}>
          <OlderFooter />
          {isSearch ? (
            <Button variant="quiet" onPress={() => orders.setQuery('')}>
              {t('controls.clear')}
            </Button>
          ) : (
            companyId !== null && (
              <Button variant="quiet" onPress={() => orders.showCompany(null)}>
                {t('orders.allCompanies')}
              </Button>
            )
          )}
        </div>
      }
    />
  )
}
