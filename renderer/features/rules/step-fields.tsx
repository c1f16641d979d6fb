import { Plus, Trash2 } from 'lucide-react'
import { useMemo } from 'react'
import type { StepTaker } from '../../../domain/approval/policy'
import type { Desk } from '../../desk'
import { useDesk, useReplica, useTexts } from '../../desk-hooks'
import { Button, IconButton } from '../../ui/button'
import { ChoiceMenu } from '../../ui/choice-menu'
import type { Choice } from '../../ui/choice-menu'
import { Segments } from '../../ui/segments'
import { SelectField } from '../../ui/select-field'
import { asSentence, takerWords } from '../../wording/policy'
import type { PolicyNames } from '../../wording/policy'
import { roleWords } from '../users/user-words'
import { ConditionFields } from './condition-fields'
import { emptyStep, emptyTest, MOST } from './rule-form'
import type { StepForm } from './rule-form'
import { sellerCurrency } from './seller-currency'
import css from './step-fields.module.css'

const takers: readonly StepTaker['kind'][] = ['deciders', 'approvers', 'users', 'buyer']

/** The steps that a rule demands, each with its place, who takes it, and when it is wanted at all. */
export function StepFields({
  steps,
  onChange,
  errorOf,
  problemsOf,
  isLocked,
  names,
}: {
  readonly steps: readonly StepForm[]
  readonly onChange: (steps: readonly StepForm[]) => void
  readonly errorOf: (key: string) => string | null
  /** What keeps a step from working, by its place from 0. */
  readonly problemsOf: (demand: number) => readonly string[]
  readonly isLocked: boolean
  readonly names: PolicyNames
}) {
  const { t } = useTexts()
  const error = errorOf('steps')
  const lastTier = Math.max(0, ...steps.map(({ tier }) => tier))
  return (
    <div className={css.steps}>
      {error !== null && <p className={css.error}>{error}</p>}
      <ul className={css.rows}>
        {steps.map((step, at) => (
          <li key={step.key}>
            <Step
              step={step}
              onChange={(changed) => onChange(steps.map((one) => (one === step ? changed : one)))}
              onRemove={() => onChange(steps.filter((one) => one !== step))}
              errorOf={errorOf}
              problems={problemsOf(at)}
              isLocked={isLocked}
              names={names}
            />
          </li>
        ))}
      </ul>
      {steps.length > 1 && <p className={css.note}>{t('rules.tierHint')}</p>}
      {!isLocked && steps.length < MOST.steps && (
        <div className={css.adding}>
          <Button
            variant="quiet"
            icon={Plus}
            onPress={() => onChange([...steps, emptyStep(Math.min(lastTier + 1, MOST.tiers))])}
          >
            {t('rules.addStep')}
          </Button>
        </div>
      )}
    </div>
  )
}

function Step({
  step,
  onChange,
  onRemove,
  errorOf,
  problems,
  isLocked,
  names,
}: {
  readonly step: StepForm
  readonly onChange: (step: StepForm) => void
  readonly onRemove: () => void
  readonly errorOf: (key: string) => string | null
  readonly problems: readonly string[]
  readonly isLocked: boolean
  readonly names: PolicyNames
}) {
  const texts = useTexts()
  const { t } = texts
  const currency = useReplica(sellerCurrency)
  const people = usePeople(step.userIds)
  const { tier, by, userIds, need, when } = step
  const tiers = Array.from({ length: MOST.tiers }, (_, at) => String(at + 1))
  return (
    <div className={css.step} role="group" aria-label={t('rules.stepOf', { tier })}>
      <div className={css.line}>
        <SelectField
          label={t('rules.tier')}
          className={css.tier}
          value={String(tier)}
          options={tiers.map((id) => ({ id, name: t('rules.stepOf', { tier: id }) }))}
          onChange={(id) => onChange({ ...step, tier: Number(id) })}
          isDisabled={isLocked}
        />
        <SelectField
          label={t('rules.taker')}
          className={css.taker}
          value={by}
          options={takers.map((id) => ({ id, name: t(`rules.taker.${id}`) }))}
          onChange={(kind) => onChange({ ...step, by: kind })}
          isDisabled={isLocked}
        />
        {by === 'users' && (
          <ChoiceMenu
            className={css.users}
            label={t('rules.users')}
            value={userIds}
            choices={people}
            onChange={(chosen) => onChange({ ...step, userIds: chosen.slice(0, 50) })}
            words={takerWords({ kind: 'users', userIds, need }, texts, names)}
            placeholder={t('rules.chooseUsers')}
            empty={t('rules.nobodyToChoose')}
            error={errorOf(step.key)}
            isDisabled={isLocked}
          />
        )}
        {!isLocked && (
          <IconButton
            className={css.remove}
            label={t('rules.removeStep')}
            icon={Trash2}
            onPress={onRemove}
          />
        )}
      </div>
      {by === 'users' && userIds.length > 1 && (
        <div className={css.need}>
          <Segments
            label={t('rules.need')}
            value={need}
            onChange={(other) => onChange({ ...step, need: other })}
            isDisabled={isLocked}
            options={(['any', 'all'] as const).map((id) => ({ id, name: t(`rules.need.${id}`) }))}
          />
        </div>
      )}
      {problems.map((words) => (
        <p key={words} className={css.error}>
          {words}
        </p>
      ))}
      {when.rows.length > 0 ? (
        <div className={css.band}>
          <p className={css.note}>{t('rules.onlyWhen')}</p>
          <ConditionFields
            form={when}
            onChange={(changed) => onChange({ ...step, when: changed })}
            errorOf={errorOf}
            isLocked={isLocked}
            names={names}
            emptyWords=""
          />
        </div>
      ) : (
        !isLocked && (
          <div className={css.adding}>
            <Button
              variant="quiet"
              onPress={() =>
                onChange({ ...step, when: { join: 'all', rows: [emptyTest('net', currency)] } })
              }
            >
              {t('rules.addWhen')}
            </Button>
          </div>
        )
      )}
    </div>
  )
}

/** Those who can be given a step, by name; whoever is chosen already is among them. */
function usePeople(chosen: readonly string[]): readonly Choice[] {
  const desk = useDesk()
  const texts = useTexts()
  const revision = useReplica(({ replica }) => replica.store.getState().revision)
  // oxlint-disable-next-line react/exhaustive-deps -- the replica is read anew at each revision
  return useMemo(() => peopleFor(desk, chosen, texts), [desk, chosen, texts, revision])
}

function peopleFor(
  { replica }: Desk,
  chosen: readonly string[],
  texts: ReturnType<typeof useTexts>,
): readonly Choice[] {
  const users = replica.all('user')
  const able = [...users.values()].filter(
    ({ id, roles, status }) =>
      chosen.includes(id) ||
      (status === 'active' && (roles.includes('rep') || roles.includes('approver'))),
  )
  const known = able
    .map(({ id, displayName, roles, status }) => ({
      id,
      name: displayName,
      detail: status === 'disabled' ? texts.t('user.status.disabled') : roleWords(roles, texts),
    }))
    .sort((a, b) => a.name.localeCompare(b.name, 'sv'))
  const gone = chosen.filter((id) => !users.has(id))
  return [...known, ...gone.map((id) => ({ id, name: asSentence(texts.t('policy.unknownUser')) }))]
}
