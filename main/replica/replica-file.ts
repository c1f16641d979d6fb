import { mkdir, open, rm, statfs, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'

import type { CaughtUp, Change, Cursor } from '../../contract/feed'
import type { Log } from '../log'
import { linesOf, openLine, sealLine, writeAll } from '../storage/checked-lines'
import type { Disk } from '../storage/disk'
import type { Identity } from '../storage/identity'
import { createSerial } from '../storage/serial'
import { beginCompaction, finishCompaction, takePlace } from './compact'
import { noProgress, withCaughtUp, withChanges, type Progress } from './progress'
import { readReplica } from './read-replica'
import { headOf, sealBatch, slicesOf, type Batch, type WrittenChange } from './records'
import { newestOf, ReplicaIndex } from './replica-index'

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
  index: ReplicaIndex
}

/** Characters of JSON in one line: reading one back holds the main process up a few milliseconds. */
const sliceSize = 128 * 1024

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
  /** Counts up when the file is emptied or thrown away, so that a scan of the old one ends. */
  #generation = 0
  #isCompacting = false
  #restarts = 0
  #hasRoomAgain = false

  private constructor(options: ReplicaFileOptions, kept: Kept | null, progress: Progress | null) {
    this.#options = options
    this.#kept = kept
    this.#progress = progress
  }

  /** Open what is on disk; anything that does not check is deleted and the replica starts empty. */
  static async open(options: ReplicaFileOptions): Promise<ReplicaFile> {
    const { path, identity, app, log } = options
    await rm(`${path}.next`, { force: true }).catch(() => undefined)
    const read = await readReplica(path, identity, app)
    if (read.ok) {
      const { progress, ...kept } = read.value
      return new ReplicaFile(options, kept, progress)
    }
    if (read.reason !== 'ENOENT') log.warn(`The replica was thrown away: ${read.reason}`)
    await rm(path, { force: true }).catch(() => undefined)
    return new ReplicaFile(options, null, null)
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
        this.#kept = { file, start, size: start, index: new ReplicaIndex() }
      } catch (error) {
        await this.#giveUp(error)
      }
      this.#restarts -= 1
    })
  }

  /** Add a batch; resolves when it has been handed to the disk. Needs `restart` once before. */
  append(changes: readonly Change[]): Promise<void> {
    const newest = newestOf(changes)
    return this.#writes.run(async () => {
      const before = this.#begun()
      const after = withChanges(before, newest)
      const slices = [...slicesOf(newest, sliceSize)]
      for (const [at, slice] of slices.entries()) {
        // Only the last slice may bring the progress: a crash may come between them.
        await this.#write(slice, at === slices.length - 1 ? after : before)
      }
      this.#progress = after
      this.#compactWhenDue()
    })
  }

  /** Note that everything up to a point has been received. */
  caughtUp(at: CaughtUp): Promise<void> {
    return this.#writes.run(async () => {
      const after = withCaughtUp(this.#begun(), at)
      await this.#write([], after)
      this.#progress = after
    })
  }

  /**
   * Hand over the newest value of every entity in batches, including what is written while this
   * runs.
   *
   * @param finished called the moment nothing more is pending, before anything else can be written,
   *   so that whoever switches to live changes in it misses none
   */
  stream(
    send: (changes: readonly Change[]) => void,
    isWanted: () => boolean,
    finished: () => void,
  ): Promise<StreamEnd> {
    return this.#scans.run(async () => {
      const generation = this.#generation
      const goesOn = () => isWanted() && generation === this.#generation
      const kept = this.#kept
      if (kept === null) return this.#endOfBroken()
      let from = kept.start
      try {
        while (goesOn() && from < kept.size) {
          const to = kept.size
          for await (const line of linesOf(kept.file, from, to)) {
            if (!goesOn()) break
            const opened = openLine(line.bytes)
            if (!opened.ok) throw new Error(`the line at ${line.start} no longer checks`)
            const { changes } = opened.value as Batch
            const newest = changes.filter((change) => kept.index.isNewest(change, line.start))
            if (newest.length > 0) send(newest)
          }
          from = to
        }
      } catch (error) {
        if (goesOn()) await this.#writes.run(() => this.#giveUp(error))
      }
      if (!goesOn()) return this.#endOfBroken()
      finished()
      return 'complete'
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

  async #write(batch: readonly WrittenChange[], progress: Progress): Promise<void> {
    const kept = this.#kept
    if (kept === null) return
    const line = sealBatch(batch, progress)
    try {
      await writeAll(kept.file, line, kept.size)
    } catch (error) {
      await this.#giveUp(error)
      return
    }
    const changes = batch.map(({ change }) => change)
    kept.index.noteLine(changes, kept.size, line.length)
    kept.size += line.length
  }

  /** The disk refuses: go on without it. What is there no longer matches the progress, so it goes. */
  async #giveUp(error: unknown): Promise<void> {
    const { path, log, disk } = this.#options
    log.error('The replica cannot be kept on disk and lives in memory only', error)
    const wanted = Math.max(2 * this.size, leastRoom)
    disk?.refused('replica', error, async () => {
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
    await kept?.file.close().catch(() => undefined)
  }

  #compactWhenDue(): void {
    const kept = this.#kept
    const { compactAbove = 8 * 1024 * 1024 } = this.#options
    if (kept === null || this.#isCompacting || kept.size < compactAbove) return
    if (kept.size < 2 * kept.index.liveSize) return
    this.#isCompacting = true
    void this.compact()
      .catch((error: unknown) => this.#options.log.warn('The replica was not compacted', error))
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
      const next = await beginCompaction({ ...kept, to }, `${path}.next`, head, progress)
      await this.#writes.run(async () => {
        if (generation !== this.#generation) {
          await next.file.close()
          await rm(next.path, { force: true })
          return
        }
        const { file, index, size: end } = kept
        const size = await finishCompaction(next, { file, from: to, to: end, index })
        try {
          const swapped = await takePlace(next, { file, path })
          this.#kept = { file: swapped, start: next.start, size, index: next.index }
        } catch (error) {
          await this.#giveUp(error)
        }
      })
    })
  }
}
