import type { TakenLine } from '../../domain/requisition/intake'

/** The least that could be called looking at a document: one pass over its lines that sums their amounts. */
export function sumOfRows(lines: readonly TakenLine[]): number {
  let sum = 0
  for (const { rowAmount } of lines) sum += rowAmount ?? 0
  return sum
}
