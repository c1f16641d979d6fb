import { sql } from 'kysely'
import { refusal, type Outcome } from '../../contract/errors'
import type { Actor } from '../../contract/primitives'
import type { Transaction } from '../database/transaction'
import { digestPayload } from './digest'
import { entryColumns, erasedPayload, erasure, type EntryRow } from './entry-rows'
import { proveErasure } from './erasure-proof'
import { record, type Origin } from './record'

/** Who erases, why, and with what right. */
export interface ErasureOrder {
  /** What the audit is to say of the reason; nothing about the person. */
  readonly reason: string
  readonly actor: Actor
  readonly origin: Origin
  /** The anchor's: whoever has only the database cannot erase without a check telling of it. */
  readonly key: Buffer
}

/**
 * Erase what an entry of the audit says: who did it, the values, from where. What kind of thing happened
 * to which aggregate and when stays. The payload's digest is kept in its stead and its salt is gone, so
 * the seals hold as before and nobody can try out what was written there. The erasure is an entry itself,
 * proven with the anchor's key.
 *
 * Copies are not reached: backups, and what PostgreSQL keeps of former rows until it is vacuumed.
 *
 * @returns `not_found`, or `wrong_state` when it has been erased before or tells of an erasure itself,
 * without which the other would be unproven; neither writes anything
 */
export async function eraseEntry(
  tx: Transaction,
  seq: number,
  { reason, actor, origin, key }: ErasureOrder,
): Promise<Outcome<{ readonly seq: number }>> {
  const { rows } = await sql<EntryRow>`
    select ${entryColumns} from audit a where a.seq = ${seq} for update`.execute(tx)
  const [entry] = rows
  if (!entry)
    return { ok: false, error: refusal('not_found', `The audit has no entry ${seq}.`, { seq }) }
  if (entry.salt === null) return wrongState(`Entry ${seq} of the audit has been erased already.`)
  if (entry.type === erasure.type)
    return wrongState(`Entry ${seq} of the audit tells of an erasure, and stays.`)
  const digest = digestPayload(entry.salt, entry)
  await tx
    .updateTable('audit')
    .set({
      actor: JSON.stringify(erasedPayload.actor),
      data: JSON.stringify(erasedPayload.data),
      origin: JSON.stringify(erasedPayload.origin),
      salt: null,
      digest,
    })
    .where('seq', '=', seq)
    .execute()
  const data = { reason, erased: entry.type }
  const proof = proveErasure(key, { seq, digest, actor, data, origin })
  record(tx, [
    {
      ...erasure,
      actor,
      aggregateId: String(seq),
      version: 1,
      data: { ...data, proof },
      origin,
    },
  ])
  return { ok: true, value: { seq } }

  function wrongState(message: string): Outcome<never> {
    return { ok: false, error: refusal('wrong_state', message, { seq }) }
  }
}
