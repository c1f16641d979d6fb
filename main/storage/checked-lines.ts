/**
 * Files of checked lines: `<16 hex of SHA-256> <text>\n`, the text mostly JSON. It has no raw line
 * breaks, so a damaged line never takes its neighbours with it, and a line without its break was torn
 * off by a crash.
 */
import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'

const digestLength = 16
const lineBreak = 0x0a
const space = 0x20

/** One read of a file, in bytes; the main process gets a turn after each. */
const chunkSize = 256 * 1024

/** A value as a line to be appended. */
export function sealLine(value: unknown): Buffer {
  return sealText(JSON.stringify(value))
}

/** The same for any text without a raw line break. */
export function sealText(text: string): Buffer {
  const bytes = Buffer.from(text)
  return Buffer.concat([Buffer.from(`${digestOf(bytes)} `), bytes, Buffer.from('\n')])
}

/** The text of a line without its break; null for a line that does not check. */
export function openText(line: Buffer): string | null {
  if (line.length <= digestLength || line[digestLength] !== space) return null
  const text = line.subarray(digestLength + 1)
  return line.toString('latin1', 0, digestLength) === digestOf(text) ? text.toString() : null
}

/** The value of a line of JSON without its break; `ok` is false for a line that does not check. */
export function openLine(
  line: Buffer,
): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  const json = openText(line)
  if (json === null) return { ok: false }
  try {
    return { ok: true, value: JSON.parse(json) as unknown }
  } catch {
    return { ok: false }
  }
}

export interface Line {
  /** Where it starts in the file and where the next one does, in bytes. */
  readonly start: number
  readonly end: number
  /** Without its break; valid only until the next line is asked for. */
  readonly bytes: Buffer
}

/**
 * Every whole line between two offsets. What stands after the last line break is not told: compare
 * the last line's `end` with `to` to see whether there is such a torn tail.
 */
export async function* linesOf(file: FileHandle, from: number, to: number): AsyncGenerator<Line> {
  let rest: Buffer[] = []
  let start = from
  for (let position = from; position < to;) {
    const chunk = Buffer.allocUnsafe(Math.min(chunkSize, to - position))
    const { bytesRead } = await file.read(chunk, 0, chunk.length, position)
    if (bytesRead === 0) return
    const read = chunk.subarray(0, bytesRead)
    let begin = 0
    for (let at = read.indexOf(lineBreak); at !== -1; at = read.indexOf(lineBreak, begin)) {
      const piece = read.subarray(begin, at)
      const end = position + at + 1
      yield { start, end, bytes: rest.length === 0 ? piece : Buffer.concat([...rest, piece]) }
      rest = []
      start = end
      begin = at + 1
    }
    if (begin < bytesRead) rest.push(read.subarray(begin))
    position += bytesRead
  }
}

/** Write all of a buffer at an offset: one `write` may take only a part of it. */
export async function writeAll(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done)
    done += bytesWritten
  }
}

/** What a text is checked by: enough of its SHA-256 that no damage passes. */
export function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, digestLength)
}
