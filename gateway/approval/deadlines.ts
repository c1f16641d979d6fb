import type { CommandPayload } from '../../contract/commands'
import type { Actor } from '../../contract/primitives'
import type { Deadlines } from '../../domain/approval/deadlines'
import { record, type Origin } from '../audit/record'
import type { Transaction } from '../database/transaction'
import { republishSeller } from '../master-data/republish'

/** There is one set of deadlines, the seller's. */
export const deadlinesId = 'deadlines'

/** The deadlines as they are, which nobody else changes until the transaction ends. Version 0: never set. */
export async function deadlinesLocked(tx: Transaction): Promise<{
  readonly deadlines: Deadlines
  readonly holdMinutes: number | null
  readonly version: number
}> {
  return tx
    .selectFrom('seller')
    .select(['deadlines', 'hold_minutes as holdMinutes', 'deadlines_version as version'])
    .forUpdate()
    .executeTakeFirstOrThrow()
}

/** Other deadlines from now on, also for what waits already. The version they get. */
export async function changeDeadlines(
  tx: Transaction,
  { holdMinutes, ...after }: CommandPayload<'deadlines.set'>,
  { actor, origin }: { readonly actor: Actor; readonly origin: Origin },
): Promise<number> {
  const { deadlines: before, holdMinutes: held, version: last } = await deadlinesLocked(tx)
  const version = last + 1
  await tx
    .updateTable('seller')
    .set({
      deadlines: JSON.stringify(after),
      deadlines_version: version,
      ...(holdMinutes !== undefined && { hold_minutes: holdMinutes }),
    })
    .execute()
  // What was to come by the old ones may be due now, or never.
  await tx
    .updateTable('requisition')
    .set(({ fn }) => ({ look_at: fn<Date>('now') }))
    .where('state', 'in', ['submitted', 'in_review', 'returned'])
    .execute()
  await republishSeller(tx)
  record(tx, [
    {
      type: 'deadlines.set',
      actor,
      aggregateKind: 'deadlines',
      aggregateId: deadlinesId,
      version,
      data:
        holdMinutes === undefined
          ? { before, after }
          : { before: { ...before, holdMinutes: held }, after: { ...after, holdMinutes } },
      origin,
    },
  ])
  return version
}
