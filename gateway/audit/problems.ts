/**
 * What can be wrong with the audit:
 * - `entry_changed`: an entry is not what was sealed
 * - `entry_missing`: an entry that was sealed is not there any more
 * - `erasure_unproven`: an entry was erased, and nothing in the audit shows that it was done by right
 * - `behind`: an entry stands among those that were sealed long ago, and no seal covers it
 * - `seal_broken`: a seal does not fit its own hashes, or does not follow the one before
 * - `seal_missing`: a seal between two others is not there any more
 * - `anchor_differs`: the anchor knows another seal under that number
 * - `anchor_ahead`: the anchor knows a seal that the database has not come to
 * - `anchor_behind`: the anchor lacks the newest seals, though it has had the time
 * - `anchor_broken`: a line of an anchor was not written with its key behind the line before
 * - `export_broken`: an exported file lacks something, or has something that is none of it
 */
export type AuditProblemCode =
  | 'entry_changed'
  | 'entry_missing'
  | 'erasure_unproven'
  | 'behind'
  | 'seal_broken'
  | 'seal_missing'
  | 'anchor_differs'
  | 'anchor_ahead'
  | 'anchor_behind'
  | 'anchor_broken'
  | 'export_broken'

export interface AuditProblem {
  readonly code: AuditProblemCode
  /** The seal concerned; null where it is none. */
  readonly seal: number | null
  /** The entry concerned. */
  readonly seq?: number
  readonly message: string
}

/** As many are told one by one; all are counted. */
const mostTold = 100

/** Problems in the order they were found, in bounded memory. */
export class Problems {
  readonly told: AuditProblem[] = []
  found = 0

  add(problem: AuditProblem): void {
    this.found += 1
    if (this.told.length < mostTold) this.told.push(problem)
  }

  has(...codes: readonly AuditProblemCode[]): boolean {
    return this.told.some(({ code }) => codes.includes(code))
  }
}
