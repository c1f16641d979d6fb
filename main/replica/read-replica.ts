import { open, type FileHandle } from 'node:fs/promises'

import { linesOf, openLine } from '../storage/checked-lines'
import type { Identity } from '../storage/identity'
import { noProgress, type Progress } from './progress'
import { batchSchema, headSchema } from './records'
import { ReplicaIndex } from './replica-index'

/** A replica's file that has been checked from end to end. */
export interface ReadReplica {
  readonly file: FileHandle
  /** Offset of the first batch. */
  readonly start: number
  /** Length of the file; a torn tail has been cut off. */
  readonly size: number
  readonly index: ReplicaIndex
  readonly progress: Progress
}

/**
 * Open a replica's file and check every line. A last line without an end was torn by a crash and is
 * cut off: what stands before it is whole, its progress included. Anything else that does not check,
 * or another identity, version or format, gives the reason why nothing of the file may be used.
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
    return { ok: false, reason: (error as NodeJS.ErrnoException).code ?? 'it cannot be read' }
  }
}

async function check(
  file: FileHandle,
  identity: Identity,
  app: string,
): Promise<Omit<ReadReplica, 'file'> | string> {
  const { size: length } = await file.stat()
  const index = new ReplicaIndex()
  let progress: Progress | null = null
  let start = 0
  let size = 0
  for await (const line of linesOf(file, 0, length)) {
    const opened = openLine(line.bytes)
    if (!opened.ok) return `the line at ${line.start} does not check`
    if (progress === null) {
      const head = headSchema.safeParse(opened.value)
      if (!head.success) return 'it is of another format'
      if (head.data.gateway !== identity.gateway || head.data.user !== identity.user) {
        return 'it is of another gateway or user'
      }
      if (head.data.app !== app) return 'another version of the console wrote it'
      progress = noProgress(head.data.epoch)
      start = line.end
    } else {
      const batch = batchSchema.safeParse(opened.value)
      if (!batch.success) return `the batch at ${line.start} cannot be understood`
      const { cursor } = batch.data.progress
      if (cursor !== null && cursor.epoch !== progress.epoch) {
        return `the batch at ${line.start} is of another epoch`
      }
      progress = { epoch: progress.epoch, ...batch.data.progress }
      index.noteLine(batch.data.changes, line.start, line.bytes.length)
    }
    size = line.end
  }
  if (progress === null) return 'it has no head'
  if (size < length) await file.truncate(size)
  return { start, size, index, progress }
}
