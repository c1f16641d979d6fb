import type { AnchorSettings } from './anchor'

/** The options of the command line that are about the audit, as `parseArgs` knows them. */
export const auditOptions = {
  'verify-audit': { type: 'boolean' },
  'audit-anchor': { type: 'string', multiple: true },
  'audit-key-file': { type: 'string' },
} as const

/** What the help says of them. */
export const auditUsage = `\
  --audit-anchor FILE    anchor the audit's seals in FILE (default DATA-DIR/audit/anchor.jsonl)
  --audit-key-file FILE  the anchor's key; also the key itself in KONTOR_AUDIT_KEY
  --verify-audit         check the whole audit, say what was found, and end. Gateways may run;
                         with --audit-anchor, as often as there are anchors, by these`

interface Values {
  readonly 'verify-audit'?: boolean | undefined
  readonly 'audit-anchor'?: readonly string[] | undefined
  readonly 'audit-key-file'?: string | undefined
}

export type AuditArguments =
  | {
      readonly ok: true
      /** Which anchors to check by, or null when the audit is not to be checked. */
      readonly verify: readonly string[] | null
      readonly settings: AnchorSettings
    }
  | { readonly ok: false; readonly message: string }

/**
 * What the options say, once it is sure that they make sense together.
 * @param environmentKey the key as the environment has it; a key has no business on a command line
 * @param isServer whether the database is a server, which has no anchor unless one is named
 * @param isOtherTask whether something else is asked for that ends by itself
 */
export function readAuditArguments(
  values: Values,
  {
    environmentKey,
    isServer,
    isOtherTask,
  }: {
    readonly environmentKey: string | undefined
    readonly isServer: boolean
    readonly isOtherTask: boolean
  },
): AuditArguments {
  const isCheck = values['verify-audit'] === true
  const files = values['audit-anchor'] ?? []
  const keyFile = values['audit-key-file']
  const key = environmentKey === '' ? undefined : environmentKey
  const [file] = files
  if (isCheck && isOtherTask)
    return no('--verify-audit does nothing else: give the other options another time.')
  if (files.includes('') || keyFile === '') return no('Name the file of the anchor and of its key.')
  if (!isCheck && files.length > 1)
    return no('A gateway writes to one anchor; several --audit-anchor go with --verify-audit.')
  if (isServer && keyFile !== undefined && file === undefined)
    return no('A key is of an anchor: name it with --audit-anchor FILE.')
  if (isServer && file !== undefined && keyFile === undefined && key === undefined)
    return no(
      'An anchor needs a key: name its file with --audit-key-file, or set KONTOR_AUDIT_KEY.',
    )
  return {
    ok: true,
    verify: isCheck ? files : null,
    settings: {
      ...(file === undefined ? {} : { file }),
      ...(keyFile === undefined ? {} : { keyFile }),
      ...(key === undefined ? {} : { key }),
    },
  }
}

function no(message: string): AuditArguments {
  return { ok: false, message }
}
