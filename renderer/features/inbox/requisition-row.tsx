import { memo } from 'react'
import type { Requisition } from '../../../contract/entities'
import { useEntity, useNow, usePending, useReplica, useTexts, useUser } from '../../desk-hooks'
import type { Send } from '../../state/sends'
import type { Texts } from '../../texts'
import { classes } from '../../ui/class-names'
import { Money } from '../../ui/figure'
import { PendingStatus, Status } from '../../ui/status'
import { outcomeWords } from '../../wording/outcome'
import { reasonInShort } from '../../wording/reasons'
import { workingKey } from './decisions'
import css from './requisition-row.module.css'

/** At most this many reasons stand in a row; the rest are in the detail. */
const MOST_REASONS = 2

/** One requisition in the list: who and how much, then why it is here. */
export const RequisitionRow = memo(function RequisitionRow({
  id,
  isSelected,
}: {
  readonly id: string
  readonly isSelected: boolean
}) {
  const texts = useTexts()
  const { t, formats } = texts
  const now = useNow()
  const user = useUser()
  const requisition = useEntity('requisition', id)
  const company = useEntity('company', requisition?.companyId)
  const contact = useEntity('contact', requisition?.contactId)
  const isUnread = useReplica(
    ({ reads }) => requisition !== undefined && reads.isUnread(requisition),
  )
  const [pending] = usePending(id).slice(-1)
  if (!requisition) return null
  const { totals, claimedBy } = requisition
  const reasons = requisition.outcome ? [] : reasonsOf(requisition, texts)
  return (
    <div className={classes(css.row, isSelected && css.selected, isUnread && css.unread)}>
      {isUnread && (
        <span className={css.dot}>
          <span className={css.hiddenWord}>{t('inbox.unread')}</span>
        </span>
      )}
      <div className={css.line}>
        <span className={css.company}>{company?.name ?? requisition.companyId}</span>
        <span className={css.amount}>
          <Money amount={totals.net} currency={totals.currency} />
        </span>
      </div>
      <div className={css.line}>
        <span className={css.facts}>
          <State requisition={requisition} pending={pending} now={now} userId={user?.id ?? null} />
          {reasons.map((reason) => (
            <span key={reason} className={css.reason}>
              {reason}
            </span>
          ))}
          {claimedBy && !requisition.outcome && (
            <span className={css.claimed}>
              {claimedBy.id === user?.id
                ? t('requisition.claimedByYou')
                : t('requisition.claimedBy', { name: claimedBy.name })}
            </span>
          )}
          <span>{t(`requisition.kind.${requisition.kind}`)}</span>
          {contact && <span>{contact.name}</span>}
          <span>{t('inbox.lines', { count: requisition.lines.length })}</span>
        </span>
        <time className={css.time} dateTime={requisition.receivedAt}>
          {formats.shortWhen(requisition.receivedAt, now)}
        </time>
      </div>
    </div>
  )
})

function reasonsOf({ reasons }: Requisition, texts: Texts): readonly string[] {
  return reasons
    .map((reason) => reasonInShort(reason, texts))
    .filter((reason) => reason !== null)
    .slice(0, MOST_REASONS)
}

/** What is happening to it, or has: nothing for one that only waits to be decided. */
function State({
  requisition,
  pending,
  now,
  userId,
}: {
  readonly requisition: Requisition
  readonly pending: Send | undefined
  readonly now: string
  readonly userId: string | null
}) {
  const texts = useTexts()
  const { t } = texts
  if (pending) {
    switch (pending.phase.kind) {
      case 'sending':
      case 'settling':
        return <PendingStatus>{t(workingKey(pending.type))}</PendingStatus>
      case 'queued':
        return <PendingStatus>{t('pending.queuedShort')}</PendingStatus>
      case 'unanswered':
        return <Status meaning="warning">{t('pending.unansweredShort')}</Status>
      case 'refused':
        if (!requisition.outcome)
          return <Status meaning="danger">{t('pending.refusedShort')}</Status>
        break
      case 'offline':
      case 'not_happened':
        break
    }
  }
  if (requisition.outcome) {
    const { word, meaning } = outcomeWords(requisition.outcome, texts, now, userId)
    return <Status meaning={meaning}>{word}</Status>
  }
  if (requisition.state === 'approved' || requisition.state === 'expired') {
    return <Status meaning="plain">{t(`requisition.state.${requisition.state}`)}</Status>
  }
  return null
}
