import type { AnchorSettings } from './anchor'
import { auditExportSchema, type AuditExport } from '../../contract/audit-export'
import { readNumbers, type ErasureCommand } from './erase-many'

/** The options of the command line that are about the audit, as `parseArgs` knows them. */
export const auditOptions = {
  'verify-audit': { type: 'boolean' },
  'audit-anchor': { type: 'string', multiple: true },
  'audit-key-file': { type: 'string' },
  'erase-audit': { type: 'string' },
  'erase-audit-of': { type: 'string' },
  reason: { type: 'string' },
  'export-audit': { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  of: { type: 'string' },
  'verify-export': { type: 'string' },
} as const

/** What the help says of them. */
export const auditUsage = `\
  --audit-anchor FILE    anchor the audit's seals in FILE (default DATA-DIR/audit/anchor.jsonl)
                         With --restore and --tell-restore, as often as there are anchors
  --audit-key-file FILE  the anchor's key; also the key itself in KONTOR_AUDIT_KEY
  --verify-audit         check the whole audit, say what was found, and end. Gateways may run;
                         with --audit-anchor, as often as there are anchors, by these
  --erase-audit NUMBERS  erase what these entries of the audit say (12,40-44), and end
  --erase-audit-of TEXT  the same for all entries that have this text as a value: a name, a user's
                         id, an address
  --reason TEXT          why they are erased, without the person. Without it they are only listed
  --export-audit FILE    write the audit of some days to FILE, and end: as JSON Lines that can be
                         checked, or as CSV where the file is called .csv
  --from DATE --to DATE  which days, both included, in the seller's time zone
  --of KIND              only what happened to such things: requisition, order, user, policy …
  --verify-export FILE   check an exported file by itself, say what that proves, and end; by the
                         anchors that are named, too`

interface Values {
  readonly 'verify-audit'?: boolean | undefined
  readonly 'audit-anchor'?: readonly string[] | undefined
  readonly 'audit-key-file'?: string | undefined
  readonly 'erase-audit'?: string | undefined
  readonly 'erase-audit-of'?: string | undefined
  readonly reason?: string | undefined
  readonly 'export-audit'?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly of?: string | undefined
  readonly 'verify-export'?: string | undefined
}

/** Which days are to be written where. */
export interface ExportCommand {
  readonly file: string
  readonly wanted: AuditExport
}

export type AuditArguments =
  | {
      readonly ok: true
      /** Which anchors to check by, or null when the audit is not to be checked. */
      readonly verify: readonly string[] | null
      /** What is to be erased, or null when nothing is. */
      readonly erase: ErasureCommand | null
      /** What is to be exported, or null when nothing is. */
      readonly export: ExportCommand | null
      /** The exported file that is to be checked, or null when none is. */
      readonly verifyExport: string | null
      /** All anchors that are named; a gateway itself writes to the first. */
      readonly anchors: readonly string[]
      readonly settings: AnchorSettings
    }
  | Refused

/**
 * What the options say, once it is sure that they make sense together.
 * @param environmentKey the key as the environment has it; a key has no business on a command line
 * @param isServer whether the database is a server, which has no anchor unless one is named
 * @param isOtherTask whether something else is asked for that ends by itself
 * @param isRestore whether that is one that tells anchors of a restore
 */
export function readAuditArguments(
  values: Values,
  {
    environmentKey,
    isServer,
    isOtherTask,
    isRestore = false,
  }: {
    readonly environmentKey: string | undefined
    readonly isServer: boolean
    readonly isOtherTask: boolean
    readonly isRestore?: boolean
  },
): AuditArguments {
  const isCheck = values['verify-audit'] === true
  const files = values['audit-anchor'] ?? []
  const keyFile = values['audit-key-file']
  const key = environmentKey === '' ? undefined : environmentKey
  const [file] = files
  const erasure = readErasure(values)
  if (!erasure.ok) return erasure
  const isErasure = erasure.command !== null
  const exported = readExport(values)
  if (!exported.ok) return exported
  const exportFile = values['verify-export'] ?? null
  if (exportFile === '') return no('Name the file that is to be checked.')
  const tasks = [isErasure, isCheck, exported.command !== null, exportFile !== null]
  if (tasks.filter(Boolean).length + (isOtherTask ? 1 : 0) > 1 && (exported.command || exportFile))
    return no('Exporting and checking do nothing else: give the other options another time.')
  if (isErasure && (isOtherTask || isCheck))
    return no('Erasing does nothing else: give the other options another time.')
  if (isCheck && isOtherTask)
    return no('--verify-audit does nothing else: give the other options another time.')
  if (files.includes('') || keyFile === '') return no('Name the file of the anchor and of its key.')
  if (!isCheck && exportFile === null && !isRestore && files.length > 1)
    return no(
      'A gateway writes to one anchor; several --audit-anchor go with --verify-audit, --restore and --tell-restore.',
    )
  if (isErasure && isServer && file === undefined)
    return no(
      'An erasure is proven with the anchor’s key: name the anchor and its key as the gateway does.',
    )
  if (isServer && keyFile !== undefined && file === undefined)
    return no('A key is of an anchor: name it with --audit-anchor FILE.')
  if (isServer && file !== undefined && keyFile === undefined && key === undefined)
    return no(
      'An anchor needs a key: name its file with --audit-key-file, or set KONTOR_AUDIT_KEY.',
    )
  return {
    ok: true,
    verify: isCheck ? files : null,
    erase: erasure.command,
    export: exported.command,
    verifyExport: exportFile,
    anchors: files,
    settings: {
      ...(file === undefined ? {} : { file }),
      ...(keyFile === undefined ? {} : { keyFile }),
      ...(key === undefined ? {} : { key }),
    },
  }
}

function readErasure(values: Values): Refused | { ok: true; command: ErasureCommand | null } {
  const { 'erase-audit': numbers, 'erase-audit-of': text, reason } = values
  if (numbers === undefined && text === undefined) {
    if (reason !== undefined) return no('--reason goes with --erase-audit or --erase-audit-of.')
    return { ok: true, command: null }
  }
  if (numbers !== undefined && text !== undefined)
    return no('It is either --erase-audit or --erase-audit-of.')
  if (text === '' || reason === '') return no('Say of whom entries are to be erased, and why.')
  const why = reason ?? null
  if (text !== undefined) return { ok: true, command: { which: { kind: 'having', text }, why } }
  const ranges = readNumbers(numbers ?? '')
  if (ranges === null)
    return no(`“${numbers}” names no entries: give their numbers, like 12,40-44.`)
  return { ok: true, command: { which: { kind: 'numbered', ranges }, why } }
}

function readExport(values: Values): Refused | { ok: true; command: ExportCommand | null } {
  const { 'export-audit': file, from, to, of } = values
  if (file === undefined) {
    if ([from, to, of].some((value) => value !== undefined))
      return no('--from, --to and --of go with --export-audit.')
    return { ok: true, command: null }
  }
  if (file === '') return no('Name the file to write.')
  const form = file.toLowerCase().endsWith('.csv') ? 'csv' : 'jsonl'
  const wanted = auditExportSchema.safeParse({ from, to, of: of ?? null, form })
  if (!wanted.success) {
    const [first] = wanted.error.issues
    return no(
      `Say from which day to which, like --from 2026-11-01 --to 2026-11-30: ${String(first?.path[0] ?? '')} ${first?.message ?? 'is not right'}.`,
    )
  }
  return { ok: true, command: { file, wanted: wanted.data } }
}

interface Refused {
  readonly ok: false
  readonly message: string
}

function no(message: string): Refused {
  return { ok: false, message }
}
