import { refusalSentence } from '../../../language/refusals'
import type { Texts } from '../../../language/texts'
import type { FieldProblem, FieldProblems, UserField } from './user-form'
import type { Problem } from './users'

/** What is wrong with a field, found here or refused by the gateway; null when nothing is. */
export function fieldError(
  field: UserField,
  problems: FieldProblems,
  problem: Problem | null,
  texts: Texts,
  now: string,
): string | null {
  const own = problems[field]
  if (own) return problemWords(field, own, texts)
  if (problem?.kind !== 'refused' || problem.field !== field) return null
  if (problem.error.code === 'last_admin') return texts.t('user.error.lastAdmin')
  if (problem.error.code === 'already_exists') return texts.t('user.error.alreadyExists')
  return refusalSentence(problem.error, texts, texts.formats, now)
}

/** What went wrong with the whole of it; null where it belongs to a field, or nothing did. */
export function formError(problem: Problem | null, texts: Texts, now: string): string | null {
  const { t, formats } = texts
  switch (problem?.kind) {
    case undefined:
      return null
    case 'offline':
      return t('user.error.offline')
    case 'refused': {
      if (problem.field !== null) return null
      if (problem.error.code === 'stale_version') return t('user.stale')
      if (problem.error.code === 'last_admin') return t('user.error.lastAdmin')
      return refusalSentence(problem.error, texts, formats, now)
    }
  }
}

/** What is wrong with an amount. */
export function limitProblemWords(problem: FieldProblem, texts: Texts): string {
  return problemWords('approvalLimit', problem, texts)
}

function problemWords(field: UserField, problem: FieldProblem, { t }: Texts): string {
  switch (problem.code) {
    case 'empty':
      return t(emptyKey[field])
    case 'username_form':
      return t('user.error.usernameForm')
    case 'too_long':
      return t('user.error.tooLong', { maximum: problem.maximum })
    case 'too_short':
      return t('error.password_too_short.minimum', { minimum: problem.minimum })
    case 'limit_malformed':
      return t('user.error.limitMalformed')
    case 'limit_too_large':
      return t('user.error.limitTooLarge')
    case 'limit_negative':
      return t('user.error.limitNegative')
    case 'rate_malformed':
      return t('user.error.rateMalformed')
    case 'limit_too_fine':
      return t('user.error.limitTooFine', { decimals: problem.decimals })
  }
}

const emptyKey = {
  username: 'user.error.usernameEmpty',
  displayName: 'user.error.displayNameEmpty',
  roles: 'user.error.rolesEmpty',
  team: 'user.error.displayNameEmpty',
  approvalLimit: 'user.error.limitEmpty',
  // Empty, they are no limit.
  discountLimit: 'user.error.limitEmpty',
  marginFloor: 'user.error.limitEmpty',
  password: 'user.error.passwordEmpty',
} as const satisfies Record<UserField, string>
