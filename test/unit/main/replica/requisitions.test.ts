import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { Requisition } from '../../../../contract/entities'
import type { Change } from '../../../../contract/feed'
import { decodeItems, decodeWords } from '../../../../contract/replica-items'
import { itemsOf } from '../../../../main/replica/items'
import { ReplicaFile } from '../../../../main/replica/replica-file'
import { change, uuid } from '../../../fakes/desk/entities'
import { manyRequisitions } from '../../../fakes/desk/masses'
import { silentLog } from '../../../support/silent-log'
import { temporaryFolder } from '../../../support/temporary-folder'

// Real disks, on machines that may be busy.
vi.setConfig({ testTimeout: 30_000 })

const open = (path: string) =>
  ReplicaFile.open({
    path,
    identity: { gateway: 'g', user: 'u' },
    app: '1',
    log: silentLog(),
  })

/** A filled replica, and what it was given. */
async function filled(count: number) {
  const path = join(await temporaryFolder(), 'replica.log')
  const replica = await open(path)
  await replica.restart('e')
  const changes = manyRequisitions(count).map((value, at) => ({
    ...change('requisition', value.id, value),
    seq: at + 1,
  }))
  const told: string[] = []
  await replica.append(changes, (batch) => told.push(...batch))
  return { path, replica, changes, told }
}

async function wholes(replica: ReplicaFile, changes: readonly Change[]) {
  const found: unknown[] = []
  for (const { id } of changes) {
    const one = await replica.requisition(id)
    found.push(one === null ? null : JSON.parse(one.text))
  }
  return found
}

const valuesOf = (changes: readonly Change[]) => changes.map(({ value }) => value)

describe('requisitions in a replica', () => {
  it('are told whole when they are few and in brief when they are many', async () => {
    const few = await filled(3)
    const many = await filled(120)
    const inWhole = ({ told }: typeof few) =>
      told.flatMap(decodeItems).map((item) => item.form === 'requisition' && item.whole !== null)
    expect(inWhole(few)).toEqual(few.changes.map(() => true))
    expect(inWhole(many)).toEqual(many.changes.map(() => false))
    await Promise.all([few.replica.close(), many.replica.close()])
  })

  it('are to be had in whole, after a restart and a compaction as well', async () => {
    const { path, replica, changes } = await filled(120)
    const [first, second] = changes
    if (!first || !second) throw new Error('Nothing was made.')
    const newer = {
      ...first,
      seq: 200,
      version: 2,
      value: { ...(first.value as object), name: 'B' },
    }
    await replica.append([newer, { ...second, seq: 201, version: 2, value: null }])
    const now = [newer, ...changes.slice(2)]
    expect(await wholes(replica, now)).toEqual(valuesOf(now))
    expect(await replica.requisition(first.id)).toMatchObject({ version: 2 })
    expect(await replica.requisition(second.id)).toBeNull()
    expect(await replica.requisition(uuid(9_999))).toBeNull()

    const added = {
      ...change('requisition', uuid(777), { ...(second.value as Requisition), id: uuid(777) }),
      seq: 300,
    }
    await Promise.all([replica.compact(), replica.append([added])])
    expect(await wholes(replica, [...now, added])).toEqual(valuesOf([...now, added]))
    await replica.close()
    const again = await open(path)
    expect(await wholes(again, [...now, added])).toEqual(valuesOf([...now, added]))
    await again.close()
  })

  it('stay to be had when a newer version of them cannot be read', async () => {
    const { replica, changes } = await filled(30)
    const [first] = changes
    if (!first) throw new Error('Nothing was made.')
    await replica.append([{ ...first, seq: 90, version: 2, value: { id: first.id } }])
    expect(await wholes(replica, [first])).toEqual([first.value])
    await replica.compact()
    expect(await wholes(replica, [first])).toEqual([first.value])
    const lines: string[] = []
    await replica.stream(
      (batch) => lines.push(...batch),
      () => true,
      () => undefined,
    )
    const forms = lines.flatMap(decodeItems).filter(({ id }) => id === first.id)
    expect(forms.map(({ form, version }) => [form, version])).toEqual([
      ['requisition', 1],
      ['unreadable', 2],
    ])
    await replica.close()
  })

  it('that are damaged on disk are not shown, and nothing of the file is trusted any more', async () => {
    const { path, replica, changes } = await filled(30)
    await replica.close()
    const bytes = await readFile(path)
    const last = bytes.length - 40
    bytes[last] = (bytes[last] ?? 0) ^ 1
    await writeFile(path, bytes)
    const again = await open(path)
    expect(again.isPersisted).toBe(true)
    expect(await again.requisition(changes.at(-1)?.id ?? '')).toBeNull()
    expect(again.isPersisted).toBe(false)
    await again.close()
  })

  it('are searched by words that are to be had apart, after a compaction and a restart as well', async () => {
    const { path, replica, changes } = await filled(120)
    const expected = new Map(
      itemsOf(changes).map((item) => [item.id, item.form === 'requisition' ? item.words : null]),
    )
    const told = async (from: ReplicaFile) =>
      new Map(
        ((await from.words()) ?? [])
          .flatMap(decodeWords)
          .map(({ id, words, articles }) => [id, { words, articles }]),
      )
    expect(expected.size).toBe(120)
    expect(await told(replica)).toEqual(expected)
    await replica.compact()
    expect(await told(replica)).toEqual(expected)
    await replica.close()
    const again = await open(path)
    expect(await told(again)).toEqual(expected)
    await again.close()
  })

  it('whose words are damaged on disk have nothing of the file trusted any more', async () => {
    const { path, replica } = await filled(30)
    await replica.close()
    const bytes = await readFile(path)
    const at = bytes.indexOf('\n[["') + 60
    expect(at).toBeGreaterThan(60)
    bytes[at] = (bytes[at] ?? 0) ^ 1
    await writeFile(path, bytes)
    const again = await open(path)
    expect(again.isPersisted).toBe(true)
    expect(await again.words()).toBeNull()
    expect(again.isPersisted).toBe(false)
    await again.close()
  })
})
