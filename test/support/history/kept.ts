import type { Kysely } from 'kysely'
import type { Database } from '../../../gateway/database/schema'
import { readMarksOf } from './commands'
import type { History } from './history'

/**
 * Every command of which a console said that it keeps it has been carried out, or its refusal shown.
 * A read mark may have given way to a later one of the same requisition that reaches as far.
 */
export async function checkKept(
  db: Kysely<Database>,
  history: History,
  kept: ReadonlySet<string>,
): Promise<string[]> {
  const rows = await db.selectFrom('command').select('id').execute()
  const done = new Set(rows.map(({ id }) => id))
  const revisionRead = await readMarksOf(db)
  return [...kept].flatMap((id) => {
    const sent = history.commands.get(id)
    if (!sent) return [`command ${id} was kept and given by nobody`]
    const { envelope, userId, answers } = sent
    if (done.has(id) || answers.some(({ ok }) => !ok)) return []
    const isRead =
      envelope.type === 'requisition.mark_read' &&
      revisionRead(userId, envelope.aggregateId) >= Number(envelope.payload['revision'])
    return isRead ? [] : [`command ${id} (${envelope.type}) was kept, and nothing became of it`]
  })
}
