import type { auditExport as original } from '../sv/audit-export'
import type { Translation } from '../translation'

export const auditExport: Translation<typeof original> = {
  'auditExport.title': 'Audit to a file',
  'auditExport.detail':
    'All that happened on some days: who, what and when. JSON Lines can be checked later, CSV is for a spreadsheet. The export itself shows in the audit, and what was erased stays erased.',
  'auditExport.from': 'From',
  'auditExport.to': 'To',
  'auditExport.order': 'The last day is before the first.',
  'auditExport.of': 'About',
  'auditExport.of.all': 'Everything',
  'auditExport.of.requisition': 'Requisitions',
  'auditExport.of.order': 'Orders',
  'auditExport.of.quote': 'Quotes',
  'auditExport.of.user': 'Users and sign-ins',
  'auditExport.of.policy': 'Approval rules',
  'auditExport.of.deadlines': 'Deadlines',
  'auditExport.of.delegation': 'Stand-ins',
  'auditExport.of.master_data': 'Master data',
  'auditExport.of.shop': 'Webshops',
  'auditExport.of.installation': 'Restores',
  'auditExport.of.audit': 'Exports of the audit',
  'auditExport.of.audit_entry': 'Erasures in the audit',
  'auditExport.form': 'Format',
  'auditExport.form.jsonl': 'JSON Lines, can be checked',
  'auditExport.form.csv': 'CSV, for a spreadsheet',
  'auditExport.save': 'Save as…',
  'auditExport.exporting': 'Fetching…',
  'auditExport.saved': 'Saved in {file}.',
  'auditExport.failed': 'It could not be saved.',
}
