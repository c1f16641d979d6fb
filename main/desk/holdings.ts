import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

import type { Log } from '../log'
import { Outbox, type OutboxOptions } from '../outbox/outbox'
import { ReplicaFile } from '../replica/replica-file'
import { createReplicaStream, type ReplicaStream } from '../replica/replica-stream'
import { identityKey, type Identity } from '../storage/identity'
import type { Disk } from '../storage/disk'
import type { TellWindow } from '../window-port'

/** What is kept on this computer for one user of one gateway. */
export interface Holdings {
  readonly identity: Identity
  readonly replica: ReplicaFile
  readonly stream: ReplicaStream
  /** Null while the disk refuses: what must be kept cannot be given then. */
  readonly outbox: Outbox | null
  /** What the disk said to opening it; null when it could be opened. */
  readonly outboxRefused: unknown
  /**
   * Let go of the files. With `wipe` the replica is deleted; the outbox stays unless it is empty,
   * since it is that person's unsent work, and goes on when they sign in again.
   */
  close(how: { readonly wipe: boolean }): Promise<void>
}

export interface HoldingsOptions {
  /** The user-data folder. */
  readonly folder: string
  readonly identity: Identity
  /** The console's version. */
  readonly app: string
  readonly outbox: Omit<OutboxOptions, 'path' | 'disk' | 'log'>
  /** An outbox that the disk refused to open could be opened after all. */
  readonly outboxOpened: () => void
  readonly tell: TellWindow
  readonly disk?: Disk | undefined
  readonly log: Log
}

/** Where an identity's outbox is kept. @param folder the user-data folder */
export function outboxFile(folder: string, identity: Identity): string {
  return join(folder, 'outbox', `${identityKey(identity)}.log`)
}

/** Open what is kept for an identity. Everybody else's replica is deleted: one desk, one person. */
export async function openHoldings(options: HoldingsOptions): Promise<Holdings> {
  const { folder, identity, app, tell, disk, log } = options
  const key = identityKey(identity)
  const replicas = join(folder, 'replicas')
  await deleteOthers(replicas, key, log)
  const path = join(replicas, key, 'replica.log')
  const outboxPath = outboxFile(folder, identity)
  const replica = await ReplicaFile.open({ path, identity, app, disk, log })
  let outbox: Outbox | null = null
  let outboxRefused: unknown = null
  let isClosed = false
  const outboxOptions = { ...options.outbox, path: outboxPath, disk, log }
  try {
    outbox = await Outbox.open(outboxOptions)
  } catch (error) {
    log.error('The outbox cannot be opened', error)
    outboxRefused = error
    disk?.refused('outbox', error, async () => {
      if (isClosed || outbox !== null) return
      outbox = await Outbox.open(outboxOptions)
      if (isClosed) await outbox.close()
      else options.outboxOpened()
    })
  }
  return {
    identity,
    replica,
    stream: createReplicaStream(replica, key, tell),
    outboxRefused,
    get outbox() {
      return outbox
    },
    async close({ wipe }) {
      isClosed = true
      const isEmpty = outbox?.entries.length === 0
      await outbox?.close()
      if (wipe && isEmpty) await rm(outboxPath, { force: true }).catch(() => undefined)
      if (!wipe) return replica.close()
      await replica.wipe()
      await rm(join(replicas, key), { recursive: true, force: true }).catch(() => undefined)
    },
  }
}

async function deleteOthers(replicas: string, key: string, log: Log): Promise<void> {
  const names = await readdir(replicas).catch(() => [])
  for (const name of names) {
    if (name === key) continue
    try {
      await rm(join(replicas, name), { recursive: true, force: true })
    } catch (error) {
      log.warn('Another replica could not be deleted', error)
    }
  }
}
