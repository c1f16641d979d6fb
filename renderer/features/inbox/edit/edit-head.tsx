import { useId } from 'react'
import { useStore } from 'zustand'
import type { Requisition } from '../../../../contract/entities'
import type { Address } from '../../../../domain/company'
import { useDesk, useEntity, useTexts } from '../../../desk-hooks'
import { headFields, typeHead, type HeadField } from '../../../state/edits'
import { classes } from '../../../ui/class-names'
import fieldCss from '../../../ui/field.module.css'
import css from './edit-head.module.css'
import { headText, isDateOrEmpty } from './edited'

const labels = {
  requestedDate: 'head.requestedDate',
  purchaseOrderNumber: 'head.purchaseOrder',
  goodsMark: 'head.goodsMark',
  yourReference: 'head.yourReference',
  freightTerms: 'head.freightTerms',
  deliveryAddress: 'head.deliveryAddress',
  partDeliveries: 'head.partDeliveries',
  internalComment: 'head.internalComment',
} as const satisfies Record<HeadField, string>

/** As long as the gateway takes them. */
const longest: Readonly<Partial<Record<HeadField, number>>> = {
  purchaseOrderNumber: 100,
  goodsMark: 200,
  yourReference: 200,
  freightTerms: 200,
  internalComment: 4_000,
}

/** What a requisition says beside its lines, as fields. */
export function EditHead({ requisition }: { readonly requisition: Requisition }) {
  const { t } = useTexts()
  return (
    <section className={css.head} aria-label={t('edit.head')}>
      {headFields.map((field) => (
        <HeadFieldRow key={field} requisition={requisition} field={field} />
      ))}
    </section>
  )
}

function HeadFieldRow({
  requisition,
  field,
}: {
  readonly requisition: Requisition
  readonly field: HeadField
}) {
  const { edits } = useDesk()
  const { t } = useTexts()
  const id = useId()
  const company = useEntity('company', requisition.companyId)
  const before = headText(requisition, field)
  const text = useStore(edits.store, ({ drafts }) => drafts.get(requisition.id)?.head[field])
  const value = text ?? before
  const shared = {
    id,
    value,
    className: classes(fieldCss.input, value !== before && css.changed),
    onChange: ({ target }: { readonly target: { readonly value: string } }) =>
      edits.change(requisition.id, typeHead(field, target.value)),
  }
  const { deliveryAddress } = requisition
  const isWrong = field === 'requestedDate' && !isDateOrEmpty(value.trim())
  return (
    <div className={classes(css.field, field === 'internalComment' && css.wide)}>
      <label htmlFor={id} className={fieldCss.label}>
        {t(labels[field])}
      </label>
      {field === 'deliveryAddress' ? (
        <select {...shared}>
          {!company?.addresses.some(({ id: key }) => key === before) && (
            <option value={before}>
              {deliveryAddress ? addressText(deliveryAddress) : t('edit.noAddress')}
            </option>
          )}
          {company?.addresses.map((address) => (
            <option key={address.id} value={address.id}>
              {addressText(address)}
            </option>
          ))}
        </select>
      ) : field === 'partDeliveries' ? (
        <select {...shared}>
          <option value="">{t('edit.notSaid')}</option>
          <option value="yes">{t('head.partDeliveriesYes')}</option>
          <option value="no">{t('head.partDeliveriesNo')}</option>
        </select>
      ) : (
        <input
          {...shared}
          type="text"
          aria-invalid={isWrong || undefined}
          placeholder={field === 'requestedDate' ? t('edit.datePlaceholder') : undefined}
          maxLength={longest[field]}
          spellCheck="false"
        />
      )}
    </div>
  )
}

function addressText({ name, street, city }: Address): string {
  return [name, street, city].join(', ')
}
