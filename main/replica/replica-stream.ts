import type { TellWindow } from '../window-port'
import type { WindowBatch } from './batches'
import type { ReplicaFile } from './replica-file'

/**
 * Keeps the window's replica in step with the one on disk: all of it first, then what comes in. A
 * window that has not asked is told nothing, and one that asks again gets everything again.
 */
export interface ReplicaStream {
  /**
   * Empty the window's replica and send what is on disk.
   *
   * @returns false when the disk does not have it all, so that it must be had from the gateway again
   */
  load(): Promise<boolean>
  /** Pass on what has just been written, unless a load is under way that will meet it on disk. */
  readonly follow: (batch: WindowBatch) => void
  /** The replica was emptied: so is the window's, and what follows is all there is. */
  restarted(): void
}

export function createReplicaStream(
  replica: ReplicaFile,
  identity: string,
  tell: TellWindow,
): ReplicaStream {
  let state: 'not_asked' | 'loading' | 'following' = 'not_asked'
  let load = 0

  function send(batch: WindowBatch): void {
    if (batch.length > 0) tell('replica.changes', [...batch])
  }

  return {
    async load() {
      load += 1
      const mine = load
      state = 'loading'
      tell('replica.reset', { identity })
      const loaded = (isComplete: boolean) => {
        state = 'following'
        tell('replica.loaded', { cursor: isComplete ? replica.cursor : null })
      }
      const end = await replica.stream(
        send,
        () => mine === load,
        () => loaded(true),
      )
      // What was interrupted is taken over by a later load or a new beginning, which tells the rest.
      if (end !== 'missing' || mine !== load) return true
      loaded(false)
      return false
    },
    follow: (batch) => {
      if (state === 'following') send(batch)
    },
    restarted() {
      if (state === 'not_asked') return
      // Ends a load of what is no more.
      load += 1
      state = 'following'
      tell('replica.reset', { identity })
      tell('replica.loaded', { cursor: null })
    },
  }
}
