import { writeSync } from 'node:fs'

/** How long a line waits for a reader that does not keep up, in ms. Nothing else is done meanwhile. */
const patienceMs = 200
/** Between two tries to hand something to such a reader, in ms. */
const pauseMs = 5

export interface LogDestination {
  write(line: string): void
  /** Lines that could not be written so far, or not to their end. */
  failures(): number
}

/**
 * A place for log lines that never fails whoever logs: a disk that is full or a reader that has gone away
 * costs lines, which are counted, and not the work that they tell of.
 */
export function logDestination(fd: number): LogDestination {
  let failures = 0
  let isTorn = false
  let isStuck = false

  return {
    failures: () => failures,
    write(line) {
      // What follows a line that broke off is a line of its own all the same.
      const bytes = Buffer.from(isTorn ? `\n${line}` : line)
      let written = 0
      const began = Date.now()
      while (written < bytes.length) {
        try {
          written += writeSync(fd, bytes, written)
        } catch (error) {
          const { code } = error as NodeJS.ErrnoException
          const mayWait = code === 'EAGAIN' && !isStuck && Date.now() - began < patienceMs
          if (mayWait) {
            sleep(pauseMs)
            continue
          }
          // It was waited for once; the next lines do not wait again until it reads.
          isStuck = code === 'EAGAIN'
          failures += 1
          isTorn ||= written > 0
          return
        }
      }
      isTorn = false
      isStuck = false
    },
  }
}

/** Standard error, so that standard output is left to what a program reads. */
export const standardError = logDestination(2)

const nobody = new Int32Array(new SharedArrayBuffer(4))

function sleep(ms: number): void {
  Atomics.wait(nobody, 0, 0, ms)
}
