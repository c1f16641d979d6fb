/** The states a quote passes through; see `decide.ts` for what moves it where. */
export const quoteStates = [
  'draft',
  'in_review',
  'ready',
  'sent',
  'accepted',
  'ordered',
  'countered',
  'declined',
  'expired',
  'withdrawn',
] as const
export type QuoteState = (typeof quoteStates)[number]

/** Somebody, of ours or of the customer's, still has to do something about it. */
export function isOpenQuote(state: QuoteState): boolean {
  switch (state) {
    case 'draft':
    case 'in_review':
    case 'ready':
    case 'sent':
    case 'accepted':
    case 'countered':
      return true
    case 'ordered':
    case 'declined':
    case 'expired':
    case 'withdrawn':
      return false
  }
}

/** Its present version has not gone out, and may still be written. */
export function isUnsent(state: QuoteState): boolean {
  return state === 'draft' || state === 'in_review' || state === 'ready'
}
