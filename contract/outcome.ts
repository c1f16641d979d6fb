import type { RequisitionOutcome } from './entities'

/** An outcome as it is told where lines have no place: a proposal has as many as a document. */
export function inBrief(outcome: RequisitionOutcome | null): RequisitionOutcome | null {
  if (outcome?.kind !== 'returned' || !outcome.proposal) return outcome
  const { proposal: _lines, ...brief } = outcome
  return brief
}
