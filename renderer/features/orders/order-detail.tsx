import { CloudDownload, Ellipsis } from 'lucide-react'
import { useRef } from 'react'
import type { Order } from '../../../contract/entities'
import type { Action } from '../../actions/action'
import { runAction } from '../../actions/run-action'
import { useDesk, useNow, useTexts } from '../../desk-hooks'
import { Banner } from '../../ui/banner'
import { Button, IconButton } from '../../ui/button'
import { detailId } from '../../ui/list-focus'
import { Menu } from '../../ui/menu'
import { Totals } from '../inbox/totals'
import { useWidth } from '../inbox/use-width'
import { copyNumberAction, openCompanyAction, openSourceAction } from './actions/open'
import { OrderAside } from './order-aside'
import css from './order-detail.module.css'
import { OrderHead } from './order-head'
import { OrderLines } from './order-lines'
import { ORDERS } from './orders'

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
          <OrderLines order={order} scroller={scroller} />
          {!isWide && <OrderAside order={order} placement="below" />}
        </div>
        {isWide && (
          <aside className={css.aside} aria-label={t('history.title')}>
            <OrderAside order={order} placement="beside" />
          </aside>
        )}
      </div>
      <OrderBar order={order} />
    </div>
  )
}

function OrderBar({ order }: { readonly order: Order }) {
  const desk = useDesk()
  const { t } = useTexts()
  const press = (action: Action) => () => runAction(desk, action)
  return (
    <footer className={css.bar} data-foot="">
      <div className={css.buttons}>
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
