import { MessageSquareQuote } from 'lucide-react'
import type { Order } from '../../../contract/entities'
import { useDesk, useEntity, useNow, useTexts, useUser } from '../../desk-hooks'
import { TextButton } from '../../ui/button'
import { Facts } from '../../ui/facts'
import { Status } from '../../ui/status'
import css from '../inbox/requisition-head.module.css'
import { confirmedWords, orderStateLook, placedSentence } from './order-words'

/** For whom, where it stands, who placed it, and what was written on it. */
export function OrderHead({ order }: { readonly order: Order }) {
  const texts = useTexts()
  const { t, formats } = texts
  const now = useNow()
  const user = useUser()
  const company = useEntity('company', order.companyId)
  const contact = useEntity('contact', order.contactId)
  const { meaning, icon } = orderStateLook[order.state]
  const fact = (label: string, value: string | null) => (value ? { label, value } : null)
  return (
    <header className={css.head}>
      <div className={css.title}>
        <h2 className={css.company} data-selectable="">
          {company?.name ?? order.companyId}
        </h2>
        <p className={css.document} data-selectable="">
          {t('order.named', { number: order.number })} · {formats.dayAndTime(order.placedAt, now)}
        </p>
        <Status meaning={meaning} icon={icon}>
          {t(`order.state.${order.state}`)}
        </Status>
      </div>
      <p className={css.document}>{placedSentence(order, texts, now, user?.id ?? null)}</p>
      <Facts
        facts={[
          { label: t('order.source'), value: <Source order={order} /> },
          { label: t('order.contact'), value: contact?.name ?? order.contactId },
          fact(t('head.purchaseOrder'), order.purchaseOrderNumber),
          fact(t('head.goodsMark'), order.goodsMark),
          fact(t('head.yourReference'), order.yourReference),
          fact(
            t('head.requestedDate'),
            order.requestedDate && formats.day(order.requestedDate, formats.dateOf(now)),
          ),
          fact(t('order.datesConfirmed'), confirmedWords(order, texts, now)),
        ]}
      />
      {order.comment && (
        <p className={css.comment} data-selectable="">
          <MessageSquareQuote size={16} aria-label={t('head.comment')} />
          <span>{order.comment}</span>
        </p>
      )}
    </header>
  )
}

/** What it was made of, with the way there. */
function Source({ order: { source } }: { readonly order: Order }) {
  const { navigation } = useDesk()
  const { t } = useTexts()
  const requisition = useEntity('requisition', source.kind === 'requisition' ? source.id : null)
  if (source.kind === 'quote') {
    return (
      <TextButton onPress={() => navigation.open('quote', source.id)}>
        {t('quote.named', { number: source.number })}
      </TextButton>
    )
  }
  const words = requisition
    ? t('order.sourceNamed', {
        kind: t(`requisition.kind.${requisition.kind}`),
        number: source.number,
      })
    : t('order.sourceRequisition', { number: source.number })
  if (!navigation.canOpen('requisition')) return <>{words}</>
  return <TextButton onPress={() => navigation.open('requisition', source.id)}>{words}</TextButton>
}
