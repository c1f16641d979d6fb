import { sql } from 'kysely'
import { refusal, type Outcome } from '../../contract/errors'
import type { Actor } from '../../contract/primitives'
import type { Transaction } from '../database/transaction'
import { digestPayload } from './digest'
import { entryColumns, erasedPayload, erasure, type EntryRow } from './entry-rows'
import { record, type Origin } from './record'

/**
 * Erase what an entry of the audit says: who did it, the values, from where. What kind of thing happened
 * to which aggregate and when stays. The payload's digest is kept in its stead and its salt is gone, so
 * the seals hold as before and nobody can try out what was written there. The erasure is an entry itself.
 *
 * Copies are not reached: backups, and what PostgreSQL keeps of former rows until it is vacuumed.
 *
 * @param why what the audit is to say of the reason; nothing about the person
 * @returns `not_found`, or `wrong_state` when it has been erased before; neither writes anything
 */
export async function eraseEntry(
  tx: Transaction,
  seq: number,
  why: { readonly reason: string; readonly actor: Actor; readonly origin: Origin },
): Promise<Outcome<{ readonly seq: number }>> {
  const { rows } = await sql<EntryRow>`
    select ${entryColumns} from audit a where a.seq = ${seq} for update`.execute(tx)
  const [entry] = rows
  if (!entry)
    return { ok: false, error: refusal('not_found', `The audit has no entry ${seq}.`, { seq }) }
  if (entry.salt === null) {
    return {
      ok: false,
      error: refusal('wrong_state', `Entry ${seq} of the audit has been erased already.`, { seq }),
    }
  }
  await tx
    .updateTable('audit')
    .set({
      actor: JSON.stringify(erasedPayload.actor),
      data: JSON.stringify(erasedPayload.data),
      origin: JSON.stringify(erasedPayload.origin),
      salt: null,
      digest: digestPayload(entry.salt, entry),
    })
    .where('seq', '=', seq)
    .execute()
  record(tx, [
    {
      ...erasure,
      actor: why.actor,
      aggregateId: String(seq),
      version: 1,
      data: { reason: why.reason, erased: entry.type },
      origin: why.origin,
    },
  ])
  return { ok: true, value: { seq } }
}
