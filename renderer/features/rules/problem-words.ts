import type { PolicyProblem } from '../../../domain/approval/check-policy'
import type { Texts } from '../../../language/texts'
import type { PolicyNames } from '../../wording/policy'
import type { FieldProblem } from './rule-form'
import type { Entry } from './rules'

/** Said only once somebody tried to put it in force: a field that is not filled in yet is no fault. */
const unfilled: ReadonlySet<FieldProblem['code']> = new Set([
  'empty',
  'no_values',
  'no_users',
  'no_steps',
  'no_rows',
  'name_empty',
])

/** What is wrong in a field; null where nothing is, or nothing is to be said yet. */
export function fieldError(
  problem: FieldProblem | undefined,
  isTried: boolean,
  { t }: Texts,
): string | null {
  if (!problem || (!isTried && unfilled.has(problem.code))) return null
  switch (problem.code) {
    case 'too_fine':
      return problem.decimals === 0
        ? t('rules.error.whole')
        : t('rules.error.tooFine', { decimals: problem.decimals })
    case 'name_too_long':
      return t('rules.error.nameTooLong', { maximum: problem.maximum })
    default:
      return t(`rules.error.${problem.code}`)
  }
}

/** What keeps a rule that is on from working, as a sentence. */
export function policyProblemWords(
  problem: PolicyProblem,
  entries: readonly Entry[],
  { t }: Texts,
  names: PolicyNames,
): string {
  switch (problem.kind) {
    case 'never_holds':
      return t(problem.demand === null ? 'rules.unsound.never' : 'rules.unsound.stepNever')
    case 'same_as': {
      const other = entries.find(({ id }) => id === problem.otherRuleId)
      return t('rules.unsound.sameAs', { name: other?.form?.name ?? other?.rule?.name ?? '' })
    }
    case 'user_cannot_decide': {
      const name = names.user(problem.userId)
      if (name === null || problem.because === 'unknown') return t('rules.unsound.userUnknown')
      return t(
        problem.because === 'disabled' ? 'rules.unsound.userDisabled' : 'rules.unsound.userRole',
        { name },
      )
    }
    case 'nobody_can_take':
      return t('rules.unsound.nobody')
    case 'unknown_value':
      return t(`rules.unsound.unknown.${problem.fact}`, { value: problem.value })
  }
}

/** The step that a problem is about, counted from 0; null where it is the rule itself. */
export function demandOf(problem: PolicyProblem): number | null {
  return 'demand' in problem ? problem.demand : null
}
