import { readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'

import type { Change, Cursor } from '../../../../contract/feed'
import { ReplicaFile } from '../../../../main/replica/replica-file'
import { applied, changesTold, content, warehouseChange } from '../../../support/feed-changes'
import { silentLog } from '../../../support/silent-log'
import { temporaryFolder } from '../../../support/temporary-folder'

// Real disks, sockets and processes, on machines that may be busy.
vi.setConfig({ testTimeout: 30_000 })

const epoch = 'epoch-1'
const identity = { gateway: 'gateway-1', user: 'user-1' }
const caughtUp = (seq: number) => ({ epoch, seq, serverTime: '2026-03-01T08:00:00.000Z' })

async function openReplica(
  path: string,
  differently: Partial<Parameters<typeof ReplicaFile.open>[0]> = {},
) {
  return ReplicaFile.open({ path, identity, app: '1.0.0', log: silentLog(), ...differently })
}

async function load(replica: ReplicaFile) {
  const lines: string[] = []
  const end = await replica.stream(
    (batch) => lines.push(...batch),
    () => true,
    () => undefined,
  )
  return { end, held: applied(changesTold(lines)) }
}

const anyChange = fc
  .record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    version: fc.integer({ min: 1, max: 9 }),
    isGone: fc.boolean(),
  })
  .map(({ id, version, isGone }) => ({ id, version, name: isGone ? null : `${id}${version}` }))

/** Batches with rising transaction numbers. */
const anyBatches = fc
  .array(fc.array(anyChange, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 12 })
  .map((batches) =>
    batches.map((batch, index) =>
      batch.map(({ id, version, name }) => warehouseChange(index + 1, id, version, name)),
    ),
  )

describe('replica file', () => {
  it('is empty before it was begun', async () => {
    const replica = await openReplica(join(await temporaryFolder(), 'replica.log'))
    expect(replica).toMatchObject({ cursor: null, epoch: null, isPersisted: false })
    expect((await load(replica)).end).toBe('missing')
    await replica.close()
  })

  it('gives back after a restart what it was given, and goes on from where it was', async () => {
    const path = join(await temporaryFolder(), 'sub', 'replica.log')
    const first = await openReplica(path)
    await first.restart(epoch)
    await first.append([warehouseChange(1, 'a', 1), warehouseChange(1, 'b', 1)])
    await first.append([warehouseChange(2, 'a', 2), warehouseChange(2, 'b', 2, null)])
    await first.caughtUp(caughtUp(2))
    await first.close()

    const second = await openReplica(path)
    expect(second.cursor).toEqual({ epoch, seq: 2 })
    expect(second.inStepAt).toBe('2026-03-01T08:00:00.000Z')
    const { end, held } = await load(second)
    expect(end).toBe('complete')
    expect(content(held)).toEqual(content(applied([warehouseChange(2, 'a', 2)])))
    await second.close()
  })

  it('holds after a crash at any byte exactly the batches up to some point, with their cursor', async () => {
    const folder = await temporaryFolder()
    let run = 0
    await fc.assert(
      fc.asyncProperty(
        anyBatches,
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (batches, cut) => {
          run += 1
          const path = join(folder, `replica-${run}.log`)
          const writer = await openReplica(path)
          await writer.restart(epoch)
          const lengths: { size: number; upTo: number; cursor: Cursor | null }[] = [
            { size: writer.size, upTo: 0, cursor: null },
          ]
          for (const [index, batch] of batches.entries()) {
            await writer.append(batch)
            lengths.push({ size: writer.size, upTo: index + 1, cursor: writer.cursor })
          }
          await writer.close()
          const whole = await readFile(path)
          const at = Math.round(cut * whole.length)
          await writeFile(path, whole.subarray(0, at))

          const survivor = lengths.filter(({ size }) => size <= at).at(-1)
          const reader = await openReplica(path)
          const { held, end } = await load(reader)
          expect(end).toBe(survivor === undefined ? 'missing' : 'complete')
          expect(reader.cursor).toEqual(survivor?.cursor ?? null)
          expect(content(held)).toEqual(
            content(applied(batches.slice(0, survivor?.upTo ?? 0).flat())),
          )

          // And what comes next is added to it as if nothing had happened.
          if (survivor !== undefined) {
            await reader.append([warehouseChange(99, 'z', 1)])
            await reader.close()
            const again = await openReplica(path)
            expect(again.cursor).toEqual({ epoch, seq: 98 })
            await again.close()
          }
          await reader.close()
        },
      ),
      { numRuns: 60 },
    )
  })

  it('is thrown away when a bit has flipped, or holds a prefix where the flip made a torn tail', async () => {
    const folder = await temporaryFolder()
    const path = join(folder, 'replica.log')
    const writer = await openReplica(path)
    await writer.restart(epoch)
    const batches = [1, 2, 3].map((seq) => [warehouseChange(seq, `id${seq}`, 1)])
    const states = [content(new Map())]
    for (const [index, batch] of batches.entries()) {
      await writer.append(batch)
      states.push(content(applied(batches.slice(0, index + 1).flat())))
    }
    await writer.close()
    const whole = await readFile(path)
    let thrownAway = 0
    let kept = 0
    // Every third byte, and the last one, whose break alone says that its line is whole.
    for (let byte = whole.length - 1; byte >= 0; byte -= 3) {
      const flipped = Buffer.from(whole)
      flipped[byte] = (flipped[byte] ?? 0) ^ (1 << (byte % 8))
      await writeFile(path, flipped)
      const reader = await openReplica(path)
      const { held } = await load(reader)
      if (reader.cursor === null && reader.epoch === null) {
        thrownAway += 1
        expect(held.size).toBe(0)
        await expect(stat(path)).rejects.toThrow('ENOENT')
      } else {
        kept += 1
        expect(states).toContainEqual(content(held))
        expect(reader.cursor?.seq ?? 0).toBeLessThan(3)
      }
      await reader.close()
    }
    expect(kept).toBe(1)
    expect(thrownAway).toBeGreaterThan(100)
  })

  it.each([
    ['another gateway', { identity: { ...identity, gateway: 'gateway-2' } }],
    ['another user', { identity: { ...identity, user: 'user-2' } }],
    ['another version of the console', { app: '1.0.1' }],
  ])('is thrown away when it belongs to %s', async (_what, differently) => {
    const path = join(await temporaryFolder(), 'replica.log')
    const writer = await openReplica(path)
    await writer.restart(epoch)
    await writer.append([warehouseChange(5, 'a', 1)])
    await writer.close()
    const log = silentLog()
    const reader = await openReplica(path, { ...differently, log })
    expect(reader.cursor).toBeNull()
    expect(log.said.items[0]?.message).toContain('thrown away')
    await expect(stat(path)).rejects.toThrow('ENOENT')
    await reader.close()
  })

  it('is thrown away when it is no replica at all', async () => {
    const path = join(await temporaryFolder(), 'replica.log')
    await writeFile(path, 'Some text\nof somebody else\n')
    const reader = await openReplica(path)
    expect(reader.cursor).toBeNull()
    await reader.close()
  })

  it('drops what is outdated by compaction, with changes coming in meanwhile', async () => {
    const path = join(await temporaryFolder(), 'replica.log')
    const replica = await openReplica(path)
    await replica.restart(epoch)
    const given: Change[] = []
    let seq = 0
    const give = async (id: string, version: number, name?: string | null) => {
      const change = warehouseChange((seq += 1), id, version, name)
      given.push(change)
      await replica.append([change])
    }
    for (let version = 1; version <= 40; version += 1) await give('often', version)
    await give('gone', 1)
    await give('gone', 2, null)
    await give('kept', 1)
    const before = replica.size
    const compaction = replica.compact()
    const meanwhile = [give('often', 41), give('meanwhile', 1), give('kept', 2, null)]
    await Promise.all([compaction, ...meanwhile])
    expect(replica.size).toBeLessThan(before / 2)
    expect(content((await load(replica)).held)).toEqual(content(applied(given)))
    await replica.append([warehouseChange(90, 'after', 1)])
    await replica.close()

    const reader = await openReplica(path)
    expect(reader.cursor).toEqual({ epoch, seq: 89 })
    expect(content((await load(reader)).held)).toEqual(
      content(applied([...given, warehouseChange(90, 'after', 1)])),
    )
    await reader.close()
  })

  it('compacts by itself when most of it is outdated', async () => {
    const path = join(await temporaryFolder(), 'replica.log')
    const replica = await openReplica(path, { compactAbove: 20_000 })
    await replica.restart(epoch)
    const name = 'x'.repeat(500)
    let largest = 0
    for (let version = 1; version <= 400; version += 1) {
      await replica.append([warehouseChange(version, 'a', version, `${name}${version}`)])
      largest = Math.max(largest, replica.size)
    }
    await replica.close()
    expect(largest).toBeLessThan(150_000)
  })

  it('cuts a large batch into records and brings its progress with the last', async () => {
    const path = join(await temporaryFolder(), 'replica.log')
    const replica = await openReplica(path)
    await replica.restart(epoch)
    const changes = Array.from({ length: 450 }, (_, index) =>
      warehouseChange(7, `id${index}`, 1, 'x'.repeat(2_000)),
    )
    await replica.append(changes)
    await replica.close()
    const whole = await readFile(path)
    const lines = whole.toString().split('\n').length - 1
    expect(lines).toBeGreaterThan(4)
    await writeFile(path, whole.subarray(0, whole.length - 10))
    const reader = await openReplica(path)
    expect(reader.cursor).toBeNull()
    expect(reader.epoch).toBe(epoch)
    await reader.close()
  })

  it('begins anew on demand, and a load of the old content ends without its end', async () => {
    const path = join(await temporaryFolder(), 'replica.log')
    const replica = await openReplica(path)
    await replica.restart(epoch)
    for (let seq = 1; seq <= 20; seq += 1)
      await replica.append([warehouseChange(seq, `id${seq}`, 1)])
    const restarts: Promise<void>[] = []
    const end = await replica.stream(
      () => {
        if (restarts.length === 0) restarts.push(replica.restart('epoch-2'))
      },
      () => true,
      () => expect.unreachable(),
    )
    await Promise.all(restarts)
    expect(end).toBe('interrupted')
    expect(replica).toMatchObject({ epoch: 'epoch-2', cursor: null })
    expect((await load(replica)).held.size).toBe(0)
    await replica.close()
  })

  it('goes on in memory when the disk refuses', async () => {
    const folder = await temporaryFolder()
    // A file where a folder is needed: nothing can be made below it.
    await writeFile(join(folder, 'blocked'), '')
    const log = silentLog()
    const replica = await openReplica(join(folder, 'blocked', 'replica.log'), { log })
    await replica.restart(epoch)
    await replica.append([warehouseChange(5, 'a', 1)])
    await replica.caughtUp(caughtUp(6))
    expect(replica).toMatchObject({ isPersisted: false, cursor: { epoch, seq: 6 } })
    expect((await load(replica)).end).toBe('missing')
    expect(log.said.items.some(({ level }) => level === 'error')).toBe(true)
    await replica.close()
  })

  it.runIf(process.platform === 'linux')('goes on in memory when the disk is full', async () => {
    const path = join(await temporaryFolder(), 'replica.log')
    // Opens as any file does, and answers every write with ENOSPC.
    await symlink('/dev/full', path)
    const log = silentLog()
    const replica = await openReplica(path, { log })
    await symlink('/dev/full', path)
    await replica.restart(epoch)
    expect(replica.isPersisted).toBe(false)
    expect(log.said.items.at(-1)?.data[0]).toMatchObject({ code: 'ENOSPC' })
    await replica.append([warehouseChange(5, 'a', 1)])
    expect(replica.cursor).toEqual({ epoch, seq: 4 })
    await replica.close()
  })

  it('leaves nothing behind when it is wiped', async () => {
    const path = join(await temporaryFolder(), 'replica.log')
    const replica = await openReplica(path)
    await replica.restart(epoch)
    await replica.append([warehouseChange(1, 'a', 1)])
    await replica.wipe()
    await expect(stat(path)).rejects.toThrow('ENOENT')
  })
})
