import { readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { SetupProblem } from './setup-problem'

/**
 * Chromium's own sandbox cannot start as root, so there it is switched off for the operating
 * system's part; process separation and context isolation stay.
 */
export async function sandboxSwitches(executablePath: string): Promise<readonly string[]> {
  if (process.platform !== 'linux') return []
  if (process.getuid?.() === 0) return ['--no-sandbox']
  const helper = join(dirname(executablePath), 'chrome-sandbox')
  if (!(await userNamespacesAllowed()) && !(await isSetuidRoot(helper))) {
    throw new SetupProblem(
      "This system lets no ordinary program use user namespaces, so Electron's sandbox needs its helper. Run:\n" +
        `  sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`,
    )
  }
  return []
}

async function userNamespacesAllowed(): Promise<boolean> {
  const read = async (name: string) =>
    readFile(`/proc/sys/${name}`, 'utf8').then(
      (text) => text.trim(),
      () => undefined,
    )
  const [apparmor, debian] = await Promise.all([
    read('kernel/apparmor_restrict_unprivileged_userns'),
    read('kernel/unprivileged_userns_clone'),
  ])
  return apparmor !== '1' && debian !== '0'
}

async function isSetuidRoot(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  return found !== undefined && found.uid === 0 && (found.mode & 0o4000) !== 0
}
