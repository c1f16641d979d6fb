import type { Actor } from '../../contract/primitives'
import type { Transaction } from '../database/transaction'

/** Who did what to which thing, from where: written in the transaction that does it. */
export interface AuditEntry {
  /** In the past tense: `requisition.approved`. */
  readonly type: string
  readonly actor: Actor
  readonly aggregateKind: string
  readonly aggregateId: string
  /** The aggregate's version after it happened. */
  readonly version: number
  /** Old and new values, and whatever a reader needs to understand the decision. Never a secret. */
  readonly data: Readonly<Record<string, unknown>>
  readonly origin: Origin
}

/** Where it came from. */
export type Origin =
  | { readonly via: 'console'; readonly device: string; readonly address: string }
  | { readonly via: 'storefront'; readonly shop: string; readonly event: string }
  | { readonly via: 'http'; readonly address: string }
  | { readonly via: 'gateway'; readonly task: string }

/** Write audit entries in the caller's transaction. */
export async function record(tx: Transaction, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return
  await tx
    .insertInto('audit')
    .values(
      entries.map((entry) => ({
        type: entry.type,
        actor: JSON.stringify(entry.actor),
        aggregate_kind: entry.aggregateKind,
        aggregate_id: entry.aggregateId,
        version: entry.version,
        data: JSON.stringify(entry.data),
        origin: JSON.stringify(entry.origin),
      })),
    )
    .execute()
}
