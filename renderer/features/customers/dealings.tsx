import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { useShallow } from 'zustand/react/shallow'
import type { Order } from '../../../contract/entities'
import type { RequisitionBrief } from '../../../contract/replica-items'
import type { Company } from '../../../domain/company'
import { isOpen } from '../../../domain/requisition/states'
import { runAction } from '../../actions/run-action'
import type { Desk } from '../../desk'
import { useDesk, useNow, useReplica, useTexts } from '../../desk-hooks'
import { TextButton } from '../../ui/button'
import { Money } from '../../ui/figure'
import { Section } from '../../ui/section'
import { Status } from '../../ui/status'
import { orderStateLook } from '../orders/order-words'
import { showOrdersAction } from './actions/open'
import css from './dealings.module.css'

/** As many as can be taken in at a glance. */
const MOST = 6

/** What waits to be decided for a customer, newest first. */
export function CustomerRequisitions({ company }: { readonly company: Company }) {
  const { navigation } = useDesk()
  const { t, formats } = useTexts()
  const now = useNow()
  const open = useReplica(useShallow((desk: Desk) => openRequisitions(desk, company.id)))
  return (
    <Section title={t('customer.requisitions')}>
      {open.length === 0 ? (
        <p className={css.none}>{t('customer.noRequisitions')}</p>
      ) : (
        <ul className={css.list}>
          {open.slice(0, MOST).map(({ id, number, kind, state, receivedAt, net, currency }) => (
            <Row
              key={id}
              onPress={() => navigation.open('requisition', id)}
              number={number}
              amount={<Money amount={net} currency={currency} />}
              what={
                state === 'submitted'
                  ? t(`requisition.kind.${kind}`)
                  : t(`requisition.state.${state}`)
              }
              when={formats.shortWhen(receivedAt, now)}
            />
          ))}
        </ul>
      )}
      {open.length > MOST && (
        <p className={css.none}>{t('customer.more', { count: open.length - MOST })}</p>
      )}
    </Section>
  )
}

/** The latest orders of a customer, with the way to all of them. */
export function CustomerOrders({ company }: { readonly company: Company }) {
  const desk = useDesk()
  const { t, formats } = useTexts()
  const now = useNow()
  const latest = useReplica(useShallow((desk: Desk) => latestOrders(desk, company.id)))
  return (
    <Section
      title={t('customer.orders')}
      action={
        <TextButton onPress={() => runAction(desk, showOrdersAction)}>
          {t('customer.allOrders')}
        </TextButton>
      }
    >
      {latest.length === 0 ? (
        <p className={css.none}>{t('customer.noOrders')}</p>
      ) : (
        <ul className={css.list}>
          {latest.map(({ id, number, state, placedAt, totals }) => (
            <Row
              key={id}
              onPress={() => desk.navigation.open('order', id)}
              number={number}
              amount={<Money amount={totals.net} currency={totals.currency} />}
              what={
                <Status meaning={orderStateLook[state].meaning} icon={orderStateLook[state].icon}>
                  {t(`order.state.${state}`)}
                </Status>
              }
              when={formats.shortWhen(placedAt, now)}
            />
          ))}
        </ul>
      )}
    </Section>
  )
}

function Row({
  number,
  amount,
  what,
  when,
  onPress,
}: {
  readonly number: string
  readonly amount: ReactNode
  readonly what: ReactNode
  readonly when: string
  readonly onPress: () => void
}) {
  return (
    <li>
      <Button className={css.row ?? ''} onPress={onPress}>
        <span className={css.line}>
          <span className={css.number}>{number}</span>
          <span>{amount}</span>
        </span>
        <span className={css.lesser}>
          <span>{what}</span>
          <span className={css.when}>{when}</span>
        </span>
      </Button>
    </li>
  )
}

function openRequisitions({ replica }: Desk, companyId: string): readonly RequisitionBrief[] {
  return [...replica.requisitions.values()]
    .filter(({ head }) => head.companyId === companyId && isOpen(head.state))
    .map(({ value }) => value)
    .sort((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1))
}

function latestOrders({ replica }: Desk, companyId: string): readonly Order[] {
  return [...replica.all('order').values()]
    .filter((one) => one.companyId === companyId)
    .sort((a, b) => (a.placedAt < b.placedAt ? 1 : -1))
    .slice(0, MOST)
}
