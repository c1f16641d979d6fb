import type { Requisition } from '../../../contract/entities'
import { useEntity, useExposure, useTexts } from '../../desk-hooks'
import { asksBuyer } from '../../../domain/approval/buyers'
import { awaitsDecision } from '../../../domain/requisition/states'
import { classes } from '../../ui/class-names'
import { periodLimitOf } from '../../wording/allowance'
import { Attachments } from './attachments'
import { Allowance } from './allowance'
import {
  addressFact,
  AsideFacts,
  contactFact,
  partDeliveriesFact,
  type AsideFact,
} from './aside-facts'
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
  const facts: readonly AsideFact[] = [
    [t('company.number'), company?.id],
    [t('head.group'), group?.name],
    contactFact(contact, texts),
    [
      t(group?.orderingRight === 'order' ? 'allowance.title' : 'allowance.titleRight'),
      group && (
        <Allowance key="allowance" contactId={requisition.contactId} group={group} used={used} />
      ),
    ],
    [t('head.credit'), company ? creditText(company, exposure, texts) : null],
    [t('head.paymentTerms'), company?.paymentTerms],
    addressFact(deliveryAddress, texts),
    [t('head.freightTerms'), requisition.freightTerms],
    partDeliveriesFact(partDeliveries, texts),
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
        <AsideFacts facts={facts} />
        <Attachments requisition={requisition} />
      </div>
      <section>
        <h3 className={css.title}>{t('history.title')}</h3>
        <History aggregateId={requisition.id} />
      </section>
    </div>
  )
}
