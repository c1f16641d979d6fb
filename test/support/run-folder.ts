import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isAlive } from '../../gateway/database/embedded/process-life'
import { fastFolder } from './fast-folder'

/** A folder for as long as a run of tests lasts, to be removed at its end. */
export async function makeRunFolder(content: string): Promise<string> {
  const prefix = `kontor-test-${content}-`
  const parent = fastFolder()
  await removeAbandoned(parent, prefix)
  return mkdtemp(join(parent, `${prefix}${process.pid}-`))
}

/** A run that was killed could not tidy up; its name says which process it was. */
async function removeAbandoned(parent: string, prefix: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const pid = Number(name.startsWith(prefix) ? name.slice(prefix.length).split('-')[0] : NaN)
    if (Number.isInteger(pid) && !(await isAlive(pid))) {
      await rm(join(parent, name), { recursive: true, force: true })
    }
  }
}
