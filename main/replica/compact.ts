import { open, rename, rm, type FileHandle } from 'node:fs/promises'

import { linesOf, openLine, sealLine, writeAll } from '../storage/checked-lines'
import type { Progress } from './progress'
import { sealBatch, written, type Batch, type Head, type WrittenChange } from './records'
import { ReplicaIndex } from './replica-index'

/** Characters of JSON in one line of a compacted file. */
const lineSize = 128 * 1024

export interface Compacted {
  readonly file: FileHandle
  readonly path: string
  readonly start: number
  readonly size: number
  readonly index: ReplicaIndex
}

/**
 * Write the newest values found between two offsets of a replica's file to a file beside it. It goes
 * line by line and lets others run in between; lines written behind `to` meanwhile are copied by
 * `finishCompaction`. The file it writes counts for nothing until it has taken the old one's place.
 */
export async function beginCompaction(
  from: { file: FileHandle; start: number; to: number; index: ReplicaIndex },
  path: string,
  head: Head,
  progress: Progress,
): Promise<Compacted> {
  const file = await open(path, 'w+')
  try {
    const index = new ReplicaIndex()
    const headLine = sealLine(head)
    await writeAll(file, headLine, 0)
    let size = headLine.length
    let kept: WrittenChange[] = []
    let keptSize = 0
    const flush = async () => {
      const line = sealBatch(kept, progress)
      await writeAll(file, line, size)
      const changes = kept.map(({ change }) => change)
      index.noteLine(changes, size, line.length)
      size += line.length
      kept = []
      keptSize = 0
    }
    for await (const line of linesOf(from.file, from.start, from.to)) {
      const opened = openLine(line.bytes)
      if (!opened.ok) throw new Error(`the line at ${line.start} no longer checks`)
      const { changes } = opened.value as Batch
      // What is gone needs no stone in a file that holds none of its earlier values.
      for (const change of changes) {
        if (change.value === null || !from.index.isNewest(change, line.start)) continue
        const next = written(change)
        kept.push(next)
        keptSize += next.json.length
      }
      if (keptSize > lineSize) await flush()
    }
    await flush()
    return { file, path, start: headLine.length, size, index }
  } catch (error) {
    await file.close().catch(() => undefined)
    await rm(path, { force: true }).catch(() => undefined)
    throw error
  }
}

/**
 * Copy the lines written meanwhile and make it all durable. Nothing may be written to the old file
 * from here until `takePlace` has run. The old file stays in use when this fails.
 *
 * @returns the new file's length
 */
export async function finishCompaction(
  compacted: Compacted,
  old: { file: FileHandle; from: number; to: number; index: ReplicaIndex },
): Promise<number> {
  let { size } = compacted
  try {
    for await (const line of linesOf(old.file, old.from, old.to)) {
      const bytes = Buffer.concat([line.bytes, Buffer.from('\n')])
      await writeAll(compacted.file, bytes, size)
      size += bytes.length
    }
    compacted.index.takeOver(old.index, old.from, compacted.size - old.from)
    await compacted.file.sync()
  } catch (error) {
    await rm(compacted.path, { force: true }).catch(() => undefined)
    throw error
  } finally {
    await compacted.file.close()
  }
  return size
}

/** Put a finished file in the old one's place. Both are closed for it: Windows replaces no open file. */
export async function takePlace(
  compacted: Compacted,
  old: { file: FileHandle; path: string },
): Promise<FileHandle> {
  await old.file.close()
  await rename(compacted.path, old.path)
  return open(old.path, 'r+')
}
