import { Lock, MessageSquareQuote, Paperclip } from 'lucide-react'
import type { Requisition } from '../../../contract/entities'
import type { CustomerGroup } from '../../../domain/company'
import { useEntity, useExposure, useNow, useTexts } from '../../desk-hooks'
import type { Texts } from '../../../language/texts'
import { TextButton } from '../../ui/button'
import { Facts } from '../../ui/facts'
import { Status } from '../../ui/status'
import { creditText } from './credit'
import { focusAttachments } from './focus'
import css from './requisition-head.module.css'

/** Who asks, with what right, and what they wrote on it. */
export function RequisitionHead({ requisition }: { readonly requisition: Requisition }) {
  const texts = useTexts()
  const { t, formats } = texts
  const now = useNow()
  const { attachments = [] } = requisition
  const today = formats.dateOf(now)
  const company = useEntity('company', requisition.companyId)
  const contact = useEntity('contact', requisition.contactId)
  const group = useEntity('customer_group', contact?.customerGroupId ?? company?.customerGroupId)
  const exposure = useExposure(company)
  const fact = (label: string, value: string | null | undefined) =>
    value ? { label, value } : null
  return (
    <header className={css.head}>
      <div className={css.title}>
        <h2 className={css.company} data-selectable="">
          {company?.name ?? requisition.companyId}
        </h2>
        <p className={css.document} data-selectable="">
          {[
            `${t(`requisition.kind.${requisition.kind}`)} ${requisition.number}`,
            requisition.revision > 1 &&
              t('requisition.revision', { revision: requisition.revision }),
            requisition.editedBy &&
              t('requisition.editedBy', {
                names: formats.list(requisition.editedBy.map(({ name }) => name)),
              }),
            formats.dayAndTime(requisition.receivedAt, now),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        {company && company.status !== 'active' && (
          <Status meaning={company.status === 'on_hold' ? 'warning' : 'danger'}>
            {company.statusReason === null
              ? t(`company.status.${company.status}`)
              : t('company.statusBecause', {
                  status: t(`company.status.${company.status}`),
                  reason: company.statusReason,
                })}
          </Status>
        )}
      </div>
      <Facts
        facts={[
          {
            label: contact?.name ?? requisition.contactId,
            value: group ? rightText(group, texts) : '',
          },
          fact(t('head.purchaseOrder'), requisition.purchaseOrderNumber),
          fact(t('head.goodsMark'), requisition.goodsMark),
          fact(
            t('head.requestedDate'),
            requisition.requestedDate && formats.day(requisition.requestedDate, today),
          ),
          fact(t('head.yourReference'), requisition.yourReference),
          company ? fact(t('head.credit'), creditText(company, exposure, texts)) : null,
        ]}
      />
      {attachments.length > 0 && (
        <p className={css.attachments}>
          <Paperclip size={16} aria-hidden="true" />
          <TextButton onPress={() => focusAttachments()}>
            {t('attachments.count', { count: attachments.length })}
          </TextButton>
        </p>
      )}
      {requisition.internalComment && (
        <p className={css.comment} data-selectable="">
          <Lock size={16} aria-label={t('head.internalComment')} />
          <span>{requisition.internalComment}</span>
        </p>
      )}
      {requisition.comment && (
        <p className={css.comment} data-selectable="">
          <MessageSquareQuote size={16} aria-label={t('head.comment')} />
          <span>{requisition.comment}</span>
        </p>
      )}
    </header>
  )
}

/** `får beställa · gräns 25 000 kr` */
function rightText({ orderingRight, orderLimit }: CustomerGroup, { t, formats }: Texts): string {
  const money = (amount: number) => formats.wholeMoney(amount, orderLimit.currency)
  const parts = [t(`right.${orderingRight}`)]
  if (orderingRight === 'order') {
    if (orderLimit.perOrder !== null) {
      parts.push(t('right.limit', { limit: money(orderLimit.perOrder) }))
    }
    if (orderLimit.perPeriod !== null) {
      const key = orderLimit.period === 'month' ? 'right.limitMonth' : 'right.limitYear'
      parts.push(t(key, { limit: money(orderLimit.perPeriod) }))
    }
  }
  return parts.join(' · ')
}
