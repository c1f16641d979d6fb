import { copyFile, mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'

import type { Log } from '../log'
import { linesOf, openLine, sealLine, writeAll } from '../storage/checked-lines'
import { afterEvent, outboxEventSchema, type Entries, type OutboxEvent } from './entries'

export interface OpenedJournal {
  readonly journal: Journal
  readonly entries: Entries
  /** Where a copy of a file with unreadable lines was put aside; null when every line could be read. */
  readonly keptAs: string | null
}

/**
 * The outbox's file: events, appended and never changed. What a person was told is kept has been
 * fsynced. A torn last line was never told anybody and is cut off; other lines that do not check are
 * passed over, since the commands in the rest are still somebody's work, and a copy is put aside.
 */
export class Journal {
  readonly #path: string
  #file: FileHandle
  #size: number
  #isBroken = false

  private constructor(path: string, file: FileHandle, size: number) {
    this.#path = path
    this.#file = file
    this.#size = size
  }

  static async open(path: string, log: Log): Promise<OpenedJournal> {
    await mkdir(dirname(path), { recursive: true })
    // Made when missing, but never emptied, and then opened for writing anywhere in it.
    await (await open(path, 'a')).close()
    const file = await open(path, 'r+')
    const { size: length } = await file.stat()
    let entries: Entries = []
    let size = 0
    let unreadable = 0
    for await (const line of linesOf(file, 0, length)) {
      size = line.end
      const opened = openLine(line.bytes)
      const event = opened.ok ? outboxEventSchema.safeParse(opened.value) : null
      if (event?.success) entries = afterEvent(entries, event.data)
      else unreadable += 1
    }
    let keptAs: string | null = null
    if (unreadable > 0) {
      keptAs = `${path}.broken-${new Date().toISOString().replaceAll(':', '')}`
      await copyFile(path, keptAs)
      log.error(`The outbox had ${unreadable} unreadable lines; a copy is kept`, { keptAs })
    }
    if (size < length) await file.truncate(size)
    const journal = new Journal(path, file, size)
    // What was under way when the console ended is sent again under the same id.
    entries = entries.map((entry) =>
      entry.state === 'sending' ? { ...entry, state: 'waiting' } : entry,
    )
    try {
      if (size > 0) await journal.rewrite(entries)
      else await syncFolder(dirname(path))
    } catch (error) {
      log.warn('The outbox was not tidied', error)
    }
    return { journal, entries, keptAs }
  }

  /** Nothing can be added until it has been rewritten. */
  get isBroken(): boolean {
    return this.#isBroken
  }

  /** Length in bytes. */
  get size(): number {
    return this.#size
  }

  /**
   * Add an event; with `durable` it survives a power cut once this resolves. When it fails nothing of
   * it remains in the file.
   */
  async append(event: OutboxEvent, durability: 'durable' | 'written'): Promise<void> {
    if (this.#isBroken) throw new Error('The outbox cannot be written to')
    const line = sealLine(event)
    try {
      await writeAll(this.#file, line, this.#size)
      if (durability === 'durable') await this.#file.datasync()
    } catch (error) {
      // A half-written line would spoil the one after it, and a whole one would be sent after all.
      try {
        await this.#file.truncate(this.#size)
        await this.#file.datasync()
      } catch {
        this.#isBroken = true
      }
      throw error
    }
    this.#size += line.length
  }

  /** Replace the file by one that holds just these entries, at once or not at all. */
  async rewrite(entries: Entries): Promise<void> {
    const nextPath = `${this.#path}.next`
    const lines = entries.map((entry) => sealLine({ kind: 'added', entry, replaces: [] }))
    const bytes = Buffer.concat(lines)
    try {
      const next = await open(nextPath, 'w')
      try {
        await writeAll(next, bytes, 0)
        await next.sync()
      } finally {
        await next.close()
      }
    } catch (error) {
      // Where there is no room, half a file must not take what is left.
      await rm(nextPath, { force: true }).catch(() => undefined)
      throw error
    }
    // Until the folder says so durably, a power cut brings the old file back, without what is added.
    this.#isBroken = true
    await this.#file.close()
    try {
      await rename(nextPath, this.#path)
    } finally {
      this.#file = await open(this.#path, 'r+')
      this.#size = (await this.#file.stat()).size
    }
    await syncFolder(dirname(this.#path))
    this.#isBroken = false
  }

  async close(): Promise<void> {
    await this.#file.close()
  }
}

/** Make a rename durable. Windows has no such call and needs none. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
