import type { CommandPayload } from '../../../contract/commands'
import type { User } from '../../../contract/entities'
import { minimumPasswordLength, passwordLength } from '../../../domain/access/password-rules'
import type { Role } from '../../../domain/access/roles'
import { minorUnitExponent } from '../../../domain/money/currency'
import { parseDecimal, PERCENT_SCALE, printDecimal } from '../../../domain/money/decimal'
import { WHOLE, type Currency } from '../../../domain/units'

/** A user as it stands in the fields. */
export interface UserValues {
  readonly displayName: string
  readonly roles: readonly Role[]
  readonly team: string
  readonly limitKind: 'none' | 'upTo'
  readonly limitText: string
  /** In per cent; empty is no limit. */
  readonly discountLimit: string
  readonly marginFloor: string
}

/** A new user has these as well; they are not changed by `user.update`. */
export interface NewUserValues extends UserValues {
  readonly username: string
  readonly password: string
}

export type UserField =
  | 'username'
  | 'displayName'
  | 'roles'
  | 'team'
  | 'approvalLimit'
  | 'discountLimit'
  | 'marginFloor'
  | 'password'

export type FieldProblem =
  | { readonly code: 'empty' }
  | { readonly code: 'username_form' }
  | { readonly code: 'too_long'; readonly maximum: number }
  | { readonly code: 'too_short'; readonly minimum: number }
  | { readonly code: 'limit_malformed' | 'limit_too_large' | 'limit_negative' }
  | { readonly code: 'limit_too_fine'; readonly decimals: number }
  | { readonly code: 'rate_malformed' }

export type FieldProblems = Readonly<Partial<Record<UserField, FieldProblem>>>

export type ReadForm<Payload> =
  | { readonly ok: true; readonly payload: Payload }
  | { readonly ok: false; readonly problems: FieldProblems }

const LONGEST = { displayName: 120, team: 60, password: 256 } as const
const USERNAME = /^[a-z0-9][a-z0-9._-]{1,39}$/

export const NO_VALUES: NewUserValues = {
  username: '',
  displayName: '',
  password: '',
  roles: ['rep'],
  team: '',
  limitKind: 'none',
  limitText: '',
  discountLimit: '',
  marginFloor: '',
}

/** What the fields hold for a user as it is. */
export function valuesOf(user: User, currency: Currency): UserValues {
  const { displayName, roles, team, approvalLimit, discountLimit, marginFloor } = user
  const rateText = (rate: number | null | undefined) =>
    rate == null ? '' : printDecimal(rate, PERCENT_SCALE)
  const hasLimit = approvalLimit !== null && approvalLimit !== undefined
  return {
    displayName,
    roles,
    team: team ?? '',
    limitKind: hasLimit ? 'upTo' : 'none',
    limitText: hasLimit ? printDecimal(approvalLimit, minorUnitExponent(currency)) : '',
    discountLimit: rateText(discountLimit),
    marginFloor: rateText(marginFloor),
  }
}

/** What the fields say, as a change, or what has to be put right in them. */
export function readUser(
  values: UserValues,
  currency: Currency,
): ReadForm<CommandPayload<'user.update'>> {
  const problems: Partial<Record<UserField, FieldProblem>> = {}
  const displayName = values.displayName.trim()
  const team = values.team.trim()
  if (displayName === '') problems.displayName = { code: 'empty' }
  if (displayName.length > LONGEST.displayName) {
    problems.displayName = { code: 'too_long', maximum: LONGEST.displayName }
  }
  if (team.length > LONGEST.team) problems.team = { code: 'too_long', maximum: LONGEST.team }
  if (values.roles.length === 0) problems.roles = { code: 'empty' }
  const limit = readLimit(values, currency)
  if (!limit.ok) problems.approvalLimit = limit.problem
  const discountLimit = readRate(values.discountLimit, 0)
  const marginFloor = readRate(values.marginFloor, -WHOLE)
  if (discountLimit === undefined) problems.discountLimit = { code: 'rate_malformed' }
  if (marginFloor === undefined) problems.marginFloor = { code: 'rate_malformed' }
  if (Object.keys(problems).length > 0 || !limit.ok) return { ok: false, problems }
  return {
    ok: true,
    payload: {
      displayName,
      roles: [...values.roles],
      team: team === '' ? null : team,
      approvalLimit: limit.value,
      discountLimit,
      marginFloor,
    },
  }
}

/** The same for somebody new. */
export function readNewUser(
  values: NewUserValues,
  currency: Currency,
): ReadForm<CommandPayload<'user.create'>> {
  const { username, password } = values
  const own: Partial<Record<UserField, FieldProblem>> = {}
  if (username === '') own.username = { code: 'empty' }
  else if (!USERNAME.test(username)) own.username = { code: 'username_form' }
  const passwordProblem = judgePassword(password)
  if (passwordProblem) own.password = passwordProblem
  const rest = readUser(values, currency)
  if (!rest.ok) return { ok: false, problems: { ...own, ...rest.problems } }
  if (Object.keys(own).length > 0) return { ok: false, problems: own }
  return { ok: true, payload: { ...rest.payload, username, password } }
}

/** What can be told of a password here; whether it is easily guessed, the gateway says. */
export function judgePassword(password: string): FieldProblem | null {
  if (password === '') return { code: 'empty' }
  if (passwordLength(password) < minimumPasswordLength) {
    return { code: 'too_short', minimum: minimumPasswordLength }
  }
  if (password.length > LONGEST.password) return { code: 'too_long', maximum: LONGEST.password }
  return null
}

/** Parts per million; null is no limit, undefined no rate at all. */
function readRate(text: string, least: number): number | null | undefined {
  if (text.trim() === '') return null
  const parsed = parseDecimal(text, PERCENT_SCALE, 'typed')
  return parsed.ok && parsed.value >= least && parsed.value <= WHOLE ? parsed.value : undefined
}

/** Minor units; null is no limit. */
export function readLimit(
  { limitKind, limitText }: Pick<UserValues, 'limitKind' | 'limitText'>,
  currency: Currency,
):
  | { readonly ok: true; readonly value: number | null }
  | { readonly ok: false; readonly problem: FieldProblem } {
  if (limitKind === 'none') return { ok: true, value: null }
  const decimals = minorUnitExponent(currency)
  const parsed = parseDecimal(limitText, decimals, 'typed')
  if (parsed.ok) {
    return parsed.value < 0
      ? { ok: false, problem: { code: 'limit_negative' } }
      : { ok: true, value: parsed.value }
  }
  switch (parsed.error.code) {
    case 'decimal_empty':
      return { ok: false, problem: { code: 'empty' } }
    case 'decimal_malformed':
      return { ok: false, problem: { code: 'limit_malformed' } }
    case 'decimal_too_fine':
      return { ok: false, problem: { code: 'limit_too_fine', decimals } }
    case 'decimal_too_large':
      return { ok: false, problem: { code: 'limit_too_large' } }
  }
}
