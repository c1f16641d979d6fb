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

/** What was attached to a requisition does not belong to it any more, and is remembered as taken off. */
export async function forgetAttachment(
  tx: Transaction,
  requisitionId: string,
  attachmentId: string,
): Promise<void> {
  const row = { requisition_id: requisitionId, attachment_id: attachmentId }
  await tx
    .deleteFrom('requisition_attachment')
    .where('requisition_id', '=', requisitionId)
    .where('attachment_id', '=', attachmentId)
    .execute()
  await tx
    .insertInto('requisition_attachment_removed')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Which of these files were attached to a requisition once and taken off it. */
export async function takenOff(
  tx: Transaction,
  requisitionId: string,
  attachmentIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (attachmentIds.length === 0) return new Set()
  const rows = await tx
    .selectFrom('requisition_attachment_removed')
    .select('attachment_id')
    .where('requisition_id', '=', requisitionId)
    .where('attachment_id', 'in', attachmentIds)
    .execute()
  return new Set(rows.map((row) => row.attachment_id))
}

/** See, at the end of the transaction, that what was taken off a requisition stays off what is split off it. */
export function keepTakenOff(tx: Transaction, from: string, to: string): void {
  writeAtEnd(tx, keptOff, [{ from, to }])
}

const keptOff: WriteGroup<{ readonly from: string; readonly to: string }> = {
  statement: (rows) => sql`
    insert into requisition_attachment_removed (requisition_id, attachment_id)
    select "to", attachment_id
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r ("from" uuid, "to" uuid)
    join requisition_attachment_removed on requisition_id = "from"`,
}
