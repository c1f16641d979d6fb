import type { ReactNode } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { roles } from '../../../domain/access/roles'
import type { Desk } from '../../desk'
import { useReplica, useTexts } from '../../desk-hooks'
import { TextButton } from '../../ui/button'
import { CheckboxGroup } from '../../ui/checkbox-group'
import { Segments } from '../../ui/segments'
import { TextField } from '../../ui/text-field'
import { currencyOf } from './save-user'
import { readLimit } from './user-form'
import type { UserField, UserValues } from './user-form'
import css from './user-fields.module.css'

export interface UserFieldsProps {
  readonly values: UserValues
  readonly onChange: (values: Partial<UserValues>) => void
  readonly errorOf: (field: UserField) => string | null
  /** What somebody else has changed a field to meanwhile. */
  readonly theirs?: (field: UserField) => string | null
  /** Said below the roles, when these roles have a consequence. */
  readonly rolesWarning?: string | null
  readonly isDisabled: boolean
  /** Fields that belong after the name. */
  readonly children?: ReactNode
}

/** The fields that a new user and a known one have in common. */
export function UserFields({
  values,
  onChange,
  errorOf,
  theirs = () => null,
  rolesWarning = null,
  isDisabled,
  children,
}: UserFieldsProps) {
  const { t } = useTexts()
  return (
    <>
      <div>
        <TextField
          label={t('user.displayName')}
          value={values.displayName}
          onChange={(displayName) => onChange({ displayName })}
          hint={t('user.displayNameHint')}
          error={errorOf('displayName')}
          isDisabled={isDisabled}
          autoComplete="off"
        />
        <Theirs text={theirs('displayName')} />
      </div>
      {children}
      <div>
        <CheckboxGroup
          label={t('user.roles')}
          value={values.roles}
          onChange={(chosen) => onChange({ roles: chosen })}
          error={errorOf('roles')}
          isDisabled={isDisabled}
          options={roles.map((id) => ({
            id,
            name: t(`user.role.${id}`),
            detail: t(`user.role.${id}.may`),
          }))}
        />
        {rolesWarning !== null && <p className={css.warning}>{rolesWarning}</p>}
        <Theirs text={theirs('roles')} />
      </div>
      <div>
        <TeamField
          value={values.team}
          onChange={(team) => onChange({ team })}
          error={errorOf('team')}
          isDisabled={isDisabled}
        />
        <Theirs text={theirs('team')} />
      </div>
      <div>
        <LimitField
          values={values}
          onChange={onChange}
          error={errorOf('approvalLimit')}
          isDisabled={isDisabled}
        />
        <Theirs text={theirs('approvalLimit')} />
      </div>
      {(['discountLimit', 'marginFloor'] as const).map((field) => (
        <div key={field}>
          <TextField
            label={t(`user.${field}`)}
            value={values[field]}
            onChange={(text) => onChange({ [field]: text })}
            hint={t(`user.${field}Hint`)}
            error={errorOf(field)}
            isDisabled={isDisabled}
            autoComplete="off"
          />
          <Theirs text={theirs(field)} />
        </div>
      ))}
    </>
  )
}

function Theirs({ text }: { readonly text: string | null }) {
  const { t } = useTexts()
  if (text === null) return null
  return <p className={css.warning}>{t('user.conflictField', { theirs: text })}</p>
}

/** A team is what several have written alike, so those there are can be pressed. */
function TeamField({
  value,
  onChange,
  error,
  isDisabled,
}: {
  readonly value: string
  readonly onChange: (team: string) => void
  readonly error: string | null
  readonly isDisabled: boolean
}) {
  const { t } = useTexts()
  const teams = useReplica(useShallow(teamsOf))
  const others = teams.filter((team) => team !== value.trim())
  return (
    <>
      <TextField
        label={t('user.team')}
        value={value}
        onChange={onChange}
        hint={t('user.teamHint')}
        error={error}
        isDisabled={isDisabled}
        autoComplete="off"
      />
      {others.length > 0 && !isDisabled && (
        <p className={css.teams}>
          {t('user.teamsThere')}
          {others.map((team) => (
            <TextButton key={team} onPress={() => onChange(team)}>
              {team}
            </TextButton>
          ))}
        </p>
      )}
    </>
  )
}

function teamsOf({ replica }: Desk): readonly string[] {
  const teams = new Set<string>()
  for (const { team } of replica.all('user').values()) if (team !== null) teams.add(team)
  return [...teams].sort((a, b) => a.localeCompare(b, 'sv'))
}

/** No limit, or an amount; what was understood of it is said back. */
function LimitField({
  values,
  onChange,
  error,
  isDisabled,
}: {
  readonly values: UserValues
  readonly onChange: UserFieldsProps['onChange']
  readonly error: string | null
  readonly isDisabled: boolean
}) {
  const { t, formats } = useTexts()
  const currency = useReplica(currencyOf)
  const read = readLimit(values, currency)
  const understood =
    read.ok && read.value !== null
      ? t('settings.limitWithoutVat', { limit: formats.money(read.value, currency) })
      : t('user.approvalLimitHint')
  return (
    <div className={css.limit}>
      <span className={css.label} id="user-limit">
        {t('user.approvalLimit')}
      </span>
      <div className={css.limitLine}>
        <Segments
          label={t('user.approvalLimit')}
          value={values.limitKind}
          onChange={(limitKind) => {
            if (!isDisabled) onChange({ limitKind })
          }}
          options={(['none', 'upTo'] as const).map((id) => ({
            id,
            name: t(`user.approvalLimit.${id}`),
          }))}
        />
      </div>
      {values.limitKind === 'upTo' ? (
        <TextField
          label={t('user.approvalLimitAmount', { currency })}
          value={values.limitText}
          onChange={(limitText) => onChange({ limitText })}
          hint={understood}
          error={error}
          isDisabled={isDisabled}
          autoComplete="off"
        />
      ) : (
        <p className={css.note}>{t('user.approvalLimitHint')}</p>
      )}
    </div>
  )
}
