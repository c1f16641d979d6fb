import { requisitionAttachments, requisitionPage } from '../requisition-page'
import type { Purpose } from '../purpose'

/** How it stands with a requisition, to read. */
export const requisitionStatus: Purpose = {
  show: (db, visit, complaint) => requisitionPage(db, visit, complaint),
  attachments: requisitionAttachments,
  act: null,
}
