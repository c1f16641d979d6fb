import type { LetterWriter } from '../letter'
import type { MailKind } from '../tell-customer'
import { orderLetters } from './order'
import { quoteLetters } from './quote'
import { requisitionLetters } from './requisition'

/** Who writes which mail. */
export const letters: Readonly<Record<MailKind, LetterWriter>> = {
  ...requisitionLetters,
  ...quoteLetters,
  ...orderLetters,
}
