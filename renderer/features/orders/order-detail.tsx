import { CloudDownload, Ellipsis } from 'lucide-react'
import { Suspense, useRef } from 'react'
import { useStore } from 'zustand'
import type { Order } from '../../../contract/entities'
import type { Action } from '../../actions/action'
import { runAction } from '../../actions/run-action'
import { useDesk, useNow, usePending, useReplica, useTexts } from '../../desk-hooks'
import { Banner } from '../../ui/banner'
import { Button, IconButton } from '../../ui/button'
import { detailId } from '../../ui/list-focus'
import { Menu } from '../../ui/menu'
import { Skeleton } from '../../ui/skeleton'
import { Totals } from '../inbox/totals'
import { useWidth } from '../inbox/use-width'
import { confirmDatesAction } from './actions/dates'
import { copyNumberAction, openCompanyAction, openSourceAction } from './actions/open'
import { LateDatesBar, LateDatesPane } from './dates/late'
import { OrderAside } from './order-aside'
import css from './order-detail.module.css'
import { OrderHead } from './order-head'
import { OrderLines } from './order-lines'
import { OrderNotices } from './order-notices'
import { ordersOf, ORDERS } from './orders'

/** From this width on, in pixels, delivery and history stand beside the lines, else below them. */
const WIDE = 1240

/** One order: for whom, what and when, what has happened; at the foot the ways on and the sums. */
export function OrderDetail({
  order,
  fetchedAt,
}: {
  readonly order: Order
  readonly fetchedAt: string | null
}) {
  const { t, formats } = useTexts()
  const now = useNow()
  const scroller = useRef<HTMLDivElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  const draft = useStore(ordersOf(useDesk()).store, ({ dates }) => dates.get(order.id))
  const isWide = useWidth(frame) >= WIDE
  return (
    <div ref={frame} className={css.frame}>
      <div className={css.columns}>
        <div
          ref={scroller}
          id={detailId(ORDERS)}
          className={css.scroller}
          data-scroller=""
          tabIndex={0}
          role="region"
          aria-label={t('order.named', { number: order.number })}
        >
          <OrderHead order={order} />
          {fetchedAt !== null && (
            <Banner meaning="plain" icon={CloudDownload} className={css.notice}>
              {t('orders.fetched', { when: formats.when(fetchedAt, now) })}
            </Banner>
          )}
          <OrderNotices order={order} />
          {draft ? (
            <Suspense fallback={<Skeleton label={t('controls.loading')} rows={6} />}>
              <LateDatesPane order={order} draft={draft} scroller={scroller} />
            </Suspense>
          ) : (
            <OrderLines order={order} scroller={scroller} />
          )}
          {!isWide && <OrderAside order={order} placement="below" />}
        </div>
        {isWide && (
          <aside className={css.aside} aria-label={t('history.title')}>
            <OrderAside order={order} placement="beside" />
          </aside>
        )}
      </div>
      {draft ? (
        <Suspense fallback={<footer />}>
          <LateDatesBar order={order} draft={draft} />
        </Suspense>
      ) : (
        <OrderBar order={order} />
      )}
    </div>
  )
}

function OrderBar({ order }: { readonly order: Order }) {
  const desk = useDesk()
  const { t } = useTexts()
  // What is on its way, and whose accounts these are.
  usePending(order.id)
  useReplica(({ replica }) => replica.store.getState().revision)
  const confirming = confirmDatesAction.when(desk)
  const press = (action: Action) => () => runAction(desk, action)
  return (
    <footer className={css.bar} data-foot="">
      <div className={css.buttons}>
        {confirming.kind !== 'hidden' && (
          <Button
            keys={confirmDatesAction.keys?.[0]}
            icon={confirmDatesAction.icon}
            isDisabled={confirming.kind === 'disabled'}
            onPress={press(confirmDatesAction)}
          >
            {t(confirmDatesAction.title)}
          </Button>
        )}
        {openSourceAction.when(desk).kind === 'possible' && (
          <Button
            keys={openSourceAction.keys?.[0]}
            icon={openSourceAction.icon}
            onPress={press(openSourceAction)}
          >
            {t(openSourceAction.title)}
          </Button>
        )}
        <Menu
          label={t('controls.more')}
          placement="top start"
          groups={[
            [openCompanyAction, copyNumberAction]
              .filter((action) => action.when(desk).kind === 'possible')
              .map((action) => ({
                id: action.id,
                title: t(action.title),
                icon: action.icon,
                keys: action.keys?.[0],
                run: press(action),
              })),
          ]}
        >
          <IconButton label={t('controls.more')} icon={Ellipsis} isOutlined />
        </Menu>
      </div>
      <Totals totals={order.totals} />
    </footer>
  )
}
