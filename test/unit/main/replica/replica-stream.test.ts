import { setImmediate } from 'node:timers/promises'
import { join } from 'node:path'

import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'

import type { Change, Cursor } from '../../../../contract/feed'
import { ReplicaFile } from '../../../../main/replica/replica-file'
import { createReplicaStream } from '../../../../main/replica/replica-stream'
import type { TellWindow } from '../../../../main/window-port'
import { applied, changesTold, content, warehouseChange } from '../../../support/feed-changes'
import { silentLog } from '../../../support/silent-log'
import { temporaryFolder } from '../../../support/temporary-folder'

// Real disks, sockets and processes, on machines that may be busy.
vi.setConfig({ testTimeout: 30_000 })

/** A window's replica, made of the events it is told. */
function fakeWindow() {
  let changes: Change[] = []
  const loads: (Cursor | null)[] = []
  const told: string[] = []
  const tell: TellWindow = (name, payload) => {
    told.push(name)
    if (name === 'replica.reset') changes = []
    if (name === 'replica.changes') changes.push(...changesTold(payload as string[]))
    if (name === 'replica.loaded') loads.push((payload as { cursor: Cursor | null }).cursor)
  }
  return { tell, told, loads, held: () => content(applied(changes)) }
}

async function openReplica(path: string): Promise<ReplicaFile> {
  const replica = await ReplicaFile.open({
    path,
    identity: { gateway: 'g', user: 'u' },
    app: '1',
    log: silentLog(),
    compactAbove: 2_000,
  })
  await replica.restart('e')
  return replica
}

describe('replica stream', () => {
  it('tells a window that has not asked nothing', async () => {
    const window = fakeWindow()
    const replica = await openReplica(join(await temporaryFolder(), 'replica.log'))
    const stream = createReplicaStream(replica, 'key', window.tell)
    await replica.append([warehouseChange(1, 'a', 1)], stream.follow)
    stream.restarted()
    expect(window.told).toEqual([])
    await replica.close()
  })

  it('sends a reset, what is on disk, and how far it reaches', async () => {
    const window = fakeWindow()
    const replica = await openReplica(join(await temporaryFolder(), 'replica.log'))
    await replica.append([warehouseChange(1, 'a', 1)])
    await replica.append([warehouseChange(2, 'a', 2)])
    expect(await createReplicaStream(replica, 'key', window.tell).load()).toBe(true)
    expect(window.told).toEqual(['replica.reset', 'replica.changes', 'replica.loaded'])
    expect(window.loads).toEqual([{ epoch: 'e', seq: 1 }])
    await replica.close()
  })

  it('leaves the window with everything, however loads, changes and compactions interleave', async () => {
    const folder = await temporaryFolder()
    let run = 0
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.constant('change' as const) },
      { weight: 2, arbitrary: fc.constant('turn' as const) },
      { weight: 1, arbitrary: fc.constant('load' as const) },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
        run += 1
        const window = fakeWindow()
        const replica = await openReplica(join(folder, `replica-${run}.log`))
        const stream = createReplicaStream(replica, 'key', window.tell)
        const given: Change[] = []
        const pending: Promise<unknown>[] = [stream.load()]
        let queue: Promise<unknown> = Promise.resolve()
        for (const [index, kind] of steps.entries()) {
          if (kind === 'turn') await setImmediate()
          if (kind === 'load') pending.push(stream.load())
          if (kind !== 'change') continue
          const name = index % 7 === 0 ? null : 'x'.repeat(300)
          const change = warehouseChange(index + 1, `id${index % 5}`, index + 1, name)
          given.push(change)
          // As the line does it: the next batch is taken in when this one has been.
          queue = queue.then(() => replica.append([change], stream.follow))
        }
        await Promise.all([...pending, queue])
        expect(window.held()).toEqual(content(applied(given)))
        await replica.close()
      }),
      { numRuns: 80 },
    )
  })
})
