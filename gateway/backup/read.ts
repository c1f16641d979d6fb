import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import {
  anyHeaderSchema,
  backupFormat,
  endOfRows,
  headerSchema,
  tableLineSchema,
  trailerSchema,
  type BackupHeader,
  type BackupTable,
  type BackupTrailer,
} from './format'
import { BackupProblem, systemCode } from './outcome'

/** A piece of a backup, in the order of the file. */
export type BackupPart =
  | { readonly kind: 'header'; readonly header: BackupHeader }
  | { readonly kind: 'table'; readonly table: BackupTable }
  /** Whole rows of the table that was named last. */
  | { readonly kind: 'rows'; readonly bytes: Buffer }
  | { readonly kind: 'table_end'; readonly rows: number }
  /** The last part. Checksum and counts have been found right. */
  | { readonly kind: 'trailer'; readonly trailer: BackupTrailer }

/** No line of ours is longer; a row may be, up to what PostgreSQL takes. */
const longestLine = 4 * 1024 * 1024
const newline = 10

/**
 * Read a backup part by part, in constant memory but for a single row.
 * @throws BackupProblem `backup_unreadable`, `not_a_backup`, `backup_too_new`, `backup_truncated` or
 * `backup_damaged`. Damage may show only at the end: nothing that was read counts before the trailer.
 */
export async function* readBackup(file: string): AsyncGenerator<BackupPart> {
  const reader = new BackupReader(file)
  try {
    const source = createReadStream(file, { highWaterMark: 256 * 1024 })
    const unpacked = pipeline(source, createGunzip({ chunkSize: 256 * 1024 }), () => undefined)
    for await (const chunk of unpacked as AsyncIterable<Buffer>) yield* reader.take(chunk)
  } catch (error) {
    throw error instanceof BackupProblem ? error : problemOf(error, file, reader.hasBegun)
  }
  reader.end()
}

/**
 * Read a whole backup and see that it is in order.
 * @throws BackupProblem as `readBackup` does, and what `signal` says when it breaks the reading off
 */
export async function checkBackup(
  file: string,
  signal?: AbortSignal,
): Promise<{ readonly header: BackupHeader; readonly trailer: BackupTrailer }> {
  let header: BackupHeader | undefined
  for await (const part of readBackup(file)) {
    signal?.throwIfAborted()
    if (part.kind === 'header') header = part.header
    if (part.kind === 'trailer' && header) return { header, trailer: part.trailer }
  }
  throw truncated(file)
}

/** What the lines say, one after the other, and whether they may. */
class BackupReader {
  hasBegun = false
  readonly #file: string
  #rest: Buffer = Buffer.alloc(0)
  #header: BackupHeader | null = null
  readonly #rows: Record<string, number> = {}
  #table: { readonly name: string; rows: number } | null = null
  #tablesSeen = 0
  #trailer: BackupTrailer | null = null
  readonly #whole: Hash = createHash('sha256')

  constructor(file: string) {
    this.#file = file
  }

  *take(chunk: Buffer): Generator<BackupPart> {
    const text = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    let rowsFrom = 0
    let at = 0
    for (;;) {
      const end = text.indexOf(newline, at)
      if (end === -1) break
      if (this.#table === null) {
        yield this.#line(text.subarray(at, end))
        rowsFrom = end + 1
      } else if (isEndOfRows(text, at, end)) {
        if (at > rowsFrom) yield this.#take(text.subarray(rowsFrom, at))
        yield this.#endTable(text.subarray(at, end + 1))
        rowsFrom = end + 1
      } else this.#table.rows += 1
      at = end + 1
    }
    if (at > rowsFrom) yield this.#take(text.subarray(rowsFrom, at))
    this.#rest = text.subarray(at)
    if (this.#table === null && this.#rest.length > longestLine) throw this.#wrong()
  }

  end(): void {
    if (this.#rest.length > 0 || this.#trailer === null) throw truncated(this.#file)
  }

  #take(bytes: Buffer): BackupPart {
    this.#whole.update(bytes)
    return { kind: 'rows', bytes }
  }

  #endTable(bytes: Buffer): BackupPart {
    if (this.#table === null) throw new Error('No table to end.')
    const { name, rows } = this.#table
    this.#whole.update(bytes)
    this.#rows[name] = rows
    this.#table = null
    return { kind: 'table_end', rows }
  }

  #line(bytes: Buffer): BackupPart {
    if (this.#trailer !== null) throw damaged(this.#file)
    const value = this.#parse(bytes)
    if (this.#header === null) return this.#readHeader(bytes, value)
    const next = this.#header.tables[this.#tablesSeen]
    if (next === undefined) return this.#readTrailer(value)
    const table = tableLineSchema.safeParse(value)
    if (!table.success || JSON.stringify(table.data) !== JSON.stringify(next)) throw this.#wrong()
    this.#hashLine(bytes)
    this.#tablesSeen += 1
    this.#table = { name: next.table, rows: 0 }
    return { kind: 'table', table: next }
  }

  #readHeader(bytes: Buffer, value: unknown): BackupPart {
    const any = anyHeaderSchema.safeParse(value)
    if (!any.success) throw this.#wrong()
    this.hasBegun = true
    if (any.data.format > backupFormat) {
      throw new BackupProblem(
        'backup_too_new',
        `${this.#file} was made by a later version of Kontor. Restore it with that version.`,
      )
    }
    const header = headerSchema.safeParse(value)
    if (!header.success) throw damaged(this.#file)
    this.#hashLine(bytes)
    this.#header = header.data
    return { kind: 'header', header: header.data }
  }

  #readTrailer(value: unknown): BackupPart {
    const trailer = trailerSchema.safeParse(value)
    if (!trailer.success) throw this.#wrong()
    const { rows, sha256 } = trailer.data
    const names = Object.keys(rows)
    const isRight =
      sha256 === this.#whole.digest('hex') &&
      names.length === this.#tablesSeen &&
      names.every((name) => rows[name] === this.#rows[name])
    if (!isRight) throw damaged(this.#file)
    this.#trailer = trailer.data
    return { kind: 'trailer', trailer: trailer.data }
  }

  #hashLine(bytes: Buffer): void {
    this.#whole.update(bytes).update('\n')
  }

  #parse(bytes: Buffer): unknown {
    try {
      return JSON.parse(bytes.toString('utf8'))
    } catch {
      throw this.#wrong()
    }
  }

  /** Something that does not belong here: in the first line a foreign file, later on damage. */
  #wrong(): BackupProblem {
    return this.hasBegun ? damaged(this.#file) : foreign(this.#file)
  }
}

function isEndOfRows(text: Buffer, from: number, to: number): boolean {
  return to - from === endOfRows.length && text.toString('latin1', from, to) === endOfRows
}

function problemOf(error: unknown, file: string, hasBegun: boolean): unknown {
  const { code, message } = error as { code?: unknown; message?: unknown }
  if (systemCode(error) !== undefined) {
    return new BackupProblem('backup_unreadable', `${file} cannot be read: ${String(message)}.`, {
      cause: error,
    })
  }
  // zlib's own words for input that ends too early, and for input that is something else.
  if (code === 'Z_BUF_ERROR') return truncated(file)
  if (code === 'Z_DATA_ERROR') {
    return !hasBegun && message === 'incorrect header check' ? foreign(file) : damaged(file)
  }
  return error
}

function foreign(file: string): BackupProblem {
  return new BackupProblem('not_a_backup', `${file} is no backup of Kontor’s.`)
}

function truncated(file: string): BackupProblem {
  return new BackupProblem(
    'backup_truncated',
    `${file} is not whole: its end is missing. Take another backup, or copy it anew.`,
  )
}

function damaged(file: string): BackupProblem {
  return new BackupProblem(
    'backup_damaged',
    `${file} is damaged: its contents are not what was written. Take another backup.`,
  )
}
