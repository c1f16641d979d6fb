import type { ReactNode } from 'react'
import type { Requisition } from '../../../contract/entities'
import type { Address } from '../../../domain/company'
import { useEntity, useExposure, useTexts } from '../../desk-hooks'
import { classes } from '../../ui/class-names'
import { Email } from '../../ui/email'
import { creditText } from './credit'
import { History } from './history'
import css from './requisition-aside.module.css'

/** The customer, the terms and what has happened: beside the lines or below them. */
export function RequisitionAside({
  requisition,
  placement,
}: {
  readonly requisition: Requisition
  readonly placement: 'beside' | 'below'
}) {
  const texts = useTexts()
  const { t } = texts
  const company = useEntity('company', requisition.companyId)
  const exposure = useExposure(company)
  const contact = useEntity('contact', requisition.contactId)
  const group = useEntity('customer_group', contact?.customerGroupId ?? company?.customerGroupId)
  const { partDeliveries, deliveryAddress } = requisition
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('company.number'), company?.id],
    [t('head.group'), group?.name],
    [
      t('head.contact'),
      contact && (
        <>
          {contact.name}
          {'\n'}
          <Email address={contact.email} />
          {contact.phone && `\n${contact.phone}`}
        </>
      ),
    ],
    [t('head.credit'), company ? creditText(company, exposure, texts) : null],
    [t('head.paymentTerms'), company?.paymentTerms],
    [t('head.deliveryAddress'), deliveryAddress && addressText(deliveryAddress)],
    [t('head.freightTerms'), requisition.freightTerms],
    [
      t('head.partDeliveries'),
      partDeliveries === null
        ? null
        : t(partDeliveries ? 'head.partDeliveriesYes' : 'head.partDeliveriesNo'),
    ],
    [t('head.name'), requisition.name],
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
        <History aggregateId={requisition.id} />
      </section>
    </div>
  )
}

function addressText({ name, street, postalCode, city }: Address): string {
  return [name, street, `${postalCode} ${city}`].join('\n')
}
