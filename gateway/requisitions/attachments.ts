import { sql } from 'kysely'
import type { Requisition } from '../../contract/entities'
import { writeAtEnd, type Transaction, type WriteGroup } from '../database/transaction'

/** See, at the end of the transaction, that what a requisition has attached is kept for it. */
export function nameAttachments(tx: Transaction, { id, attachments = [] }: Requisition): void {
  writeAtEnd(
    tx,
    named,
    attachments.map((attachment) => ({ requisitionId: id, attachmentId: attachment.id })),
  )
}

const named: WriteGroup<{ readonly requisitionId: string; readonly attachmentId: string }> = {
  statement: (rows) => sql`
    insert into requisition_attachment (requisition_id, attachment_id)
    select "requisitionId", "attachmentId"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (
      "requisitionId" uuid, "attachmentId" uuid)
    on conflict do nothing`,
}
