import type { Logger } from 'pino'
import { GatewayStartError } from '../start-error'
import { findKey, type AnchorSettings } from './anchor'
import { verifyExport, type ExportReport } from './verify-export'

/** By which anchors an exported file is checked; all of them have one key. */
export interface ExportCheck extends Omit<AnchorSettings, 'file'> {
  readonly anchors: readonly string[]
  /** Where a gateway of an embedded database keeps its key. */
  readonly dataDir: string | undefined
}

/**
 * Check an exported file, without a database.
 * @throws GatewayStartError when the file, an anchor or its key is not to be had
 */
export async function verifyExportFile(
  file: string,
  { anchors, dataDir, ...settings }: ExportCheck,
  log: Logger,
): Promise<ExportReport> {
  const key = anchors.length === 0 ? null : await findKey(settings, dataDir, log)
  if (anchors.length > 0 && key === null) {
    throw new GatewayStartError(
      'audit_key_missing',
      'An anchor needs its key: name its file with --audit-key-file, or set KONTOR_AUDIT_KEY.',
    )
  }
  try {
    return await verifyExport(
      file,
      key === null ? [] : anchors.map((anchor) => ({ file: anchor, key })),
    )
  } catch (error) {
    const { code, path, message } = error as NodeJS.ErrnoException
    if (typeof code !== 'string' || path === undefined) throw error
    throw new GatewayStartError('export_unreadable', `It cannot be read: ${message}`, {
      cause: error,
    })
  }
}
