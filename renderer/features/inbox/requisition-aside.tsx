import type { ReactNode } from 'react'
import type { Requisition } from '../../../contract/entities'
import type { Address } from '../../../domain/company'
import { useEntity, useExposure, useTexts } from '../../desk-hooks'
import { asksBuyer } from '../../../domain/approval/buyers'
import { awaitsDecision } from '../../../domain/requisition/states'
import { classes } from '../../ui/class-names'
import { Email } from '../../ui/email'
import { periodLimitOf } from '../../wording/allowance'
import { Allowance } from './allowance'
import { Buyers } from './buyers'
import { creditText } from './credit'
import { History } from './history'
import css from './requisition-aside.module.css'
import { useAllowances } from './use-allowances'

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
  const isAsked = awaitsDecision(requisition.state) && asksBuyer(requisition)
  const used = useAllowances(requisition.companyId, isAsked || periodLimitOf(group) !== null)
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
    [
      t(group?.orderingRight === 'order' ? 'allowance.title' : 'allowance.titleRight'),
      group && (
        <Allowance key="allowance" contactId={requisition.contactId} group={group} used={used} />
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
      <div className={css.customer}>
        {isAsked && (
          <section>
            <h3 className={css.title}>{t('buyers.title')}</h3>
            <Buyers requisition={requisition} used={used} />
          </section>
        )}
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
      </div>
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
