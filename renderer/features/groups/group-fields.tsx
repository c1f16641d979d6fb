import { orderingRights } from '../../../domain/company'
import { useDesk, useReplica, useTexts } from '../../desk-hooks'
import { Segments } from '../../ui/segments'
import { SelectField } from '../../ui/select-field'
import { TextField } from '../../ui/text-field'
import { currencyOf } from '../users/save-user'
import css from '../users/user-fields.module.css'
import { readGroupLimit, type GroupField, type GroupValues } from './group-form'

interface GroupFieldsProps {
  readonly groupId: string
  readonly values: GroupValues
  readonly onChange: (values: Partial<GroupValues>) => void
  readonly errorOf: (field: 'perOrder' | 'perPeriod') => string | null
  /** What somebody else has changed a field to meanwhile. */
  readonly theirs: (field: GroupField) => string | null
  readonly isDisabled: boolean
}

/** What people of the group may do, and up to which amounts where they may order. */
export function GroupFields({
  groupId,
  values,
  onChange,
  errorOf,
  theirs,
  isDisabled,
}: GroupFieldsProps) {
  const { t } = useTexts()
  const { orderingRight, period } = values
  return (
    <>
      <div className={css.limit}>
        <span className={css.label}>{t('group.right')}</span>
        <div className={css.limitLine}>
          <Segments
            label={t('group.right')}
            value={orderingRight}
            onChange={(right) => onChange({ orderingRight: right })}
            isDisabled={isDisabled}
            options={orderingRights.map((id) => ({ id, name: t(`group.right.${id}`) }))}
          />
        </div>
        <p className={css.note}>{t(`customer.right.${orderingRight}`)}</p>
        <Theirs text={theirs('orderingRight')} />
      </div>
      {orderingRight === 'order' && (
        <>
          <Limit
            field="perOrder"
            label={t('group.perOrder', { currency: values.currency })}
            values={values}
            onChange={onChange}
            error={errorOf('perOrder')}
            theirs={theirs('perOrder')}
            isDisabled={isDisabled}
          />
          <div className={css.limit}>
            <span className={css.label}>{t('group.period')}</span>
            <div className={css.limitLine}>
              <Segments
                label={t('group.period')}
                value={period}
                onChange={(next) => onChange({ period: next })}
                isDisabled={isDisabled}
                options={(['month', 'year'] as const).map((id) => ({
                  id,
                  name: t(`group.period.${id}`),
                }))}
              />
            </div>
            <Theirs text={theirs('period')} />
          </div>
          <Limit
            field="perPeriod"
            label={t(period === 'month' ? 'group.perMonth' : 'group.perYear', {
              currency: values.currency,
            })}
            values={values}
            onChange={onChange}
            error={errorOf('perPeriod')}
            theirs={theirs('perPeriod')}
            isDisabled={isDisabled}
          />
          <CurrencyField
            groupId={groupId}
            value={values.currency}
            onChange={(currency) => onChange({ currency })}
            theirs={theirs('currency')}
            isDisabled={isDisabled}
          />
        </>
      )}
    </>
  )
}

/** An amount, or nothing for no limit; what was understood of it is said back. */
function Limit({
  field,
  label,
  values,
  onChange,
  error,
  theirs,
  isDisabled,
}: Pick<GroupFieldsProps, 'values' | 'onChange' | 'isDisabled'> & {
  readonly field: 'perOrder' | 'perPeriod'
  readonly label: string
  readonly error: string | null
  readonly theirs: string | null
}) {
  const { t, formats } = useTexts()
  const read = readGroupLimit(values[field], values.currency)
  const understood =
    read.ok && read.value !== null
      ? t('settings.limitWithoutVat', { limit: formats.money(read.value, values.currency) })
      : t('group.limitHint')
  return (
    <div>
      <TextField
        label={label}
        value={values[field]}
        onChange={(text) => onChange({ [field]: text })}
        hint={understood}
        error={error}
        isDisabled={isDisabled}
        autoComplete="off"
      />
      <Theirs text={theirs} />
    </div>
  )
}

/** In which currency limits are written, where there is more than one that could be meant. */
function CurrencyField({
  groupId,
  value,
  onChange,
  theirs,
  isDisabled,
}: {
  readonly groupId: string
  readonly value: string
  readonly onChange: (currency: string) => void
  readonly theirs: string | null
  readonly isDisabled: boolean
}) {
  const { replica } = useDesk()
  const { t } = useTexts()
  const seller = useReplica(currencyOf)
  useReplica(({ replica: { store } }) => store.getState().revision)
  const members = [...replica.all('company').values()].filter(
    (company) => company.customerGroupId === groupId,
  )
  const choices = [...new Set([value, seller, ...members.map(({ currency }) => currency)])].sort()
  if (choices.length < 2) return <Theirs text={theirs} />
  const isForNobody = members.length > 0 && members.every(({ currency }) => currency !== value)
  return (
    <div className={css.limit}>
      <span className={css.label}>{t('group.currency')}</span>
      <SelectField
        label={t('group.currency')}
        value={value}
        options={choices.map((id) => ({ id, name: id }))}
        onChange={onChange}
        isDisabled={isDisabled}
      />
      {isForNobody && <p className={css.warning}>{t('group.currencyOfNobody')}</p>}
      <Theirs text={theirs} />
    </div>
  )
}

function Theirs({ text }: { readonly text: string | null }) {
  const { t } = useTexts()
  if (text === null) return null
  return <p className={css.warning}>{t('user.conflictField', { theirs: text })}</p>
}
