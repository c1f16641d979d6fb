import { userSchema } from '../../../contract/entities'
import { commandSchemas } from '../../../contract/commands'
import type { Texts } from '../../../language/texts'
import type { HistoryEntry } from '../../wording/history'
import { limitWords, rateWords, roleWords } from './user-words'

/** What a change of a user changed: `Team: Norr → Väst`, a line for each field. */
export function changeLines(
  { type, data }: Pick<HistoryEntry, 'type' | 'data'>,
  currency: string,
  texts: Texts,
): readonly string[] {
  if (type !== 'user.updated') return []
  const before = userSchema.safeParse(data['before'])
  const after = commandSchemas['user.update'].safeParse(data['after'])
  if (!before.success || !after.success) return []
  const { t } = texts
  const [a, b] = [before.data, after.data]
  const lines: readonly (readonly [string, string, string])[] = [
    [t('user.displayName'), a.displayName, b.displayName],
    [t('user.roles'), roleWords(a.roles, texts), roleWords(b.roles, texts)],
    [t('user.team'), a.team ?? t('user.teamNone'), b.team ?? t('user.teamNone')],
    [
      t('user.approvalLimit'),
      limitWords(a.approvalLimit ?? null, currency, texts),
      limitWords(b.approvalLimit, currency, texts),
    ],
    // Left out, it stays as it is.
    ...(['discountLimit', 'marginFloor'] as const).flatMap((field) =>
      b[field] === undefined
        ? []
        : [[t(`user.${field}`), rateWords(a[field], texts), rateWords(b[field], texts)] as const],
    ),
  ]
  return lines
    .filter(([, from, to]) => from !== to)
    .map(([name, from, to]) => t('user.changedFromTo', { name, from, to }))
}
