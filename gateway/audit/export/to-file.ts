import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { AuditExport } from '../../../contract/audit-export'
import { refusal, type Outcome } from '../../../contract/errors'
import type { GatewayContext } from '../../gateway-context'
import { beginExport } from './begin'

/**
 * Export the audit of some days to a file that only its owner may read; whole or not at all.
 * @returns what is to be printed, or `unavailable` when the file cannot be written
 */
export async function exportToFile(
  context: Pick<GatewayContext, 'db' | 'wake'>,
  wanted: AuditExport,
  file: string,
): Promise<Outcome<object>> {
  const text = await beginExport(context, wanted, {
    actor: { kind: 'system', name: 'gateway' },
    origin: { via: 'gateway', task: 'export-audit' },
  })
  const draft = `${file}.part`
  try {
    await pipeline(Readable.from(text), createWriteStream(draft, { mode: 0o600 }))
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    if (typeof (error as NodeJS.ErrnoException).syscall !== 'string') throw error
    const message = `${file} cannot be written: ${(error as Error).message}`
    return { ok: false, error: refusal('unavailable', message) }
  }
  const { from, to, of } = wanted
  return { ok: true, value: { exported: file, from, to, of } }
}
