import '../../../support/electron-store'

import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'

import type { StorageState } from '../../../../contract/console'
import { Outbox, type ParsedCommand, type SendOutcome } from '../../../../main/outbox/outbox'
import { ReplicaFile } from '../../../../main/replica/replica-file'
import { openHoldings } from '../../../../main/desk/holdings'
import { watchDisk } from '../../../../main/storage/disk'
import { change } from '../../../fakes/desk/entities'
import { manyRequisitions } from '../../../fakes/desk/masses'
import { changesTold, warehouseChange } from '../../../support/feed-changes'
import { Recorder } from '../../../support/recorder'
import { silentLog } from '../../../support/silent-log'
import { smallDisk } from '../../../support/small-disk'
import { temporaryFolder } from '../../../support/temporary-folder'

vi.mock('node:fs/promises', async (original) => {
  const { onSmallDisk } = await import('../../../support/small-disk')
  return onSmallDisk(await original())
})
vi.setConfig({ testTimeout: 30_000 })

beforeEach(() => {
  smallDisk.room = Infinity
  smallDisk.refuses.clear()
})

const full = () => Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' })

describe('a disk that refused', () => {
  it('has everybody make up what they owe, whoever of them cannot, the outbox first', async () => {
    const { disk, states, writable } = await watched(await temporaryFolder())
    const paid = new Recorder<string>()
    let isStuck = true
    disk.refused('replica', full(), () => {
      if (isStuck) throw Object.assign(new Error('EIO'), { code: 'EIO' })
      paid.push('replica')
    })
    disk.refused('settings.json', full(), () => paid.push('settings.json'))
    disk.refused('outbox', full(), async () => paid.push('outbox'))
    await states.waitFor((state) => state.kind === 'refusing' && state.reason === 'refused')
    expect(paid.items).toEqual(['outbox', 'settings.json'])
    expect(disk.state.kind).toBe('refusing')
    isStuck = false
    await writable()
    // What had been made up was not made up again.
    expect(paid.items).toEqual(['outbox', 'settings.json', 'replica'])
  })

  it('is closed only when a try under way has ended, after one more where that failed', async () => {
    const { disk } = await watched(await temporaryFolder())
    const tries = new Recorder<string>()
    let fail: (error: Error) => void = () => undefined
    disk.refused('outbox', full(), () => {
      tries.push('begun')
      return tries.items.length > 1
        ? undefined
        : new Promise((_, reject) => (fail = (error) => (tries.push('failed'), reject(error))))
    })
    await tries.waitFor((what) => what === 'begun')
    const closing = disk.close().then(() => tries.push('closed'))
    fail(full())
    await closing
    expect(tries.items).toEqual(['begun', 'failed', 'begun', 'closed'])
    expect(disk.state.kind).toBe('writable')
  })
})

function reject(lane: string, reason = 'No.'): ParsedCommand {
  return {
    id: randomUUID(),
    type: 'requisition.reject',
    aggregateId: lane,
    expectedVersion: 1,
    payload: { revision: 1, reason },
  }
}

async function watched(folder: string) {
  const states = new Recorder<StorageState>()
  const disk = watchDisk({ folder, changed: states.push, log: silentLog(), every: 5 })
  onTestFinished(() => disk.close())
  return { disk, states, writable: () => states.waitFor(({ kind }) => kind === 'writable') }
}

async function outboxOn(folder: string, send?: () => Promise<SendOutcome>) {
  const path = join(folder, 'outbox', 'outbox.log')
  const seen = await watched(folder)
  const open = () =>
    Outbox.open({
      path,
      send: send ?? (async () => ({ kind: 'offline' })),
      changed: () => undefined,
      log: silentLog(),
      restAfter: () => 1,
      answerWithin: 60_000,
      disk: seen.disk,
    })
  return { ...seen, path, open, outbox: await open() }
}

describe('an outbox on a disk that fills up', () => {
  // Every length of what is left, through several lines of the journal.
  it.each([0, 1, 17, 200, 333, 400, 512, 640, 777, 900, 1_100])(
    'keeps what it said that it keeps, and nothing else, with %i bytes left',
    async (room) => {
      const folder = await temporaryFolder()
      const { outbox, open, path, states, writable } = await outboxOn(folder)
      smallDisk.room = room
      const given = [reject('a'), reject('b', 'x'.repeat(99)), reject('c'), reject('d')]
      const kept: string[] = []
      for (const command of given) {
        const result = await outbox.give(command)
        if (result.kind === 'queued') kept.push(command.id)
        else {
          expect(result).toMatchObject({
            kind: 'refused',
            error: { code: 'unavailable', details: { reason: 'disk_full' } },
          })
        }
      }
      expect(kept.length).toBeLessThan(given.length)
      expect(states.items[0]).toMatchObject({ kind: 'refusing', reason: 'full' })
      // As after a crash at this very moment, on a disk that is still full.
      const crashed = await open()
      expect(crashed.entries.map(({ id }) => id)).toEqual(kept)
      expect(crashed.keptAs).toBeNull()
      await crashed.close()
      expect(await readdir(join(path, '..'))).toEqual(['outbox.log'])

      smallDisk.room = Infinity
      await writable()
      const late = reject('e')
      expect(await outbox.give(late)).toEqual({ kind: 'queued' })
      await outbox.close()
      const again = await open()
      expect(again.entries.map(({ id }) => id)).toEqual([...kept, late.id])
      await again.close()
    },
  )

  it('writes down afterwards what was answered meanwhile', async () => {
    const folder = await temporaryFolder()
    const { outbox, path, open, writable } = await outboxOn(folder, async () => ({
      kind: 'answered',
      answer: { ok: true, result: {}, version: 2 },
    }))
    const command = reject('a')
    expect(await outbox.give(command)).toEqual({ kind: 'queued' })
    smallDisk.room = 0
    outbox.setOnline(true)
    await vi.waitFor(() => expect(outbox.entries).toEqual([]))
    expect(await readFile(path, 'utf8')).toContain(command.id)
    smallDisk.room = Infinity
    await writable()
    expect(await readFile(path, 'utf8')).not.toContain(command.id)
    await outbox.close()
    const again = await open()
    expect(again.entries).toEqual([])
    await again.close()
  })
})

describe('an outbox whose disk does not even take back what it wrote half', () => {
  it.each([
    ['a half-written line', 100, ['truncate']],
    ['a line that is not known to be durable', Infinity, ['datasync', 'truncate']],
    ['a line taken back without that being durable', Infinity, ['datasync']],
  ] as const)('takes nothing in until it has been written anew (%s)', async (_, room, refuses) => {
    const { outbox, open, path, writable } = await outboxOn(await temporaryFolder())
    const kept = reject('a')
    expect(await outbox.give(kept)).toEqual({ kind: 'queued' })
    smallDisk.room = room
    for (const call of refuses) smallDisk.refuses.add(call)
    const refused = { kind: 'refused', error: { code: 'unavailable' } }
    expect(await outbox.give(reject('b'))).toMatchObject(refused)
    // There would be room for it, but the end of the file is not to be relied on.
    smallDisk.room = Infinity
    if (!refuses.includes('datasync' as never)) {
      const broken = reject('c')
      expect(await outbox.give(broken)).toMatchObject(refused)
      expect(await readFile(path, 'utf8')).not.toContain(broken.id)
    }
    smallDisk.refuses.clear()
    await writable()
    const late = reject('d')
    expect(await outbox.give(late)).toEqual({ kind: 'queued' })
    await outbox.close()
    const again = await open()
    expect(again.entries.map(({ id }) => id)).toEqual([kept.id, late.id])
    expect(again.keptAs).toBeNull()
    await again.close()
  })
})

describe('what is kept for a person on a disk that was full from the start', () => {
  it('is opened when there is room, and works', async () => {
    const folder = await temporaryFolder()
    const { disk, states, writable } = await watched(folder)
    const opened = vi.fn()
    smallDisk.refuses.add('mkdir')
    const holdings = await openHoldings({
      folder,
      identity: { gateway: 'gateway-1', user: 'user-1' },
      app: '1.0.0',
      tell: () => undefined,
      outboxOpened: opened,
      outbox: {
        answerWithin: 5,
        restAfter: () => 1,
        changed: () => undefined,
        send: async () => ({ kind: 'offline' }),
      },
      disk,
      log: silentLog(),
    })
    expect(holdings.outbox).toBeNull()
    expect(states.items).toMatchObject([{ kind: 'refusing', reason: 'refused' }])
    smallDisk.refuses.clear()
    await writable()
    expect(opened).toHaveBeenCalledOnce()
    expect(await holdings.outbox?.give(reject('a'))).toEqual({ kind: 'queued' })
    await holdings.close({ wipe: false })
  })
})

describe('a replica on a disk that fills up', () => {
  it('goes on in memory, leaves no file behind, and asks to be begun anew when there is room', async () => {
    const folder = await temporaryFolder()
    const { disk, states, writable } = await watched(folder)
    const path = join(folder, 'replica.log')
    const options = {
      path,
      identity: { gateway: 'gateway-1', user: 'user-1' },
      app: '1.0.0',
      log: silentLog(),
      disk,
    }
    const replica = await ReplicaFile.open(options)
    await replica.restart('epoch-1')
    await replica.append([warehouseChange(1, 'a', 1)])
    smallDisk.room = 30
    await replica.append([warehouseChange(2, 'b', 1)])
    expect(replica).toMatchObject({
      isPersisted: false,
      isWorthRestarting: false,
      cursor: { epoch: 'epoch-1', seq: 1 },
    })
    expect(states.items).toMatchObject([{ kind: 'refusing', reason: 'full' }])
    expect(await readdir(folder)).not.toContain('replica.log')
    smallDisk.room = Infinity
    await writable()
    expect(replica.isWorthRestarting).toBe(true)
    await replica.restart('epoch-1')
    expect(replica).toMatchObject({ isPersisted: true, isWorthRestarting: false })
    await replica.close()
  })

  it('tells in whole what it cannot be asked for later, and gives back its room', async () => {
    const { disk } = await watched(await temporaryFolder())
    const replica = await ReplicaFile.open({
      path: join(await temporaryFolder(), 'replica.log'),
      identity: { gateway: 'gateway-1', user: 'user-1' },
      app: '1.0.0',
      log: silentLog(),
      disk,
    })
    await replica.restart('epoch-1')
    const [first, second] = manyRequisitions(40).map((value) =>
      change('requisition', value.id, value),
    )
    if (!first || !second) throw new Error('Nothing was made.')
    await replica.append([first])
    smallDisk.room = 30
    const told: string[] = []
    await replica.append([second], (batch) => told.push(...batch))
    expect(replica.isPersisted).toBe(false)
    // What the disk does not have is told in whole.
    expect(changesTold(told)).toMatchObject([{ value: second.value }])
    expect(await replica.requisition(first.id)).toBeNull()
    await replica.close()
  })

  it('is worth beginning anew though not even its folder could be made', async () => {
    const folder = await temporaryFolder()
    const { disk, states, writable } = await watched(folder)
    const replica = await ReplicaFile.open({
      path: join(folder, 'replicas', 'somebody', 'replica.log'),
      identity: { gateway: 'gateway-1', user: 'user-1' },
      app: '1.0.0',
      log: silentLog(),
      disk,
    })
    smallDisk.refuses.add('mkdir')
    await replica.restart('epoch-1')
    expect(states.items).toMatchObject([{ kind: 'refusing', reason: 'refused' }])
    smallDisk.refuses.clear()
    await writable()
    expect(replica.isWorthRestarting).toBe(true)
    await replica.restart('epoch-1')
    expect(replica.isPersisted).toBe(true)
    await replica.close()
  })

  it('keeps its file when there is no room to tidy it, and no half of a new one', async () => {
    const folder = await temporaryFolder()
    const { disk } = await watched(folder)
    const path = join(folder, 'replica.log')
    const replica = await ReplicaFile.open({
      path,
      identity: { gateway: 'gateway-1', user: 'user-1' },
      app: '1.0.0',
      log: silentLog(),
      disk,
    })
    await replica.restart('epoch-1')
    for (let version = 1; version < 50; version += 1) {
      await replica.append([warehouseChange(version, 'a', version)])
    }
    const before = await readFile(path)
    smallDisk.room = 100
    await expect(replica.compact()).rejects.toThrow('ENOSPC')
    expect(await readdir(folder)).toEqual(['replica.log'])
    expect((await readFile(path)).equals(before)).toBe(true)
    smallDisk.room = Infinity
    await replica.compact()
    expect((await readFile(path)).length).toBeLessThan(before.length / 10)
    await replica.close()
  })
})
