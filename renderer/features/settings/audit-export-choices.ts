import type { AuditKind, ExportForm } from '../../../contract/audit-export'
import type { Texts } from '../../../language/texts'
import type { SelectOption } from '../../ui/select-field'

export type AuditKindChoice = AuditKind | 'all'
export type ExportFormChoice = ExportForm

/** In the order in which they are offered; as a record, so that none is forgotten. */
const kinds: Readonly<Record<AuditKindChoice, true>> = {
  all: true,
  requisition: true,
  order: true,
  quote: true,
  user: true,
  policy: true,
  deadlines: true,
  delegation: true,
  master_data: true,
  shop: true,
  installation: true,
  audit: true,
  audit_entry: true,
}

/** What an export may be about. */
export function auditKindNames({ t }: Texts): readonly SelectOption<AuditKindChoice>[] {
  return (Object.keys(kinds) as AuditKindChoice[]).map((id) => ({
    id,
    name: t(`auditExport.of.${id}`),
  }))
}

/** In which form it is written. */
export function exportFormNames({ t }: Texts): readonly SelectOption<ExportFormChoice>[] {
  return (['jsonl', 'csv'] as const).map((id) => ({ id, name: t(`auditExport.form.${id}`) }))
}
