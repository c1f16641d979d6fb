/** Taking the audit of some days out of the gateway, for whoever is to look through it elsewhere. */
import { calendarDateSchema } from './primitives'
import { z } from './zod'

/** What an entry of the audit may be about. */
export const auditKinds = [
  'requisition',
  'order',
  'quote',
  'user',
  'policy',
  'deadlines',
  'delegation',
  'master_data',
  'shop',
  'installation',
  'audit',
  'audit_entry',
] as const
export type AuditKind = (typeof auditKinds)[number]

/** JSON Lines carry what it takes to check them; CSV is for a spreadsheet. */
export const exportForms = ['jsonl', 'csv'] as const
export type ExportForm = (typeof exportForms)[number]

/** Days of the seller's, both included. */
export const auditExportSchema = z
  .strictObject({
    from: calendarDateSchema,
    to: calendarDateSchema,
    of: z.enum(auditKinds).nullable().default(null),
    form: z.enum(exportForms).default('jsonl'),
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'is before the first day' })
export type AuditExport = z.output<typeof auditExportSchema>
