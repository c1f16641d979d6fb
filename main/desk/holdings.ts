import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

import type { Log } from '../log'
import { Outbox, type OutboxOptions } from '../outbox/outbox'
import { ReplicaFile } from '../replica/replica-file'
import { createReplicaStream, type ReplicaStream } from '../replica/replica-stream'
import { identityKey, type Identity } from '../storage/identity'
import type { TellWindow } from '../window-port'

/** What is kept on this computer for one user of one gateway. */
export interface Holdings {
  readonly identity: Identity
  readonly replica: ReplicaFile
  readonly stream: ReplicaStream
  /** Null where the disk refuses: what must be kept cannot be given then. */
  readonly outbox: Outbox | null
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
  readonly outbox: Omit<OutboxOptions, 'path' | 'log'>
  readonly tell: TellWindow
  readonly log: Log
}

/** Where an identity's outbox is kept. @param folder the user-data folder */
export function outboxFile(folder: string, identity: Identity): string {
  return join(folder, 'outbox', `${identityKey(identity)}.log`)
}

/** Open what is kept for an identity. Everybody else's replica is deleted: one desk, one person. */
export async function openHoldings(options: HoldingsOptions): Promise<Holdings> {
  const { folder, identity, app, tell, log } = options
  const key = identityKey(identity)
  const replicas = join(folder, 'replicas')
  await deleteOthers(replicas, key, log)
  const path = join(replicas, key, 'replica.log')
  const outboxPath = outboxFile(folder, identity)
  const replica = await ReplicaFile.open({ path, identity, app, log })
  const outbox = await openOutbox({ ...options.outbox, path: outboxPath, log })
  return {
    identity,
    replica,
    stream: createReplicaStream(replica, key, tell),
    outbox,
    async close({ wipe }) {
      const isEmpty = outbox?.entries.length === 0
      await outbox?.close()
      if (wipe && isEmpty) await rm(outboxPath, { force: true }).catch(() => undefined)
      if (!wipe) return replica.close()
      await replica.wipe()
      await rm(join(replicas, key), { recursive: true, force: true }).catch(() => undefined)
    },
  }
}

async function openOutbox(options: OutboxOptions): Promise<Outbox | null> {
  try {
    return await Outbox.open(options)
  } catch (error) {
    options.log.error('The outbox cannot be opened', error)
    return null
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
