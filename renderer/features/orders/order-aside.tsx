import type { Order } from '../../../contract/entities'
import type { Quote } from '../../../contract/quotes'
import { useEntity, useTexts } from '../../desk-hooks'
import { classes } from '../../ui/class-names'
import {
  addressFact,
  AsideFacts,
  contactFact,
  partDeliveriesFact,
  type AsideFact,
} from '../inbox/aside-facts'
import { AttachmentsOf } from '../inbox/attachments'
import { History } from '../inbox/history'
import css from '../inbox/requisition-aside.module.css'

/** Where and how it is delivered, and what has happened: beside the lines or below them. */
export function OrderAside({
  order,
  placement,
}: {
  readonly order: Order
  readonly placement: 'beside' | 'below'
}) {
  const texts = useTexts()
  const { t } = texts
  const company = useEntity('company', order.companyId)
  const contact = useEntity('contact', order.contactId)
  const quote = useEntity('quote', order.source.kind === 'quote' ? order.source.id : null)
  const { deliveryAddress, partDeliveries } = order
  const facts: readonly AsideFact[] = [
    addressFact(deliveryAddress, texts),
    contactFact(contact, texts),
    [t('company.number'), company?.id],
    [t('head.paymentTerms'), company?.paymentTerms],
    [t('head.freightTerms'), order.freightTerms],
    partDeliveriesFact(partDeliveries, texts),
  ]
  return (
    <div className={classes(css.aside, css[placement])}>
      <AsideFacts facts={facts} />
      <AttachmentsOf requisitionId={sourceOf(order, quote)} />
      <section>
        <h3 className={css.title}>{t('history.title')}</h3>
        <History kind="order" aggregateId={order.id} />
      </section>
    </div>
  )
}

/** The requisition that an order comes from, by way of a quote where it does; null where there is none here. */
function sourceOf({ source }: Order, quote: Quote | undefined): string | null {
  return source.kind === 'requisition' ? source.id : (quote?.requisition?.id ?? null)
}
