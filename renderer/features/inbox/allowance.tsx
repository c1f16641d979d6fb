import type { CustomerGroup } from '../../../domain/company'
import { useNow, useTexts } from '../../desk-hooks'
import { TextButton } from '../../ui/button'
import { RefusalCode } from '../../ui/refusal-code'
import { leftWords, orderRightWords, periodLimitOf, usedWords } from '../../wording/allowance'
import css from './allowance.module.css'
import { usedBy, type UsedOfLimits } from './use-allowances'

/** What a contact may do, and up to which amounts, with what is used and left of the period. */
export function Allowance({
  contactId,
  group,
  used: known,
}: {
  readonly contactId: string
  readonly group: CustomerGroup
  readonly used: UsedOfLimits
}) {
  const texts = useTexts()
  const limit = periodLimitOf(group)
  if (!limit) return orderRightWords(group, texts)
  const used = usedBy(contactId, group, known)
  const when = texts.formats.inPeriod(known.today, limit.period)
  return (
    <>
      <div>{orderRightWords(group, texts)}</div>
      {/* As many lines while it is asked for as when it is there. */}
      <div className={css.figures}>
        <div>{usedWords(limit, used ?? (isAsked(known) ? 'asked' : null), texts)}</div>
        <div>{used === null ? when : `${when}, ${leftWords(limit, used, texts)}`}</div>
      </div>
      <HowKnown known={known} isKnown={used !== null} />
    </>
  )
}

/** Whether an answer is on its way; also where it was told of a limit that is another by now. */
export function isAsked({ kind }: UsedOfLimits): boolean {
  return kind === 'asking' || kind === 'known'
}

/** How well what is used is known; nothing where it is known as of now, or about to be. */
export function HowKnown({
  known,
  isKnown,
}: {
  readonly known: UsedOfLimits
  /** There are figures, be they older ones. */
  readonly isKnown: boolean
}) {
  const { t, formats } = useTexts()
  const now = useNow()
  if (isAsked(known)) return null
  const { kind, told, error, again } = known
  const since =
    isKnown && told ? t('allowance.lastKnown', { when: formats.shortWhen(told.at, now) }) : null
  return (
    <div className={css.state} role="status">
      {kind === 'offline' ? (
        (since ?? t('allowance.offline'))
      ) : (
        <>
          {[since, t('allowance.failed')].filter(Boolean).join('. ')}{' '}
          <TextButton onPress={again}>{t('controls.retry')}</TextButton>{' '}
          {error && <RefusalCode error={error} />}
        </>
      )}
    </div>
  )
}
