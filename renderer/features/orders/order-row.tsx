import { memo } from 'react'
import { useStore } from 'zustand'
import { useDesk, useEntity, useNow, useReplica, useTexts } from '../../desk-hooks'
import { Money } from '../../ui/figure'
import { ListRow } from '../../ui/list-row'
import { Status } from '../../ui/status'
import { isAutomatic, orderStateLook } from './order-words'
import { ordersOf } from './orders'

/** One order in the list: who and how much, then where it stands, its number and who placed it. */
export const OrderRow = memo(function OrderRow({
  id,
  isSelected,
}: {
  readonly id: string
  readonly isSelected: boolean
}) {
  const desk = useDesk()
  const { t, formats } = useTexts()
  const now = useNow()
  const orders = ordersOf(desk)
  useStore(orders.store, ({ older }) => older.rows)
  const order = useReplica(() => orders.head(id))
  const company = useEntity('company', order?.companyId)
  if (!order) return null
  const { meaning, icon } = orderStateLook[order.state]
  return (
    <ListRow
      isSelected={isSelected}
      isFaded={order.state === 'cancelled'}
      title={company?.name ?? order.companyId}
      figure={<Money amount={order.totals.net} currency={order.totals.currency} />}
      facts={[
        {
          id: 'state',
          content: (
            <Status meaning={meaning} icon={icon}>
              {t(`order.state.${order.state}`)}
            </Status>
          ),
        },
        { id: 'number', content: order.number },
        {
          id: 'placed',
          content: isAutomatic(order) ? t('order.automatic') : order.placedBy.name,
        },
      ]}
      end={<time dateTime={order.placedAt}>{formats.shortWhen(order.placedAt, now)}</time>}
    />
  )
})
