import {
  Ban,
  CircleCheck,
  CircleDot,
  CircleX,
  ClipboardCheck,
  Hourglass,
  PencilLine,
  Reply,
  Send,
} from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { QuoteOutcome } from '../../../contract/quotes'
import type { QuoteState } from '../../../domain/quote/states'
import type { Texts } from '../../../language/texts'
import type { Meaning } from '../../ui/status'
import type { QuoteHead } from './quotes'

/** Shape of each state; colour only where something of ours is to be done about it. */
export const quoteStateLook: {
  readonly [S in QuoteState]: { readonly meaning: Meaning; readonly icon: LucideIcon }
} = {
  draft: { meaning: 'plain', icon: PencilLine },
  in_review: { meaning: 'notice', icon: CircleDot },
  ready: { meaning: 'notice', icon: CircleCheck },
  sent: { meaning: 'plain', icon: Send },
  accepted: { meaning: 'good', icon: CircleCheck },
  ordered: { meaning: 'good', icon: ClipboardCheck },
  countered: { meaning: 'warning', icon: Reply },
  declined: { meaning: 'plain', icon: CircleX },
  expired: { meaning: 'plain', icon: Hourglass },
  withdrawn: { meaning: 'plain', icon: Ban },
}

/** What came of it, as a sentence. @param userId who reads it */
export function outcomeSentence(
  outcome: QuoteOutcome,
  { t, formats }: Texts,
  now: string,
  userId: string | null,
): string {
  const when = formats.when(outcome.at, now)
  const { name } = outcome.by
  const isOwn = outcome.by.kind === 'user' && outcome.by.id === userId
  switch (outcome.kind) {
    case 'ordered':
      return t('quote.outcome.ordered', { name, when, order: outcome.orderNumber })
    case 'countered':
      return t('quote.outcome.countered', { name, when })
    case 'declined':
      return t('quote.outcome.declined', { name, when })
    case 'withdrawn':
      return isOwn
        ? t('quote.outcome.withdrawnByYou', { when })
        : t('quote.outcome.withdrawn', { name, when })
    case 'expired':
      return t('quote.outcome.expired', { when })
  }
}

/** Until when it stands, as a row says it. */
export function validityWords(
  { validUntil }: Pick<QuoteHead, 'validUntil'>,
  { t, formats }: Texts,
  today: string,
): string {
  return t('quote.validUntilShort', { day: formats.shortDay(validUntil, today) })
}
