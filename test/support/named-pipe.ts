import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/**
 * Make a named pipe. Opened for one direction it waits until somebody opens the other, as a file on a
 * file system that has gone away waits. Windows has none.
 */
export async function makeNamedPipe(path: string): Promise<void> {
  await promisify(execFile)('mkfifo', [path])
}
