import { Circle, CircleCheck, CircleDot, CircleDashed, SkipForward } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import { isDone, pendingSteps, wantedFor, type ApprovalStep } from '../../../domain/approval/steps'
import { useDesk, useNow, useReplica, useTexts } from '../../desk-hooks'
import { wantedWords } from '../../wording/steps'
import css from './approval-steps.module.css'

type StepState = 'approved' | 'pending' | 'waiting' | 'untaken' | 'skipped'

const iconOf: { readonly [S in StepState]: LucideIcon } = {
  approved: CircleCheck,
  pending: CircleDot,
  waiting: Circle,
  untaken: CircleDashed,
  skipped: SkipForward,
}

/** The steps that rules demand, in their order: who has approved, whose turn it is, who comes after. */
export function ApprovalSteps({
  steps,
  isOpen,
  companyId,
}: {
  readonly steps: readonly ApprovalStep[] | undefined
  /** They are still to be taken. */
  readonly isOpen: boolean
  readonly companyId: string
}) {
  const { t } = useTexts()
  if (!steps || steps.length === 0) return null
  const pending: readonly ApprovalStep[] = isOpen ? pendingSteps(steps) : []
  const stateOf = (step: ApprovalStep): StepState => {
    if (step.skipped) return 'skipped'
    if (isDone(step)) return 'approved'
    if (pending.includes(step)) return 'pending'
    return isOpen ? 'waiting' : 'untaken'
  }
  return (
    <ol className={css.steps} aria-label={t('step.title')}>
      {steps.map((step, at) => (
        <Step key={at} step={step} state={stateOf(step)} companyId={companyId} />
      ))}
    </ol>
  )
}

function Step({
  step,
  state,
  companyId,
}: {
  readonly step: ApprovalStep
  readonly state: StepState
  readonly companyId: string
}) {
  const texts = useTexts()
  const { t, formats } = texts
  const { replica } = useDesk()
  const now = useNow()
  // Names are the users' own, and may come or change later.
  useReplica(({ replica: { store } }) => store.getState().revision)
  const Icon = iconOf[state]
  const done = step.approvals.map(({ by, for: absent, at }) => {
    const when = formats.shortWhen(at, now)
    if (absent === undefined) return `${by.name} ${when}`
    const other = replica.get('user', absent.id)?.displayName ?? t('step.wanted.unknownUser')
    return `${t('step.byFor', { name: by.name, other })} ${when}`
  })
  const { skipped, escalatedAt } = step
  const left =
    state === 'approved' ? [] : [wantedWords([wantedFor(step)], companyId, replica, texts)]
  const skip = skipped
    ? [`${t('step.skippedBy', { name: skipped.by.name })} ${formats.shortWhen(skipped.at, now)}`]
    : []
  const escalated = state === 'pending' && escalatedAt !== undefined ? [t('step.escalated')] : []
  const why = skipped ? t('controls.quoted', { text: skipped.reason }) : t(`step.${state}`)
  const rules = step.because.map(({ name }) => name)
  return (
    <li className={css.step} data-state={state}>
      <Icon size={14} aria-hidden="true" />
      <span>
        {[...done, ...left, ...skip].join(' · ')}
        <span className={css.state}>{['', why, ...escalated, ...rules].join(' · ')}</span>
      </span>
    </li>
  )
}
