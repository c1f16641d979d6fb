import type { AnchorSettings } from './anchor'
import { readNumbers, type ErasureCommand } from './erase-many'

/** The options of the command line that are about the audit, as `parseArgs` knows them. */
export const auditOptions = {
  'verify-audit': { type: 'boolean' },
  'audit-anchor': { type: 'string', multiple: true },
  'audit-key-file': { type: 'string' },
  'erase-audit': { type: 'string' },
  'erase-audit-of': { type: 'string' },
  reason: { type: 'string' },
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
  --reason TEXT          why they are erased, without the person. Without it they are only listed`

interface Values {
  readonly 'verify-audit'?: boolean | undefined
  readonly 'audit-anchor'?: readonly string[] | undefined
  readonly 'audit-key-file'?: string | undefined
  readonly 'erase-audit'?: string | undefined
  readonly 'erase-audit-of'?: string | undefined
  readonly reason?: string | undefined
}

export type AuditArguments =
  | {
      readonly ok: true
      /** Which anchors to check by, or null when the audit is not to be checked. */
      readonly verify: readonly string[] | null
      /** What is to be erased, or null when nothing is. */
      readonly erase: ErasureCommand | null
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
  if (isErasure && (isOtherTask || isCheck))
    return no('Erasing does nothing else: give the other options another time.')
  if (isCheck && isOtherTask)
    return no('--verify-audit does nothing else: give the other options another time.')
  if (files.includes('') || keyFile === '') return no('Name the file of the anchor and of its key.')
  if (!isCheck && !isRestore && files.length > 1)
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

interface Refused {
  readonly ok: false
  readonly message: string
}

function no(message: string): Refused {
  return { ok: false, message }
}
