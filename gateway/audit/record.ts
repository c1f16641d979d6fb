import type { AuditType } from '../../contract/audit'
import type { Actor } from '../../contract/primitives'
import { sql } from 'kysely'
import { writeAtEnd, type Transaction, type WriteGroup } from '../database/transaction'

/** Who did what to which thing, from where: written in the transaction that does it. */
export interface AuditEntry {
  readonly type: AuditType
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
  /** A link in a mail to a customer. */
  | { readonly via: 'link'; readonly link: string; readonly address: string }
  | { readonly via: 'gateway'; readonly task: string }

/** Write audit entries in the caller's transaction. */
export function record(tx: Transaction, entries: readonly AuditEntry[]): void {
  writeAtEnd(tx, auditEntries, entries)
}

const auditEntries: WriteGroup<AuditEntry> = {
  statement: (entries) => sql`
    insert into audit (type, actor, aggregate_kind, aggregate_id, version, data, origin)
    select type, actor, "aggregateKind", "aggregateId", version, data, origin
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as r (
      type text, actor jsonb, "aggregateKind" text, "aggregateId" text, version integer,
      data jsonb, origin jsonb)`,
}
