import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

import { SetupProblem, say } from './setup-problem'

/** What Electron links to beyond a bare system, and what a display without a screen needs. */
const LIBRARIES = {
  apt: ['libgtk-3-0', 'libnss3', 'libgbm1', 'libasound2'],
  dnf: ['gtk3', 'nss', 'mesa-libgbm', 'alsa-lib'],
  pacman: ['gtk3', 'nss', 'mesa', 'alsa-lib'],
} as const
const DISPLAY = {
  apt: ['xvfb', 'fonts-dejavu-core', 'fonts-liberation'],
  dnf: ['xorg-x11-server-Xvfb', 'dejavu-sans-fonts', 'liberation-sans-fonts'],
  pacman: ['xorg-server-xvfb', 'ttf-dejavu', 'ttf-liberation'],
} as const

/** Installs, or says how to install, the libraries the binary is missing. Linux only. */
export async function ensureSystemLibraries(executablePath: string): Promise<void> {
  if (process.platform !== 'linux') return
  const missing = missingLibraries(executablePath)
  if (missing.length === 0) return
  install(LIBRARIES, `Electron is missing ${missing.join(', ')}`)
  const still = missingLibraries(executablePath)
  if (still.length > 0) throw new SetupProblem(`Electron is still missing ${still.join(', ')}`)
}

/** Installs, or says how to install, the virtual display and fonts to draw with. */
export function ensureXvfb(): void {
  if (isOnPath('Xvfb') && hasFonts()) return
  install(DISPLAY, 'There is no display, and no Xvfb with fonts to stand in for it')
  if (!isOnPath('Xvfb')) throw new SetupProblem('Xvfb is still missing')
}

/** The shared libraries the dynamic linker does not find, by name. */
export function missingLibraries(executablePath: string): readonly string[] {
  const { stdout } = spawnSync('ldd', [executablePath], { encoding: 'utf8' })
  return [...(stdout ?? '').matchAll(/^\s*(\S+) => not found/gm)].flatMap(([, name]) => name ?? [])
}

type Packages = typeof LIBRARIES | typeof DISPLAY

function install(packages: Packages, why: string): void {
  if (isOnPath('apt-get')) {
    const names = packages.apt.map(aptName)
    const command = `apt-get install -y --no-install-recommends ${names.join(' ')}`
    if (process.getuid?.() !== 0) throw new SetupProblem(`${why}. Run:\n  sudo ${command}`)
    say(`${why}; running ${command}`)
    aptInstall(names)
    return
  }
  if (isOnPath('dnf')) {
    throw new SetupProblem(`${why}. Run:\n  sudo dnf install ${packages.dnf.join(' ')}`)
  }
  if (isOnPath('pacman')) {
    throw new SetupProblem(`${why}. Run:\n  sudo pacman -S ${packages.pacman.join(' ')}`)
  }
  throw new SetupProblem(`${why}. Install what your system calls these: ${packages.apt.join(' ')}`)
}

function aptInstall(names: readonly string[]): void {
  const apt = (...args: readonly string[]) =>
    spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', '-qq', ...args], {
      encoding: 'utf8',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  const attempt = () => apt('install', '-y', '--no-install-recommends', ...names)
  let result = attempt()
  if (result.status !== 0) {
    // No package lists yet, or lists so old that they name files no longer offered.
    apt('update')
    result = attempt()
  }
  if (result.status !== 0) throw new SetupProblem(`apt-get failed:\n${result.stderr.trim()}`)
}

/** Debian 13 and Ubuntu 24.04 renamed libraries whose time type grew to 64 bits. */
function aptName(name: string): string {
  const renamed = `${name}t64`
  const { stdout } = spawnSync('apt-cache', ['policy', renamed], { encoding: 'utf8' })
  return /Candidate: (?!\(none\))/.test(stdout ?? '') ? renamed : name
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .some((folder) => folder !== '' && existsSync(join(folder, program)))
}

function hasFonts(): boolean {
  return existsSync('/usr/share/fonts') && /\.(ttf|otf)/.test(fontList())
}

function fontList(): string {
  return (
    spawnSync('find', ['/usr/share/fonts', '-name', '*.[to]tf'], { encoding: 'utf8' }).stdout ?? ''
  )
}
