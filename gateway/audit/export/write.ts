import type { ExportForm } from '../../../contract/audit-export'
import type { ExportLine } from './lines'

/** The text of an export, piece by piece. */
export async function* exportText(
  lines: AsyncIterable<ExportLine>,
  form: ExportForm,
): AsyncGenerator<string> {
  if (form === 'jsonl') {
    for await (const line of lines) yield `${JSON.stringify(line)}\n`
    return
  }
  yield byteOrderMark + csvRow(columns)
  let seal = ''
  for await (const line of lines) {
    if (line.kind === 'seal') seal = String(line.n)
    if (line.kind === 'entry') yield entryRow(line, seal, line.hash)
    if (line.kind === 'unsealed') yield entryRow(line, '', '')
  }
}

/** By it a spreadsheet takes the file for the UTF-8 that it is. */
const byteOrderMark = '\uFEFF'

const columns = [
  'seq',
  'at',
  'type',
  'actor_kind',
  'actor_id',
  'actor',
  'about_kind',
  'about_id',
  'version',
  'via',
  'erased',
  'data',
  'origin',
  'seal',
  'hash',
] as const

type Entry = Extract<ExportLine, { kind: 'entry' | 'unsealed' }>

function entryRow(
  { seq, at, type, aggregateKind, aggregateId, version, actor, data, origin, digest }: Entry,
  seal: string,
  hash: string,
): string {
  const who = fields(actor)
  return csvRow([
    String(seq),
    at,
    type,
    textOf(who['kind']),
    textOf(who['id']),
    textOf(who['name']),
    aggregateKind,
    aggregateId,
    String(version),
    textOf(fields(origin)['via']),
    digest === null ? 'no' : 'yes',
    JSON.stringify(data),
    JSON.stringify(origin),
    seal,
    hash,
  ])
}

/**
 * One record of a CSV (RFC 4180). A cell that a spreadsheet would take for a formula begins with an
 * apostrophe instead, so that nobody's name or text is ever carried out by whoever opens the file.
 */
export function csvRow(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
