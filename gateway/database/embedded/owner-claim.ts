import { randomBytes } from 'node:crypto'
import { link, mkdir, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { failure, systemCode, type Failure } from './outcome'
import { isStillRunning, markOfThisProcess, type ProcessMark } from './process-life'

export interface OwnerClaim {
  release(): Promise<void>
}

type ClaimFile = { readonly kind: 'held'; readonly by: ProcessMark } | { readonly kind: 'released' }

/**
 * Claims a data folder for this process, or says who has it. A claim outlives its process only as
 * a file, which the next one sees to be stale.
 *
 * Claims are numbered files, and the highest number counts. A new claim is created under the next
 * number, which the file system lets only one process do; lower ones are removed, the highest never
 * is. So a process that acted on an old sight of the folder always finds a higher number than its
 * own and gives way, which a single lock file that is deleted and made anew cannot promise.
 */
export async function claimOwnership(
  folder: string,
): Promise<{ readonly ok: true; readonly claim: OwnerClaim } | Failure> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (;;) {
    const newest = (await claimNumbers(folder)).at(-1) ?? 0
    const holder = await readClaim(join(folder, String(newest)))
    if (holder.kind === 'held' && (await isStillRunning(holder.by))) {
      return failure(
        'data_dir_in_use',
        `The data folder is in use by another process (pid ${holder.by.pid}).`,
        { pid: holder.by.pid },
      )
    }
    const mine = newest + 1
    const path = join(folder, String(mine))
    const created = await createClaim(path)
    if (!created) continue
    const numbers = await claimNumbers(folder)
    if (numbers.at(-1) !== mine) {
      await rm(path, { force: true })
      continue
    }
    for (const older of numbers) {
      if (older < mine) await rm(join(folder, String(older)), { force: true })
    }
    return { ok: true, claim: { release: () => releaseClaim(path) } }
  }
}

async function claimNumbers(folder: string): Promise<readonly number[]> {
  const names = await readdir(folder)
  return names
    .filter((name) => /^\d{1,15}$/.test(name))
    .map(Number)
    .sort((a, b) => a - b)
}

async function readClaim(path: string): Promise<ClaimFile> {
  try {
    const found: unknown = JSON.parse(await readFile(path, 'utf8'))
    return isHeldClaim(found) ? found : { kind: 'released' }
  } catch (thrown) {
    const code = systemCode(thrown)
    if (code !== undefined && code !== 'ENOENT') throw thrown
    // Files get their name when complete, so one of garbage was torn by a power cut: nobody's.
    return { kind: 'released' }
  }
}

function isHeldClaim(found: unknown): found is ClaimFile {
  const by = (found as { by?: Partial<ProcessMark> } | null)?.by
  return Number.isInteger(by?.pid) && Number(by?.pid) > 0 && typeof by?.at === 'number'
}

/** False when the number is taken already. `link` gives a complete file its name or fails. */
async function createClaim(path: string): Promise<boolean> {
  const draft = await writeDraft(path, { kind: 'held', by: await markOfThisProcess() })
  try {
    await link(draft, path)
    return true
  } catch (thrown) {
    if (systemCode(thrown) === 'EEXIST') return false
    throw thrown
  } finally {
    await rm(draft, { force: true })
  }
}

async function releaseClaim(path: string): Promise<void> {
  try {
    await rename(await writeDraft(path, { kind: 'released' }), path)
  } catch (thrown) {
    // The whole data folder has been removed meanwhile: nothing is left to release.
    if (systemCode(thrown) === 'ENOENT') return
    // On a full disk nothing can be written, but what is there can be cut off: an empty claim is
    // nobody's either.
    await truncate(path, 0)
  }
}

async function writeDraft(path: string, claim: ClaimFile): Promise<string> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  try {
    await writeFile(draft, JSON.stringify(claim), { mode: 0o600 })
  } catch (thrown) {
    await rm(draft, { force: true })
    throw thrown
  }
  return draft
}
