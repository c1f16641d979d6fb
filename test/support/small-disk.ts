import type * as files from 'node:fs/promises'

type Call = 'datasync' | 'truncate' | 'mkdir'

/** A disk with only so much room, for all files that the code under test opens to write. */
export interface SmallDisk {
  /** Bytes that can still be written; what is given free again is not counted. */
  room: number
  /** What it answers with EIO, as a disk does that is about to die. */
  readonly refuses: Set<Call>
}

export const smallDisk: SmallDisk = { room: Infinity, refuses: new Set() }

/**
 * `node:fs/promises` with writes that end as on a full disk: the last one takes what there is room
 * for, and the next fails with ENOSPC. To be given to `vi.mock`.
 */
export function onSmallDisk(real: typeof files): typeof files {
  const open = async (...args: Parameters<typeof files.open>) => {
    const file = await real.open(...args)
    const write = file.write.bind(file) as (...call: unknown[]) => Promise<unknown>
    const limited = async (bytes: Buffer, offset = 0, length = bytes.length, position?: number) => {
      if (smallDisk.room <= 0 && length > 0) throw noSpace()
      const taken = Math.min(length, smallDisk.room)
      smallDisk.room -= taken
      return write(bytes, offset, taken, position)
    }
    const whole = async (bytes: Buffer) => {
      let done = 0
      while (done < bytes.length) {
        done += ((await limited(bytes, done, bytes.length - done)) as { bytesWritten: number })
          .bytesWritten
      }
    }
    const { datasync, truncate } = file
    return Object.assign(file, {
      write: limited,
      writeFile: whole,
      datasync: unlessRefused('datasync', datasync.bind(file)),
      truncate: unlessRefused('truncate', truncate.bind(file)),
    })
  }
  const mkdir = unlessRefused('mkdir', real.mkdir as (...call: unknown[]) => Promise<unknown>)
  return { ...real, open: open as typeof files.open, mkdir: mkdir as typeof files.mkdir }
}

function unlessRefused<A extends readonly unknown[]>(
  call: Call,
  real: (...args: A) => Promise<unknown>,
): (...args: A) => Promise<unknown> {
  return async (...args) => {
    if (smallDisk.refuses.has(call))
      throw Object.assign(new Error(`EIO: i/o error, ${call}`), { code: 'EIO' })
    return real(...args)
  }
}

function noSpace(): Error {
  return Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
}
