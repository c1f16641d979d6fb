import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/**
 * Tell the system that a file came from outside, as a browser does of what it has fetched: Office then
 * opens it to be read only, and the system asks before anything in it runs. Linux knows no such mark, and
 * neither do some disks: where it cannot be set the file is saved all the same.
 */
export async function markForeign(
  file: string,
  platform: NodeJS.Platform = process.platform,
): Promise<void> {
  try {
    if (platform === 'win32') {
      await writeFile(`${file}:Zone.Identifier`, '[ZoneTransfer]\r\nZoneId=3\r\n')
    } else if (platform === 'darwin') {
      const seconds = Math.floor(Date.now() / 1_000).toString(16)
      const mark = `0081;${seconds};Kontor;`
      await promisify(execFile)('/usr/bin/xattr', ['-w', 'com.apple.quarantine', mark, file])
    }
  } catch {
    // As without it.
  }
}
