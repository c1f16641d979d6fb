import type { UserField, UserValues } from './user-form'

/** The fields that can differ between what was read, what was written and what holds now. */
const mergedFields = [
  'displayName',
  'roles',
  'team',
  'approvalLimit',
  'discountLimit',
  'marginFloor',
] as const
export type MergedField = (typeof mergedFields)[number] & UserField

export interface Merge {
  /** What to show: what was written where something was, else what holds now. */
  readonly values: UserValues
  /** Written here. */
  readonly dirty: readonly MergedField[]
  /** Written here, and meanwhile changed to something else by somebody else. */
  readonly conflicts: readonly MergedField[]
}

/**
 * Lays what someone wrote over a user that may have changed since they began.
 *
 * @param base as it was when they began
 * @param mine as they have it
 * @param theirs as it is now
 */
export function merge(base: UserValues, mine: UserValues, theirs: UserValues): Merge {
  const dirty = mergedFields.filter((field) => !same(field, base, mine))
  const conflicts = dirty.filter(
    (field) => !same(field, base, theirs) && !same(field, mine, theirs),
  )
  return { values: take(dirty, mine, theirs), dirty, conflicts }
}

/** `theirs` with the named fields of `mine`. */
export function take(
  fields: readonly MergedField[],
  mine: UserValues,
  theirs: UserValues,
): UserValues {
  let values = theirs
  for (const field of fields) {
    values =
      field === 'approvalLimit'
        ? { ...values, limitKind: mine.limitKind, limitText: mine.limitText }
        : { ...values, [field]: mine[field] }
  }
  return values
}

function same(field: MergedField, a: UserValues, b: UserValues): boolean {
  switch (field) {
    case 'displayName':
    case 'team':
      return a[field].trim() === b[field].trim()
    case 'roles':
      return a.roles.length === b.roles.length && a.roles.every((role) => b.roles.includes(role))
    case 'approvalLimit':
      return (
        a.limitKind === b.limitKind &&
        (a.limitKind === 'none' || plain(a.limitText) === plain(b.limitText))
      )
    case 'discountLimit':
    case 'marginFloor':
      return plain(a[field]) === plain(b[field])
  }
}

/** `25 000,50` and `25000.50` are the same amount. */
function plain(text: string): string {
  return text.replace(/\s/g, '').replace(',', '.')
}
