import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { build } from 'electron-builder'

import { buildIfStale, projectFolder } from './build'
import { makeCodeCache } from './code-cache/make'
import { SetupProblem, say } from './electron-runtime/setup-problem'
import { resolveElectron } from './electron-runtime/resolve'
import { runProgram } from './program'

/** What `electron-builder.yml` asks for, as the finished binary has to show it. */
const FUSES = [
  { name: 'runAsNode', fuse: FuseV1Options.RunAsNode, on: false },
  {
    name: 'enableNodeOptionsEnvironmentVariable',
    fuse: FuseV1Options.EnableNodeOptionsEnvironmentVariable,
    on: false,
  },
  {
    name: 'enableNodeCliInspectArguments',
    fuse: FuseV1Options.EnableNodeCliInspectArguments,
    on: false,
  },
  { name: 'enableCookieEncryption', fuse: FuseV1Options.EnableCookieEncryption, on: true },
  {
    name: 'enableEmbeddedAsarIntegrityValidation',
    fuse: FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
    on: true,
  },
  { name: 'onlyLoadAppFromAsar', fuse: FuseV1Options.OnlyLoadAppFromAsar, on: true },
  {
    name: 'grantFileProtocolExtraPrivileges',
    fuse: FuseV1Options.GrantFileProtocolExtraPrivileges,
    on: false,
  },
] as const

/**
 * Packs the application for this system into `dist/`, unpacked, and looks at the result's fuses.
 * A runtime that stands in for the official one serves to try the packing, not to give away.
 */
await runProgram(async () => {
  const [runtime] = await Promise.all([resolveElectron(), buildIfStale()])
  await makeCodeCache(runtime)
  const scratch = await mkdtemp(join(tmpdir(), 'kontor-package-'))
  try {
    const distribution = join(scratch, 'electron')
    await cp(runtime.distributionFolder, distribution, { recursive: true })
    await rm(join(distribution, 'resources', 'default_app.asar'), { force: true })
    // Electron 25 has a shorter wire, and electron-builder fails on a fuse that is not there.
    const wire = await getCurrentFuseWire(join(distribution, basename(runtime.executablePath)))
    const present = FUSES.filter(({ fuse }) => wire[fuse] !== undefined)
    await build({
      projectDir: projectFolder,
      dir: true,
      publish: 'never',
      config: {
        extends: 'electron-builder.yml',
        electronVersion: runtime.version,
        electronDist: distribution,
        electronFuses: Object.fromEntries(present.map(({ name, on }) => [name, on])),
      },
    })
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
  const binary = packedBinary()
  await checkFuses(binary)
  say(`packed ${binary}`)
  if (runtime.source !== 'official') {
    say(`it holds Electron ${runtime.version}, which is for trying only: do not give it away`)
  }
  return 0
})

function packedBinary(): string {
  const names: Partial<Record<NodeJS.Platform, string>> = {
    darwin: join('mac', 'Kontor.app'),
    win32: join('win-unpacked', 'Kontor.exe'),
  }
  return join(projectFolder, 'dist', names[process.platform] ?? join('linux-unpacked', 'kontor'))
}

async function checkFuses(binary: string): Promise<void> {
  const wire = await getCurrentFuseWire(binary)
  const wrong = FUSES.filter(({ fuse, on }) => {
    const state = wire[fuse]
    return state !== undefined && state !== (on ? FuseState.ENABLE : FuseState.DISABLE)
  })
  if (wrong.length > 0) {
    throw new SetupProblem(`Wrong fuses: ${wrong.map(({ name }) => name).join(', ')}`)
  }
}
