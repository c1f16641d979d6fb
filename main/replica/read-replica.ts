import { open, type FileHandle } from 'node:fs/promises'

import { linesOf, openLine, type Line } from '../storage/checked-lines'
import type { Identity } from '../storage/identity'
import { noProgress, type Progress } from './progress'
import { headSchema, noItems, notePlaces, recordsOf, type Place } from './records'

/** A replica's file whose lines have been checked from end to end. */
export interface ReadReplica {
  readonly file: FileHandle
  /** Offset of the first record. */
  readonly start: number
  /** Length of the file; a torn tail has been cut off. */
  readonly size: number
  /** Where the replica was complete for the first time; null when it never was. */
  readonly liveAt: number | null
  /** Where each requisition stands in whole. */
  readonly places: Map<string, Place>
  readonly progress: Progress
  /** What the records tell a window, in order: it asks for all of it right after a start. */
  readonly lines: readonly string[]
}

/**
 * Open a replica's file and check every line. A last record without an end was torn by a crash and is
 * cut off: what stands before it is whole, its progress included. Anything else that does not check,
 * or another identity, version or format, gives the reason why nothing of the file may be used.
 * Bodies are checked when they are read.
 */
export async function readReplica(
  path: string,
  identity: Identity,
  app: string,
): Promise<{ ok: true; value: ReadReplica } | { ok: false; reason: string }> {
  let file: FileHandle
  try {
    file = await open(path, 'r+')
  } catch (error) {
    return { ok: false, reason: (error as NodeJS.ErrnoException).code ?? 'it cannot be opened' }
  }
  try {
    const read = await check(file, identity, app)
    if (typeof read !== 'string') return { ok: true, value: { file, ...read } }
    await file.close()
    return { ok: false, reason: read }
  } catch (error) {
    await file.close().catch(() => undefined)
    return { ok: false, reason: (error as NodeJS.ErrnoException).code ?? (error as Error).message }
  }
}

async function check(
  file: FileHandle,
  identity: Identity,
  app: string,
): Promise<Omit<ReadReplica, 'file'> | string> {
  const { size: length } = await file.stat()
  let first: Line | null = null
  for await (first of linesOf(file, 0, length)) break
  const opened = first && openLine(first.bytes)
  if (!first || !opened?.ok) return 'it has no head'
  const head = headSchema.safeParse(opened.value)
  if (!head.success) return 'it is of another format'
  if (head.data.gateway !== identity.gateway || head.data.user !== identity.user) {
    return 'it is of another gateway or user'
  }
  if (head.data.app !== app) return 'another version of the console wrote it'
  const { epoch } = head.data
  const places = new Map<string, Place>()
  let progress: Progress = noProgress(epoch)
  let liveAt: number | null = null
  const lines: string[] = []
  let size = first.end
  for await (const record of recordsOf(file, first.end, length)) {
    const { cursor, caughtUp } = record.progress
    if (cursor !== null && cursor.epoch !== epoch) {
      return `the record at ${record.start} is of another epoch`
    }
    progress = { epoch, ...record.progress }
    notePlaces(places, record.places)
    if (record.items !== noItems) lines.push(record.items)
    size = record.end
    if (caughtUp !== null) liveAt ??= size
  }
  if (size < length) await file.truncate(size)
  return { start: first.end, size, liveAt, places, progress, lines }
}
