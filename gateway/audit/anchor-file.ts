import { mkdir, open, stat, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { isGenuine, longestLine, parseLine, type AnchorLine } from './anchor-line'

/** How an anchor ends. */
export type AnchorEnd =
  | {
      readonly kind: 'whole'
      /** Null when there is no line at all. */
      readonly last: AnchorLine | null
      /** Length of all whole lines in bytes; what comes behind was cut off in the writing. */
      readonly length: number
      readonly tornBytes: number
    }
  /** The last line is none, or was not written with this key behind the one before it. */
  | { readonly kind: 'broken'; readonly text: string }

const lineFeed = 0x0a

/** Look at the last line of an anchor, without reading the rest. An absent file is an empty one. */
export async function readEnd(path: string, key: Buffer): Promise<AnchorEnd> {
  const file = await openIfThere(path)
  if (file === null) return { kind: 'whole', last: null, length: 0, tornBytes: 0 }
  try {
    const { size } = await file.stat()
    // Enough for two whole lines and a torn one.
    const wanted = Math.min(size, 4 * longestLine)
    const bytes = Buffer.alloc(wanted)
    await file.read(bytes, 0, wanted, size - wanted)
    const end = bytes.lastIndexOf(lineFeed)
    const length = size - wanted + end + 1
    const tornBytes = size - length
    if (end < 0 && size === wanted) return { kind: 'whole', last: null, length: 0, tornBytes }
    const [text = '', before] = bytes
      .subarray(0, Math.max(end, 0))
      .toString('utf8')
      .split('\n')
      .reverse()
    const last = parseLine(text)
    const previous = before === undefined ? null : parseLine(before)
    const isRight =
      last !== null &&
      (before === undefined || previous !== null) &&
      isGenuine(key, previous?.mac ?? null, last)
    return isRight ? { kind: 'whole', last, length, tornBytes } : { kind: 'broken', text }
  } finally {
    await file.close()
  }
}

/** Cut off what stands behind the last whole line. */
export async function cutTornLine(path: string, length: number): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.truncate(length)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Find out early whether lines can be put there; the file is made where it is not there yet. */
export async function beWritable(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await (await open(path, 'a', 0o600)).close()
}

/** Put a line at the end; when this resolves it is on the disk. */
export async function appendLine(path: string, line: string): Promise<void> {
  const file = await open(path, 'a', 0o600)
  try {
    const { size } = await file.stat()
    await file.appendFile(line)
    await file.sync()
    if (size === 0) await syncFolder(path)
  } finally {
    await file.close()
  }
}

/** So that the file's name outlives a power cut as well; Windows has nothing of the kind. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(dirname(path), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** How long the anchor is now, in bytes. */
export async function anchorLength(path: string): Promise<number> {
  return (await stat(path)).size
}

/** One line of an anchor as it is read from its beginning. */
export type ReadLine =
  | { readonly number: number; readonly ok: true; readonly line: AnchorLine }
  | { readonly number: number; readonly ok: false; readonly reason: string }

/**
 * Read an anchor from its beginning, line by line, and judge each: whether it is one, and whether it was
 * written with the key and behind the line before. A torn last line is left out.
 *
 * @param length where to stop, in bytes, since a gateway may be writing to it
 */
export async function* readAnchor(
  path: string,
  key: Buffer,
  length: number,
): AsyncGenerator<ReadLine> {
  const file = await open(path, 'r')
  try {
    let before: string | null = null
    let number = 0
    for await (const text of linesOf(file, length)) {
      number += 1
      const line = text === null ? null : parseLine(text)
      if (line === null) {
        yield { number, ok: false, reason: 'is no line of an anchor' }
        continue
      }
      if (isGenuine(key, before, line)) yield { number, ok: true, line }
      else
        yield {
          number,
          ok: false,
          reason: 'was not written with this key, or does not follow the line before it',
        }
      before = line.mac
    }
  } finally {
    await file.close()
  }
}

/** The whole lines of a file; null for one that is far too long to be of an anchor. */
async function* linesOf(file: FileHandle, length: number): AsyncGenerator<string | null> {
  const chunk = Buffer.alloc(64 * 1024)
  let rest = Buffer.alloc(0)
  let isTooLong = false
  for (let at = 0; at < length;) {
    const { bytesRead } = await file.read(chunk, 0, Math.min(chunk.length, length - at), at)
    if (bytesRead === 0) return
    at += bytesRead
    let bytes = Buffer.concat([rest, chunk.subarray(0, bytesRead)])
    for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed)) {
      yield isTooLong || end > longestLine ? null : bytes.toString('utf8', 0, end)
      isTooLong = false
      bytes = bytes.subarray(end + 1)
    }
    isTooLong ||= bytes.length > longestLine
    rest = isTooLong ? Buffer.alloc(0) : Buffer.from(bytes)
  }
}

async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
