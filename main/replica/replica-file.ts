import { mkdir, open, rm, statfs, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'

import type { CaughtUp, Change, Cursor } from '../../contract/feed'
import type { Log } from '../log'
import { encodeItems } from '../../contract/replica-items'
import { sealLine, writeAll } from '../storage/checked-lines'
import type { Disk } from '../storage/disk'
import type { Identity } from '../storage/identity'
import { createSerial } from '../storage/serial'
import { batchesOf, newestOf, type WindowBatch } from './batches'
import { beginCompaction, finishCompaction, takePlace } from './compact'
import { noProgress, withCaughtUp, withChanges, type Progress } from './progress'
import { readReplica } from './read-replica'
import { itemsOf } from './items'
import {
  headOf,
  keptItem,
  notePlaces,
  readBody,
  recordsOf,
  sealRecord,
  Damaged,
  noItems,
  type KeptItem,
  type Place,
} from './records'

export interface ReplicaFileOptions {
  readonly path: string
  readonly identity: Identity
  /** The console's version. */
  readonly app: string
  readonly log: Log
  /** Told when the file cannot be written. */
  readonly disk?: Disk | undefined
  /** Compact when the file is larger than this, in bytes, and more than half of it is outdated. */
  readonly compactAbove?: number
}

/**
 * How a scan of everything went. `interrupted`: what was scanned is no more, and whoever ended it
 * says what follows. `missing`: there is no file that has it all.
 */
export type StreamEnd = 'complete' | 'interrupted' | 'missing'

/** An open file and what is known of it; null where nothing can be kept. */
interface Kept {
  file: FileHandle
  start: number
  size: number
  /** Where it was complete for the first time, and all of it live; null until then. */
  liveAt: number | null
  places: Map<string, Place>
}

interface Opened {
  readonly lines: readonly string[]
  /** Length of the file then. */
  readonly upTo: number
}

/** Most changes in one record: checking them holds the main process up a few milliseconds. */
const mostInRecord = 100
/** Of a batch larger than this the window is told the requisitions in brief; it asks for those it shows. */
const mostInWhole = 20

/** Free bytes without which a disk that refused is not tried again. */
const leastRoom = 16 * 1024 * 1024

/**
 * One user's replica on disk: an append-only file of batches, each with the progress it brings, so
 * that whatever prefix of it survives is a state the gateway can go on from. Not fsynced: a replica
 * can be had again. When the disk refuses, it goes on without a file: progress is then kept in memory
 * and the next start asks for everything.
 */
export class ReplicaFile {
  readonly #options: ReplicaFileOptions
  readonly #writes = createSerial()
  /** Whatever reads the whole file, one at a time; a compaction swaps the file only between them. */
  readonly #scans = createSerial()
  #kept: Kept | null
  #progress: Progress | null
  /** What was read on opening, for the first scan of this very file. */
  #opened: Opened | null
  /** Counts up when the file is emptied or thrown away, so that a scan of the old one ends. */
  #generation = 0
  #isCompacting = false
  #restarts = 0
  #hasRoomAgain = false

  private constructor(
    options: ReplicaFileOptions,
    kept: Kept | null,
    progress: Progress | null,
    opened: Opened | null,
  ) {
    this.#options = options
    this.#kept = kept
    this.#progress = progress
    this.#opened = opened
  }

  /** Open what is on disk; anything that does not check is deleted and the replica starts empty. */
  static async open(options: ReplicaFileOptions): Promise<ReplicaFile> {
    const { path, identity, app, log } = options
    await rm(`${path}.next`, { force: true }).catch(() => undefined)
    const read = await readReplica(path, identity, app)
    if (read.ok) {
      const { progress, lines, ...kept } = read.value
      return new ReplicaFile(options, kept, progress, { lines, upTo: kept.size })
    }
    if (read.reason !== 'ENOENT') log.warn(`The replica was thrown away: ${read.reason}`)
    await rm(path, { force: true }).catch(() => undefined)
    return new ReplicaFile(options, null, null, null)
  }

  /** Where the gateway is to go on from. */
  get cursor(): Cursor | null {
    return this.#progress?.cursor ?? null
  }

  get epoch(): string | null {
    return this.#progress?.epoch ?? null
  }

  /** When it was last known to be complete, by the gateway's clock. */
  get inStepAt(): string | null {
    return this.#progress?.caughtUp?.serverTime ?? null
  }

  /** Whether there is a file that holds everything up to the cursor. */
  get isPersisted(): boolean {
    return this.#kept !== null
  }

  /**
   * Whether everything should be asked for once more when that can be done unnoticed: there is no file
   * to write to, and the disk that refused it has room again.
   */
  get isWorthRestarting(): boolean {
    return this.#kept === null && this.#hasRoomAgain
  }

  /** Length of the file in bytes. */
  get size(): number {
    return this.#kept?.size ?? 0
  }

  /** Throw everything away and begin anew in this epoch. */
  restart(epoch: string): Promise<void> {
    this.#generation += 1
    this.#restarts += 1
    this.#hasRoomAgain = false
    return this.#writes.run(async () => {
      await this.#letGo()
      this.#progress = noProgress(epoch)
      const { path, identity, app } = this.#options
      try {
        await mkdir(dirname(path), { recursive: true })
        const file = await open(path, 'w+')
        const head = sealLine(headOf(identity, epoch, app))
        await writeAll(file, head, 0)
        const start = head.length
        this.#kept = { file, start, size: start, liveAt: null, places: new Map() }
      } catch (error) {
        await this.#giveUp(error)
      }
      this.#restarts -= 1
    })
  }

  /**
   * Add a batch; resolves when it has been handed to the disk. Values that do not pass their schemas
   * are kept and told as such. Needs `restart` once before.
   *
   * @param tell what the window is to be told of it: few changes at once, in whole, and many when the
   *   disk has them, in brief
   */
  append(
    changes: readonly Change[],
    tell: (batch: WindowBatch) => void = () => undefined,
  ): Promise<void> {
    const newest = newestOf(changes)
    return this.#writes.run(async () => {
      const before = this.#begun()
      const after = withChanges(before, newest)
      const isFew = newest.length <= mostInWhole
      const told: { readonly whole: string; readonly brief: string }[] = []
      for (let at = 0; at === 0 || at < newest.length; at += mostInRecord) {
        const items = itemsOf(newest.slice(at, at + mostInRecord))
        const kept = items.map(keptItem)
        const whole = encodeItems(items)
        if (isFew && items.length > 0) tell([whole])
        // Only the last record may bring the progress: a crash may come between them.
        await this.#write(kept, at + mostInRecord >= newest.length ? after : before)
        if (!isFew) told.push({ whole, brief: encodeItems(kept.map(({ item }) => item)) })
      }
      this.#progress = after
      this.#compactWhenDue()
      // What the disk does not have cannot be asked for later.
      if (!isFew) tell(told.map(({ whole, brief }) => (this.isPersisted ? brief : whole)))
    })
  }

  /** Note that everything up to a point has been received. */
  caughtUp(at: CaughtUp): Promise<void> {
    return this.#writes.run(async () => {
      const after = withCaughtUp(this.#begun(), at)
      await this.#write([], after)
      if (this.#kept !== null) this.#kept.liveAt ??= this.#kept.size
      this.#progress = after
    })
  }

  /**
   * Hand over everything as it was written, in portions, including what is written while this runs.
   * An entity may come more than once; the highest version counts.
   *
   * @param finished called the moment nothing more is pending, before anything else can be told or
   *   written, so that whoever switches to live changes in it misses none
   */
  stream(
    send: (batch: WindowBatch) => void,
    isWanted: () => boolean,
    finished: () => void,
  ): Promise<StreamEnd> {
    return this.#scans.run(async () => {
      const generation = this.#generation
      const goesOn = () => isWanted() && generation === this.#generation
      const kept = this.#kept
      if (kept === null) return this.#endOfBroken()
      const opened = this.#opened
      this.#opened = null
      let from = opened?.upTo ?? kept.start
      try {
        for (const batch of batchesOf(opened?.lines ?? [])) if (goesOn()) send(batch)
        while (goesOn()) {
          const to = kept.size
          const lines: string[] = []
          for await (const { items } of recordsOf(kept.file, from, to)) {
            if (!goesOn()) break
            if (items !== noItems) lines.push(items)
          }
          for (const batch of batchesOf(lines)) if (goesOn()) send(batch)
          from = to
          // Between two writes: what is told first and written then must not fall between.
          const isAtEnd = await this.#writes.run(async () => {
            if (!goesOn() || from < kept.size) return false
            finished()
            return true
          })
          if (isAtEnd) return 'complete'
        }
      } catch (error) {
        if (goesOn()) await this.#writes.run(() => this.#giveUp(error))
      }
      return this.#endOfBroken()
    })
  }

  /**
   * The whole of a requisition as JSON, in its newest version here. Null when there is none, or when
   * what stands on disk is damaged: then nothing of the file is trusted any more.
   */
  requisition(id: string): Promise<{ readonly version: number; readonly text: string } | null> {
    return this.#writes.run(async () => {
      const kept = this.#kept
      const place = kept?.places.get(id)
      if (!kept || !place || place.length === 0) return null
      const body = await readBody(kept.file, place).catch(() => null)
      if (body !== null) return { version: place.version, text: body.toString() }
      await this.#giveUp(new Error(`the requisition at ${place.at} does not check`))
      return null
    })
  }

  /**
   * What all requisitions are searched by, as lines of `encodeWords`; of one that was written more than
   * once the words of each version. Null when it is not to be had.
   */
  words(): Promise<readonly string[] | null> {
    return this.#scans.run(async () => {
      const kept = this.#kept
      if (kept === null) return null
      const generation = this.#generation
      const lines: string[] = []
      try {
        for await (const { words } of recordsOf(kept.file, kept.start, kept.size)) {
          const text = words && (await readBody(kept.file, words))
          if (words !== null && text === null) {
            throw new Damaged(`the words at ${words.at} do not check`)
          }
          if (text !== null) lines.push(text.toString())
        }
        return lines
      } catch (error) {
        if (generation === this.#generation) await this.#writes.run(() => this.#giveUp(error))
        return null
      }
    })
  }

  /** What a scan comes to that did not get to its end. */
  #endOfBroken(): StreamEnd {
    return this.#kept === null && this.#restarts === 0 ? 'missing' : 'interrupted'
  }

  /** Finish what is being written and let go of the file. */
  async close(): Promise<void> {
    this.#generation += 1
    await this.#scans.idle()
    await this.#writes.run(() => this.#letGo())
  }

  /** Close and delete it. */
  async wipe(): Promise<void> {
    await this.close()
    this.#progress = null
    await rm(this.#options.path, { force: true })
  }

  #begun(): Progress {
    if (this.#progress === null) throw new Error('A replica was written to before it was begun')
    return this.#progress
  }

  async #write(items: readonly KeptItem[], progress: Progress): Promise<void> {
    const kept = this.#kept
    if (kept === null) return
    const record = sealRecord(items, progress)
    try {
      await writeAll(kept.file, record.bytes, kept.size)
    } catch (error) {
      await this.#giveUp(error)
      return
    }
    notePlaces(kept.places, record.placesAt(kept.size))
    kept.size += record.bytes.length
  }

  /** The disk refuses: go on without it. What is there no longer matches the progress, so it goes. */
  async #giveUp(error: unknown): Promise<void> {
    const { path, log, disk } = this.#options
    log.error('The replica cannot be kept on disk and lives in memory only', error)
    const wanted = Math.max(2 * this.size, leastRoom)
    disk?.refused('replica', error, async () => {
      // The folder may be what could not be made.
      await mkdir(dirname(path), { recursive: true })
      const { bavail, bsize } = await statfs(dirname(path))
      if (bavail * bsize < wanted)
        throw Object.assign(new Error('too little room'), { code: 'ENOSPC' })
      this.#hasRoomAgain = true
    })
    this.#generation += 1
    await this.#letGo()
    await rm(path, { force: true }).catch(() => undefined)
  }

  async #letGo(): Promise<void> {
    const kept = this.#kept
    this.#kept = null
    this.#opened = null
    await kept?.file.close().catch(() => undefined)
  }

  /** When it has doubled since all of it was live: what is written over and over stays small. */
  #compactWhenDue(): void {
    const kept = this.#kept
    const { compactAbove = 8 * 1024 * 1024 } = this.#options
    if (kept === null || this.#isCompacting || kept.size < compactAbove) return
    if (kept.size < 2 * (kept.liveAt ?? compactAbove)) return
    this.#isCompacting = true
    void this.compact()
      .catch(async (error: unknown) => {
        this.#options.log.warn('The replica was not compacted', error)
        // Not again at once; and where something does not check, nothing of it is trusted.
        if (this.#kept !== null) this.#kept.liveAt = this.#kept.size
        if (error instanceof Damaged) await this.#writes.run(() => this.#giveUp(error))
      })
      .finally(() => (this.#isCompacting = false))
  }

  /** Rewrite the file without outdated values. Writing goes on meanwhile, but for the last moment. */
  compact(): Promise<void> {
    return this.#scans.run(async () => {
      const kept = this.#kept
      const progress = this.#progress
      if (kept === null || progress === null) return
      const { path, identity, app } = this.#options
      const generation = this.#generation
      const to = kept.size
      const head = headOf(identity, progress.epoch, app)
      const { file, start } = kept
      const live = { file, from: start, to }
      this.#opened = null
      const next = await beginCompaction(live, `${path}.next`, head, progress)
      await this.#writes.run(async () => {
        if (generation !== this.#generation) {
          await next.file.close()
          await rm(next.path, { force: true })
          return
        }
        const size = await finishCompaction(next, { file, from: to, to: kept.size })
        try {
          const swapped = await takePlace(next, { file, path })
          const { start: first, size: liveAt, places } = next
          this.#kept = { file: swapped, start: first, size, liveAt, places }
        } catch (error) {
          await this.#giveUp(error)
        }
      })
    })
  }
}
