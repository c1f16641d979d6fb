import type * as FileSystem from 'node:fs/promises'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { claimOwnership } from '../../../gateway/database/embedded/owner-claim'
import { markOfThisProcess } from '../../../gateway/database/embedded/process-life'
import { temporaryFolder, tidyUpAfterEach } from '../../support/embedded'

tidyUpAfterEach()

/** Lets some get far behind others at the decisive moment, as a busy machine would. */
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof FileSystem>()
  let calls = 0
  const link: typeof real.link = async (from, to) => {
    const delayMs = (++calls * 7) % 5 === 0 ? 25 : 0
    await new Promise((resolve) => setTimeout(resolve, delayMs))
    return real.link(from, to)
  }
  return { ...real, link }
})

function claimsFolder(claim?: unknown): string {
  const folder = join(temporaryFolder(), 'owner')
  mkdirSync(folder)
  if (claim !== undefined) writeFileSync(join(folder, '12'), JSON.stringify(claim))
  return folder
}

const longAgo = Date.parse('2020-02-02T02:02:02Z')

test('a claim of a process that is gone is taken over', async () => {
  // The largest pid of Linux is 2^22.
  const folder = claimsFolder({ kind: 'held', by: { pid: 4_999_999, at: longAgo } })
  expect(await claimOwnership(folder)).toMatchObject({ ok: true })
})

test('a claim whose number another process has been given since is taken over', async () => {
  const mark = await markOfThisProcess()
  const earlier = { pid: mark.pid, at: longAgo, ...(mark.started ? { started: 'earlier/1' } : {}) }
  const folder = claimsFolder({ kind: 'held', by: earlier })
  expect(await claimOwnership(folder)).toMatchObject({ ok: true })
})

test('a claim of a process that runs is respected', async () => {
  const folder = claimsFolder({ kind: 'held', by: await markOfThisProcess() })
  const refused = { code: 'data_dir_in_use', details: { pid: process.pid } }
  expect(await claimOwnership(folder)).toMatchObject({ ok: false, error: refused })
  expect(readdirSync(folder)).toEqual(['12'])
})

test.each(['', 'garbage', '{}', 'null', '{"kind":"held","by":{"pid":"one"}}'])(
  'a claim of garbage (%s) holds nobody off',
  async (content) => {
    const folder = claimsFolder()
    writeFileSync(join(folder, '12'), content)
    expect(await claimOwnership(folder)).toMatchObject({ ok: true })
  },
)

test('a claim given free can be had again, and the files do not pile up', async () => {
  const folder = claimsFolder()
  for (let round = 0; round < 20; round++) {
    const claimed = await claimOwnership(folder)
    if (!claimed.ok) throw new Error(claimed.error.message)
    await claimed.claim.release()
  }
  expect(readdirSync(folder)).toHaveLength(1)
})

test('however many scramble for it, one at a time has it', async () => {
  const folder = claimsFolder({ kind: 'held', by: { pid: 4_999_999, at: longAgo } })
  let holders = 0
  let turns = 0
  const most = { holders: 0 }
  const scramble = async (): Promise<void> => {
    for (let attempt = 0; attempt < 60; attempt++) {
      const claimed = await claimOwnership(folder)
      if (!claimed.ok) continue
      holders++
      turns++
      most.holders = Math.max(most.holders, holders)
      await new Promise((resolve) => setImmediate(resolve))
      holders--
      await claimed.claim.release()
    }
  }
  await Promise.all(Array.from({ length: 6 }, scramble))
  expect(most.holders).toBe(1)
  expect(turns).toBeGreaterThan(20)
  expect(readdirSync(folder)).toHaveLength(1)
  expect(readFileSync(join(folder, readdirSync(folder)[0]!), 'utf8')).toBe('{"kind":"released"}')
})
