import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import Module from 'node:module'
import { dirname, resolve } from 'node:path'
import { Script } from 'node:vm'

/** Bytes of the digest that a cache's file begins with. */
const digestLength = 32

/** Where the code of a bundle's file is kept as V8 compiled it. Its name has a digest of its source. */
export function codeCacheOf(file: string): string {
  return `${file}.cache`
}

/** What is kept of a file: V8's data behind a digest of it, for V8 does not look for damage itself. */
export function sealCodeCache(data: Uint8Array): Buffer {
  return Buffer.concat([digestOf(data), data])
}

/** V8's data out of what is kept; undefined where it is damaged. */
export function openCodeCache(kept: Buffer): Buffer | undefined {
  const data = kept.subarray(digestLength)
  return digestOf(data).equals(kept.subarray(0, digestLength)) ? data : undefined
}

function digestOf(data: Uint8Array): Buffer {
  return createHash('sha512-256').update(data).digest()
}

/** A file's source as the script that is compiled of it. */
export function scriptSource(file: string): string {
  return Module.wrap(readFileSync(file, 'utf8'))
}

/**
 * Makes a function that runs a CommonJS file of the bundle, and the files it requires, without
 * compiling them where a cache of their code lies beside them. V8 refuses a cache of another version
 * of itself; then, and where there is none or a damaged one, the source is compiled as ever.
 *
 * @param requireOther gives what is no file of the bundle: a module of Node, Electron or a package
 */
export function createCachedRequire(requireOther: NodeJS.Require): (file: string) => unknown {
  const modules = new Map<string, { exports: unknown }>()
  const load = (file: string): unknown => {
    const known = modules.get(file)
    if (known !== undefined) return known.exports
    const module = { exports: {} as unknown }
    modules.set(file, module)
    const folder = dirname(file)
    const requireFrom = (id: string): unknown =>
      id.startsWith('.') ? load(resolve(folder, id)) : requireOther(id)
    const run = compile(file).runInThisContext() as (...parts: unknown[]) => void
    run.call(module.exports, module.exports, requireFrom, module, file, folder)
    return module.exports
  }
  return load
}

function compile(file: string): Script {
  const cachedData = cacheOf(file)
  return new Script(scriptSource(file), { filename: file, ...(cachedData && { cachedData }) })
}

function cacheOf(file: string): Buffer | undefined {
  try {
    return openCodeCache(readFileSync(codeCacheOf(file)))
  } catch {
    return undefined
  }
}
