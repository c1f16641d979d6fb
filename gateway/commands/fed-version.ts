import type { EntityKind } from '../../contract/entities'
import type { Transaction } from '../database/transaction'

/**
 * The version of something that comes in as master data, whose versions the feed counts; 0 where it was
 * never told. Nobody else counts on from it until the transaction ends.
 */
export async function fedVersionLocked(
  tx: Transaction,
  kind: EntityKind,
  id: string,
): Promise<number> {
  const published = await tx
    .selectFrom('feed')
    .select('version')
    .where('kind', '=', kind)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return published?.version ?? 0
}
