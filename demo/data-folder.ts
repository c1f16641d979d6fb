import { homedir } from 'node:os'
import { posix, win32 } from 'node:path'

interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  readonly home: string
}

/**
 * Where the demo keeps its database, and the file that tells the shop how to reach it: the folder in
 * `KONTOR_DEMO_DIR`, else `kontor-demo` where the system keeps a user's data.
 */
export function demoDataFolder({ env, platform, home }: Surroundings = thisComputer()): string {
  const chosen = env['KONTOR_DEMO_DIR']
  if (chosen) return chosen
  if (platform === 'win32') {
    return win32.join(env['LOCALAPPDATA'] || win32.join(home, 'AppData', 'Local'), 'kontor-demo')
  }
  if (platform === 'darwin') {
    return posix.join(home, 'Library', 'Application Support', 'kontor-demo')
  }
  const dataHome = env['XDG_DATA_HOME']
  // The specification says that a relative path is to be ignored.
  const base = dataHome?.startsWith('/') ? dataHome : posix.join(home, '.local', 'share')
  return posix.join(base, 'kontor-demo')
}

/**
 * Every folder that a demo of this person's may keep its file in: the one above, and the one of a
 * demo that was begun from the console's first question, which lies in the application's own data.
 * A folder that was chosen is the only one.
 */
export function demoDataFolders(surroundings: Surroundings = thisComputer()): readonly string[] {
  const own = demoDataFolder(surroundings)
  if (surroundings.env['KONTOR_DEMO_DIR']) return [own]
  const { join } = surroundings.platform === 'win32' ? win32 : posix
  return [own, join(applicationData(surroundings), 'Kontor', 'demo')]
}

/** Where Electron keeps applications' data: `app.getPath('appData')`. */
function applicationData({ env, platform, home }: Surroundings): string {
  if (platform === 'win32') return env['APPDATA'] || win32.join(home, 'AppData', 'Roaming')
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support')
  return env['XDG_CONFIG_HOME'] || posix.join(home, '.config')
}

function thisComputer(): Surroundings {
  return { env: process.env, platform: process.platform, home: homedir() }
}

/** The file in that folder that a running demo writes: see `shopConnectionSchema`. */
export const shopConnectionFile = 'demo-shop.json'
