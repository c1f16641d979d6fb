import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'

import type { StorageState } from '../../contract/console'
import type { Log } from '../log'

/** Does what could not be done while the disk refused; throws or rejects when it still does. */
export type MakeUp = () => void | Promise<void>

/** Whoever writes says here that the disk refused, and is told when it is worth trying again. */
export interface Disk {
  /** What could not be written, named once however often it fails, and what is to be made up. */
  refused(what: string, error: unknown, makeUp?: MakeUp): void
}

export interface WatchedDisk extends Disk {
  readonly state: StorageState
  /** Make up what can be, for the last time. */
  close(): Promise<void>
}

export interface DiskOptions {
  /** An absolute path on the disk in question. */
  readonly folder: string
  readonly changed: (state: StorageState) => void
  readonly log: Log
  /** How often to see whether it writes again, in ms. */
  readonly every?: number
}

/** What people gave is nowhere else; all the rest can be had again, or set again. */
const paidFirst = 'outbox'

/** Enough that a file of some size is not the next to fail, in bytes. */
const sampleSize = 256 * 1024

/**
 * What is known of the disk that everything is kept on. From the first refusal it is tried again and
 * again with a file of its own; when that can be written, everybody makes up what they owe it, whether
 * the others can or not, and only when all have is it called writable again.
 */
export function watchDisk({ folder, changed, log, every = 5_000 }: DiskOptions): WatchedDisk {
  const owed = new Map<string, MakeUp>()
  let state: StorageState = { kind: 'writable' }
  let timer: NodeJS.Timeout | null = null
  let trying: Promise<void> | null = null

  function become(next: StorageState): void {
    state = next
    changed(next)
  }

  function makeUp(): Promise<void> {
    trying ??= tryAll().finally(() => (trying = null))
    return trying
  }

  async function tryAll(): Promise<void> {
    const failure = await attempt(() => writeSample(folder))
    const still = failure ?? (await payAll())
    if (still !== null && state.kind === 'refusing' && state.reason !== reasonOf(still.error)) {
      become({ ...state, reason: reasonOf(still.error) })
    }
    if (owed.size > 0 || state.kind === 'writable') return
    stop()
    log.info('The disk can be written to again')
    become({ kind: 'writable' })
  }

  /** What the first who could not pay was told; null when all have. */
  async function payAll(): Promise<Failure | null> {
    let failure: Failure | null = null
    const inTurn = [...owed].sort(([a], [b]) => Number(b === paidFirst) - Number(a === paidFirst))
    for (const [what, pay] of inTurn) {
      const failed = await attempt(pay)
      failure ??= failed
      // Unless it has been refused once more meanwhile.
      if (failed === null && owed.get(what) === pay) owed.delete(what)
    }
    return failure
  }

  function stop(): void {
    if (timer !== null) clearInterval(timer)
    timer = null
  }

  return {
    get state() {
      return state
    },
    refused(what, error, pay = () => undefined) {
      owed.set(what, pay)
      timer ??= setInterval(() => void makeUp(), every).unref()
      if (state.kind === 'refusing') return
      become({ kind: 'refusing', since: new Date().toISOString(), reason: reasonOf(error) })
    },
    async close() {
      stop()
      await trying
      if (owed.size > 0) await makeUp()
    },
  }
}

interface Failure {
  readonly error: unknown
}

async function attempt(what: MakeUp): Promise<Failure | null> {
  try {
    await what()
    return null
  } catch (error) {
    return { error }
  }
}

/** Why the disk refused, as far as a person can do something about it. */
export function reasonOf(error: unknown): 'full' | 'refused' {
  const code = (error as NodeJS.ErrnoException | null)?.code
  return code === 'ENOSPC' || code === 'EDQUOT' ? 'full' : 'refused'
}

async function writeSample(folder: string): Promise<void> {
  const path = join(folder, '.writable')
  try {
    const file = await open(path, 'w')
    try {
      await file.writeFile(Buffer.alloc(sampleSize, 1))
      await file.datasync()
    } finally {
      await file.close()
    }
  } finally {
    await rm(path, { force: true }).catch(() => undefined)
  }
}
