import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { buildIfStale, projectFolder } from '../../../scripts/build'

/** A whole Kontor, console and gateway, of another version than the project's own. */
export interface BuiltVersion {
  /** An application's folder, as Electron starts one. */
  readonly folder: string
  readonly version: string
  readonly protocol: number
  remove(): Promise<void>
}

/**
 * Builds the present sources as a later version, which speaks another protocol and has one more
 * migration. It lies below the
 * project, so that it finds the same native packages.
 */
export async function buildVersion(version: string, protocol: number): Promise<BuiltVersion> {
  await buildIfStale()
  const others = join(projectFolder, 'out', 'other-versions')
  await mkdir(others, { recursive: true })
  const folder = await mkdtemp(join(others, `${version}-`))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    for (const part of ['preload', 'renderer']) {
      await cp(join(projectFolder, 'out', part), join(folder, 'out', part), { recursive: true })
    }
    await runElectronVite({ KONTOR_OTHER_PROTOCOL: String(protocol), KONTOR_OTHER_FOLDER: folder })
    const manifest = { name: 'kontor', version, main: 'out/main/index.cjs' }
    await writeFile(join(folder, 'package.json'), JSON.stringify(manifest))
    return { folder, version, protocol, remove }
  } catch (thrown) {
    await remove()
    throw thrown
  }
}

async function runElectronVite(variables: Readonly<Record<string, string>>): Promise<void> {
  const program = join(projectFolder, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const config = join(import.meta.dirname, 'electron.vite.config.ts')
  const args = [program, 'build', '--logLevel', 'warn', '--config', config]
  const child = spawn(process.execPath, args, {
    cwd: projectFolder,
    env: { ...process.env, ...variables },
    stdio: ['ignore', 2, 'pipe'],
  })
  let errors = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const code = await new Promise((settle, fail) => child.on('error', fail).on('close', settle))
  if (code !== 0) throw new Error(`the other version was not built: ${errors}`)
}
