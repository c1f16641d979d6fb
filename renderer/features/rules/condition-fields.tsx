import { Plus, Trash2 } from 'lucide-react'
import { useReplica, useTexts } from '../../desk-hooks'
import { Button, IconButton } from '../../ui/button'
import { Segments } from '../../ui/segments'
import { asSentence, conditionWords } from '../../wording/policy'
import type { PolicyNames } from '../../wording/policy'
import css from './condition-fields.module.css'
import { emptyGroup, emptyTest, MOST } from './rule-form'
import type { ConditionForm, GroupForm, Join, RowForm, TestForm } from './rule-form'
import { sellerCurrency } from './seller-currency'
import { TestFields } from './test-fields'

export interface ConditionFieldsProps {
  readonly form: ConditionForm
  readonly onChange: (form: ConditionForm) => void
  readonly errorOf: (key: string) => string | null
  readonly isLocked: boolean
  readonly names: PolicyNames
  /** Said where there are no rows. */
  readonly emptyWords: string
  /** Whether rows may be groups of their own. */
  readonly canGroup?: boolean
}

/** Tests under each other, all or any of which must hold; a row may be a group of tests itself. */
export function ConditionFields({
  form,
  onChange,
  errorOf,
  isLocked,
  names,
  emptyWords,
  canGroup = false,
}: ConditionFieldsProps) {
  const { t } = useTexts()
  const currency = useReplica(sellerCurrency)
  const { join, rows } = form
  const put = (row: RowForm) =>
    onChange({ join, rows: rows.map((one) => (one.key === row.key ? row : one)) })
  const drop = (key: string) => onChange({ join, rows: rows.filter((one) => one.key !== key) })
  const isFull = rows.length >= MOST.rows
  return (
    <div className={css.condition}>
      {rows.length === 0 && <p className={css.note}>{emptyWords}</p>}
      {rows.length > 1 && (
        <JoinSegments
          join={join}
          onChange={(other) => onChange({ join: other, rows })}
          isLocked={isLocked}
        />
      )}
      {rows.length > 0 && (
        <ul className={css.rows}>
          {rows.map((row) => (
            <li key={row.key}>
              {row.kind === 'test' ? (
                <TestFields
                  row={row}
                  onChange={put}
                  onRemove={() => drop(row.key)}
                  error={errorOf(row.key)}
                  isLocked={isLocked}
                  names={names}
                />
              ) : row.kind === 'group' ? (
                <Group
                  group={row}
                  onChange={put}
                  onRemove={() => drop(row.key)}
                  errorOf={errorOf}
                  isLocked={isLocked}
                  names={names}
                />
              ) : (
                <Kept row={row} onRemove={() => drop(row.key)} isLocked={isLocked} names={names} />
              )}
            </li>
          ))}
        </ul>
      )}
      {!isLocked && !isFull && (
        <div className={css.adding}>
          <Button
            variant="quiet"
            icon={Plus}
            onPress={() => onChange({ join, rows: [...rows, emptyTest('net', currency)] })}
          >
            {t('rules.addTest')}
          </Button>
          {canGroup && rows.length > 0 && (
            <Button
              variant="quiet"
              icon={Plus}
              onPress={() =>
                // A group is joined the other way: joined alike it would be no group.
                onChange({
                  join,
                  rows: [...rows, emptyGroup(currency, join === 'all' ? 'any' : 'all')],
                })
              }
            >
              {t('rules.addGroup')}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}

function JoinSegments({
  join,
  onChange,
  isLocked,
}: {
  readonly join: Join
  readonly onChange: (join: Join) => void
  readonly isLocked: boolean
}) {
  const { t } = useTexts()
  return (
    <div className={css.join}>
      <Segments
        label={t('rules.join')}
        value={join}
        onChange={onChange}
        isDisabled={isLocked}
        options={(['all', 'any'] as const).map((id) => ({ id, name: t(`rules.join.${id}`) }))}
      />
    </div>
  )
}

function Group({
  group,
  onChange,
  onRemove,
  errorOf,
  isLocked,
  names,
}: {
  readonly group: GroupForm
  readonly onChange: (group: GroupForm) => void
  readonly onRemove: () => void
  readonly errorOf: (key: string) => string | null
  readonly isLocked: boolean
  readonly names: PolicyNames
}) {
  const { t } = useTexts()
  const currency = useReplica(sellerCurrency)
  const { join, rows } = group
  const error = errorOf(group.key)
  const put = (row: TestForm) =>
    onChange({ ...group, rows: rows.map((one) => (one.key === row.key ? row : one)) })
  return (
    <fieldset className={css.group}>
      <legend className={css.hidden}>{t('rules.group')}</legend>
      <div className={css.groupHead}>
        <JoinSegments
          join={join}
          onChange={(other) => onChange({ ...group, join: other })}
          isLocked={isLocked}
        />
        {!isLocked && (
          <IconButton label={t('rules.removeGroup')} icon={Trash2} onPress={onRemove} />
        )}
      </div>
      {error !== null && <p className={css.error}>{error}</p>}
      <ul className={css.rows}>
        {rows.map((row) => (
          <li key={row.key}>
            <TestFields
              row={row}
              onChange={put}
              onRemove={() =>
                // The last one takes the group along.
                rows.length === 1
                  ? onRemove()
                  : onChange({ ...group, rows: rows.filter((one) => one.key !== row.key) })
              }
              error={errorOf(row.key)}
              isLocked={isLocked}
              names={names}
            />
          </li>
        ))}
      </ul>
      {!isLocked && rows.length < MOST.rows && (
        <div className={css.adding}>
          <Button
            variant="quiet"
            icon={Plus}
            onPress={() => onChange({ ...group, rows: [...rows, emptyTest('net', currency)] })}
          >
            {t('rules.addTest')}
          </Button>
        </div>
      )}
    </fieldset>
  )
}

/** What is nested deeper than the form goes: told in words, kept, and taken away whole. */
function Kept({
  row,
  onRemove,
  isLocked,
  names,
}: {
  readonly row: Extract<RowForm, { kind: 'kept' }>
  readonly onRemove: () => void
  readonly isLocked: boolean
  readonly names: PolicyNames
}) {
  const texts = useTexts()
  return (
    <div className={css.kept}>
      <p data-selectable="">
        {asSentence(conditionWords(row.condition, texts, names))}
        <span className={css.note}> {texts.t('rules.kept')}</span>
      </p>
      {!isLocked && (
        <IconButton label={texts.t('rules.removeTest')} icon={Trash2} onPress={onRemove} />
      )}
    </div>
  )
}
