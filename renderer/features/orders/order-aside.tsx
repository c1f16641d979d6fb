import type { ReactNode } from 'react'
import type { Order } from '../../../contract/entities'
import { useEntity, useTexts } from '../../desk-hooks'
import { classes } from '../../ui/class-names'
import { Email } from '../../ui/email'
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
  const { t } = useTexts()
  const company = useEntity('company', order.companyId)
  const contact = useEntity('contact', order.contactId)
  const { deliveryAddress, partDeliveries } = order
  const facts: readonly (readonly [string, ReactNode])[] = [
    [
      t('head.deliveryAddress'),
      deliveryAddress &&
        [
          deliveryAddress.name,
          deliveryAddress.street,
          `${deliveryAddress.postalCode} ${deliveryAddress.city}`,
        ].join('\n'),
    ],
    [
      t('head.contact'),
      contact && (
        <>
          {contact.name}
          {contact.email && (
            <>
              {'\n'}
              <Email address={contact.email} />
            </>
          )}
          {contact.phone && `\n${contact.phone}`}
        </>
      ),
    ],
    [t('company.number'), company?.id],
    [t('head.paymentTerms'), company?.paymentTerms],
    [t('head.freightTerms'), order.freightTerms],
    [
      t('head.partDeliveries'),
      partDeliveries === null
        ? null
        : t(partDeliveries ? 'head.partDeliveriesYes' : 'head.partDeliveriesNo'),
    ],
  ]
  return (
    <div className={classes(css.aside, css[placement])}>
      <section>
        <h3 className={css.title}>{t('head.customer')}</h3>
        <dl className={css.facts} data-selectable="">
          {facts.map(
            ([label, value]) =>
              value && (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>{value}</dd>
                </div>
              ),
          )}
        </dl>
      </section>
      <section>
        <h3 className={css.title}>{t('history.title')}</h3>
        <History kind="order" aggregateId={order.id} />
      </section>
    </div>
  )
}
