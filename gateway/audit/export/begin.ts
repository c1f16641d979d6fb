import type { AuditExport } from '../../../contract/audit-export'
import type { Actor } from '../../../contract/primitives'
import { inTransaction } from '../../database/transaction'
import type { GatewayContext } from '../../gateway-context'
import { record, type Origin } from '../record'
import { exportHead, exportLines } from './read'
import { exportText } from './write'

/**
 * Begin an export of the audit. That it was begun, by whom and of what, is in the audit before the first
 * line leaves. It is of what was there when it begins and a little after.
 */
export async function beginExport(
  { db, wake }: Pick<GatewayContext, 'db' | 'wake'>,
  wanted: AuditExport,
  { actor, origin }: { readonly actor: Actor; readonly origin: Origin },
): Promise<AsyncGenerator<string>> {
  await inTransaction(db, async (tx) =>
    record(tx, [
      {
        type: 'audit.exported',
        actor,
        aggregateKind: 'audit',
        aggregateId: 'audit',
        version: 0,
        data: { ...wanted },
        origin,
      },
    ]),
  )
  wake()
  const head = await exportHead(db, wanted, actor.name)
  return exportText(exportLines(db, head), wanted.form)
}
