import type { Requisition } from '../../contract/entities'
import type { Actor } from '../../contract/primitives'
import { untaken } from '../../domain/approval/steps'
import { withWhole } from '../../domain/requisition/split'
import { record, type Origin } from '../audit/record'
import type { Transaction } from '../database/transaction'
import { writable } from '../writable'
import type { LockedRequisition } from './aggregate'
import { changeTold } from './edit'
import type { RevisedRequisition } from './revise'
import { rulesOf } from './take-revision'
import { writeIntake } from './write-intake'

/** Who takes an expired requisition up again, with its content at the prices and by the rules of now. */
export interface Revival {
  readonly revised: RevisedRequisition
  readonly by: Extract<Actor, { kind: 'user' }>
  readonly now: Date
  readonly origin: Origin
}

/**
 * Write the next revision of an expired requisition, which waits as if it had just come in: nothing that
 * was approved, chosen or claimed before it expired counts any more, and time begins anew.
 */
export function writeRevival(
  tx: Transaction,
  locked: LockedRequisition,
  { revised, by, now, origin }: Revival,
): Requisition {
  const before = locked.value
  const { content, intake } = revised
  const { steps: _steps, choices: _choices, reminder: _reminder, ...kept } = before
  const steps = untaken(withWhole(revised.demanded, before.whole))
  const after: Requisition = {
    ...kept,
    ...content,
    revision: before.revision + 1,
    state: 'submitted',
    claimedBy: null,
    outcome: null,
    reasons: writable(intake.reasons),
    ...(steps.length > 0 && { steps: writable(steps) }),
    revisedAt: now.toISOString(),
  }
  const version = locked.version + 1
  writeIntake(tx, after, {
    version,
    parties: revised.parties,
    articles: revised.articles,
    facts: revised.facts,
    proposed: revised.proposed,
    madeBy: by,
    how: 'edited',
    at: now,
    isPublished: true,
  })
  record(tx, [
    {
      type: 'requisition.revived',
      actor: by,
      aggregateKind: 'requisition',
      aggregateId: after.id,
      version,
      data: {
        revision: after.revision,
        from: before.state,
        to: after.state,
        ...changeTold(before, after),
        reasons: after.reasons.map(({ kind }) => kind),
        rules: rulesOf(after),
      },
      origin,
    },
  ])
  return after
}
