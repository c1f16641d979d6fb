import { open, rename, rm, type FileHandle } from 'node:fs/promises'

import { decodeItems, type ReplicaItem } from '../../contract/replica-items'
import { sealLine, writeAll } from '../storage/checked-lines'
import { noProgress, type Progress } from './progress'
import {
  keptItemsOf,
  keyOf,
  notePlaces,
  recordsOf,
  sealRecord,
  sizeOfKept,
  type Head,
  type KeptItem,
  type Place,
} from './records'

/** About how many bytes make one record of a compacted file. */
const recordSize = 512 * 1024
/** Bytes copied at once. */
const copySize = 256 * 1024

export interface Compacted {
  readonly file: FileHandle
  readonly path: string
  readonly start: number
  readonly size: number
  /** Where each requisition stands in it. */
  readonly places: Map<string, Place>
}

/** A stretch of a replica's file, in bytes. */
interface Stretch {
  readonly file: FileHandle
  readonly from: number
  readonly to: number
}

/**
 * Write the newest values found in a stretch of a replica's file to a file beside it. It goes record
 * by record and lets others run in between; records written behind it meanwhile are copied by
 * `finishCompaction`. The file it writes counts for nothing until it has taken the old one's place.
 */
export async function beginCompaction(
  old: Stretch,
  path: string,
  head: Head,
  progress: Progress,
): Promise<Compacted> {
  const newest = await newestOf(old)
  const file = await open(path, 'w+')
  try {
    const headLine = sealLine(head)
    await writeAll(file, headLine, 0)
    let size = headLine.length
    const places = new Map<string, Place>()
    let kept: KeptItem[] = []
    let keptSize = 0
    const flush = async (then: Progress) => {
      const { bytes, placesAt } = sealRecord(kept, then)
      await writeAll(file, bytes, size)
      notePlaces(places, placesAt(size))
      size += bytes.length
      kept = []
      keptSize = 0
    }
    for await (const record of recordsOf(old.file, old.from, old.to)) {
      // What is gone needs no stone in a file that holds none of its earlier values.
      const isWanted = (item: ReplicaItem) =>
        item.form !== 'gone' && newest.get(nameOf(item)) === placeIn(record.start, item)
      for (const item of await keptItemsOf(old.file, record, isWanted)) {
        kept.push(item)
        keptSize += sizeOfKept(item)
        if (keptSize > recordSize) await flush(noProgress(progress.epoch))
      }
    }
    // The last record alone says how far all of it reaches.
    await flush(progress)
    return { file, path, start: headLine.length, size, places }
  } catch (error) {
    await file.close().catch(() => undefined)
    await rm(path, { force: true }).catch(() => undefined)
    throw error
  }
}

/** Which record holds the newest value of each entity that can be read, and the newest that cannot. */
async function newestOf({ file, from, to }: Stretch): Promise<ReadonlyMap<string, string>> {
  const versions = new Map<string, number>()
  const newest = new Map<string, string>()
  for await (const { start, items } of recordsOf(file, from, to)) {
    for (const item of decodeItems(items)) {
      const key = nameOf(item)
      if ((versions.get(key) ?? -1) > item.version) continue
      versions.set(key, item.version)
      newest.set(key, placeIn(start, item))
    }
  }
  return newest
}

function nameOf(item: ReplicaItem): string {
  return item.form === 'unreadable' ? `unreadable ${keyOf(item)}` : keyOf(item)
}

function placeIn(record: number, { version }: ReplicaItem): string {
  return `${record} ${version}`
}

/**
 * Copy the records written meanwhile and make it all durable. Nothing may be written to the old file
 * from here until `takePlace` has run. The old file stays in use when this fails.
 *
 * @returns the new file's length; `compacted.places` tells of the copied records as well
 */
export async function finishCompaction(
  compacted: Compacted,
  { file: old, from, to }: Stretch,
): Promise<number> {
  const { file, path, places } = compacted
  let { size } = compacted
  try {
    for (let at = from; at < to;) {
      const piece = Buffer.allocUnsafe(Math.min(copySize, to - at))
      const { bytesRead } = await old.read(piece, 0, piece.length, at)
      if (bytesRead === 0) throw new Error(`the replica ends at ${at}, not at ${to}`)
      await writeAll(file, piece.subarray(0, bytesRead), size)
      at += bytesRead
      size += bytesRead
    }
    for await (const record of recordsOf(file, compacted.size, size)) {
      notePlaces(places, record.places)
    }
    await file.sync()
    return size
  } catch (error) {
    await rm(path, { force: true }).catch(() => undefined)
    throw error
  } finally {
    await file.close()
  }
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
