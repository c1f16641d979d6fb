import { sql } from 'kysely'
import { isNamedByNone } from '../attachments/store'
import { inTransaction } from '../database/transaction'
import type { GatewayContext } from '../gateway-context'

/** So long a file may lie about before it is attached; one that was taken off goes with the next sweep. */
const waitingHours = 24
/** Few at a time: what goes may be large. */
const atOnce = 50

/** Forget files that nothing names, and then what they held where no other file holds the same. */
export async function sweepAttachments({ db }: GatewayContext): Promise<void> {
  const longAgo = sql<Date>`now() - make_interval(hours => ${waitingHours})`
  for (;;) {
    const swept = await inTransaction(db, async (tx) => {
      const unnamed = await tx
        .selectFrom('attachment')
        .select('id')
        .where('uploaded_at', '<', longAgo)
        .where(isNamedByNone)
        .limit(atOnce)
        .forUpdate()
        .skipLocked()
        .execute()
      if (unnamed.length === 0) return 0
      // Looked at again under the lock: it may have been attached meanwhile.
      await tx
        .deleteFrom('attachment')
        .where(
          'id',
          'in',
          unnamed.map(({ id }) => id),
        )
        .where(isNamedByNone)
        .execute()
      return unnamed.length
    })
    if (swept < atOnce) break
  }
  // One that has just come in again was touched, and whoever sends it has it named before it is old.
  await db
    .deleteFrom('attachment_content as content')
    .where('stored_at', '<', longAgo)
    .where(
      sql<boolean>`not exists (select from attachment where attachment.sha256 = content.sha256)`,
    )
    .execute()
}
