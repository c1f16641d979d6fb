import { existsSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'

import Store from 'electron-store'

import type { z } from '../../contract/zod'
import type { Log } from '../log'
import type { Disk } from './disk'

/** A small file of settings, written atomically, whose content always fits its schema. */
export interface CheckedStore<T> {
  read(): T
  write(value: T): void
}

/** A file that could not be used and was set aside. */
export interface Recovered {
  readonly file: string
  readonly keptAs: string
}

export interface CheckedStoreOptions<S extends z.ZodType> {
  /** An absolute path. */
  readonly folder: string
  /** Without `.json`. */
  readonly name: string
  readonly schema: S
  /** What counts while there is no file. */
  readonly initial: z.output<S>
  /** Write the initial value at once, where it is to outlive this run whatever happens. */
  readonly keepInitial?: boolean
  readonly recovered: (file: Recovered) => void
  /** Told when it could not be written, which is then made up later. */
  readonly disk?: Disk | undefined
  readonly log: Log
}

/**
 * Open a store. A file that is no JSON, or does not fit the schema, is kept beside as
 * `<name>.broken-<time>.json` and the initial value takes its place.
 */
export function openCheckedStore<S extends z.ZodType>(
  options: CheckedStoreOptions<S>,
): CheckedStore<z.output<S>> {
  const { folder, name, schema, initial, disk, log } = options
  const path = join(folder, `${name}.json`)
  let value: z.output<S> = initial
  /** Whether the value is what the file says. */
  let isKept = false
  if (existsSync(path)) {
    const read = readChecked(path, schema)
    if (read.ok) {
      value = read.value
      isKept = true
    } else {
      const keptAs = `${name}.broken-${new Date().toISOString().replaceAll(':', '')}.json`
      renameSync(path, join(folder, keptAs))
      log.warn(`${name}.json could not be used (${read.why}) and was set aside`, { keptAs })
      options.recovered({ file: `${name}.json`, keptAs })
    }
  }
  // Made at the first write: it may make the folder, which a full disk refuses as well.
  let store: Store | null = null
  const save = () => {
    store ??= new Store({ cwd: folder, name, accessPropertiesByDotNotation: false })
    store.store = value as Record<string, unknown>
    isKept = true
  }
  const write = (next: z.output<S>) => {
    // Most of what is written at a start says what stands there already.
    if (isKept && JSON.stringify(next) === JSON.stringify(value)) return
    isKept = false
    value = next
    try {
      save()
    } catch (error) {
      // It still counts until the end of this run; a full disk is no reason to stop working.
      log.error(`${name}.json could not be written`, error)
      disk?.refused(`${name}.json`, error, save)
    }
  }
  if (value === initial && options.keepInitial === true) write(initial)
  return { read: () => value, write }
}

function readChecked<S extends z.ZodType>(
  path: string,
  schema: S,
): { ok: true; value: z.output<S> } | { ok: false; why: string } {
  let raw: unknown
  try {
    raw = JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return { ok: false, why: 'it is no JSON' }
  }
  const parsed = schema.safeParse(raw)
  if (parsed.success) return { ok: true, value: parsed.data }
  return { ok: false, why: `${parsed.error.issues[0]?.path.map(String).join('/')} does not fit` }
}
