import { Ban, CircleCheck, CircleX, Hourglass, Reply } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { RequisitionOutcome } from '../../contract/entities'
import type { Meaning } from '../ui/status'
import type { Texts } from '../../language/texts'

/** What became of a requisition, as a word and as a sentence. */
export interface OutcomeWords {
  readonly word: string
  readonly sentence: string
  /** What the customer was told, or told. */
  readonly text: string | null
  readonly meaning: Meaning
  readonly icon: LucideIcon
}

/** @param userId who reads it, for whom "by you" is written */
export function outcomeWords(
  outcome: RequisitionOutcome,
  { t, formats }: Texts,
  now: string,
  userId: string | null,
): OutcomeWords {
  const when = formats.when(outcome.at, now)
  const { name } = outcome.by
  const isYou = outcome.by.kind === 'user' && outcome.by.id === userId
  // One of the customer's own, whom a rule asked.
  const isBuyer = outcome.by.kind === 'contact'
  switch (outcome.kind) {
    case 'ordered':
      return {
        word: t('outcome.ordered', { order: outcome.orderNumber }),
        sentence: outcome.automatic
          ? t('outcome.orderedAutomatic', { when })
          : isYou
            ? t('outcome.orderedByYou', { when })
            : t(isBuyer ? 'outcome.orderedByBuyer' : 'outcome.orderedBy', { name, when }),
        text: null,
        meaning: 'good',
        icon: CircleCheck,
      }
    case 'rejected':
      return {
        word: t('requisition.state.rejected'),
        sentence: isYou
          ? t('outcome.rejectedByYou', { when })
          : t(isBuyer ? 'outcome.rejectedByBuyer' : 'outcome.rejectedBy', { name, when }),
        text: outcome.reason,
        meaning: 'danger',
        icon: CircleX,
      }
    case 'returned':
      return {
        word: t('requisition.state.returned'),
        sentence: isYou
          ? t('outcome.returnedByYou', { when })
          : t('outcome.returnedBy', { name, when }),
        text: outcome.message,
        meaning: 'notice',
        icon: Reply,
      }
    case 'withdrawn':
      return {
        word: t('requisition.state.withdrawn'),
        sentence: t('outcome.withdrawnBy', { name, when }),
        text: outcome.reason,
        meaning: 'plain',
        icon: Ban,
      }
    case 'expired':
      return {
        word: t('requisition.state.expired'),
        sentence: t('outcome.expired', { when }),
        text: null,
        meaning: 'plain',
        icon: Hourglass,
      }
  }
}
