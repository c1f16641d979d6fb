import type { DecidableQuote, QuoteDecision } from '../../../../domain/quote/decide'

export const today = '2026-11-23'

/** A quote that nothing speaks against. */
export function quote(overrides: Partial<DecidableQuote> = {}): DecidableQuote {
  return {
    state: 'draft',
    revision: 1,
    wasSent: false,
    validUntil: '2026-12-23',
    net: 100_000,
    lineCount: 2,
    unpricedLineIds: [],
    companyId: '1001',
    companyStatus: 'active',
    requisitionState: null,
    isRequisitionRevised: false,
    steps: [],
    ...overrides,
  }
}

export const submit = {
  kind: 'submit_for_review',
  revision: 1,
  demanded: [],
  submitter: { userId: 'e', approvalLimit: null },
} as const satisfies QuoteDecision
