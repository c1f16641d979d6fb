import type { Attachment, Requisition } from '../../contract/entities'

/** What a requisition's customer may be shown of its attachments. */
export function customersAttachments({
  attachments = [],
}: Pick<Requisition, 'attachments'>): readonly Attachment[] {
  return attachments.filter(({ visibility }) => visibility === 'customer')
}
