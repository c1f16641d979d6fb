import { execFile } from 'node:child_process'
import { mkdtemp, open, rm, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A real disk of little room, which can be filled to its last block. */
export interface SmallMount {
  readonly folder: string
  fill(): Promise<void>
  /** Take away what filled it. */
  clear(): Promise<void>
  remove(): Promise<void>
}

/** Whether this system and this user can have one: mounting is root's. */
export const canMount = process.platform === 'linux' && process.getuid?.() === 0

/** Mount a disk in memory, with so many MiB of room. */
export async function mountSmallDisk(megabytes: number): Promise<SmallMount> {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-disk-'))
  await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0755`, 'none', folder])
  const ballast = join(folder, 'ballast')
  return {
    folder,
    async fill() {
      const file = await open(ballast, 'a')
      const piece = Buffer.alloc(1024 * 1024, 1)
      try {
        // What does not fit is written in part, so the end is reached to the last byte.
        for (;;) await file.write(piece)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      } finally {
        await file.close()
      }
    },
    clear: () => rm(ballast, { force: true }),
    async remove() {
      // Lazily: whatever still has a file open there keeps it until it ends.
      await run('umount', ['-l', folder])
      await rmdir(folder)
    },
  }
}
