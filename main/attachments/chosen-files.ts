import { randomUUID } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'

import { MOST_FILES_AT_ONCE, type ChosenFile } from '../../contract/attachments'

/** Which files the person has chosen, by the ids that the window knows them by. */
export interface ChosenFiles {
  /** Note files; what is no file, such as a folder, is left out. */
  readonly note: (paths: readonly string[]) => Promise<readonly ChosenFile[]>
  /** Where one lies; null for an id that none has, or no longer. */
  readonly pathOf: (id: string) => string | null
}

/** Those that were chosen longest ago are forgotten beyond so many. */
const mostKept = 200

export function chosenFiles(): ChosenFiles {
  const paths = new Map<string, string>()
  return {
    async note(given) {
      const found = await Promise.all(given.slice(0, MOST_FILES_AT_ONCE).map(describe))
      return found.flatMap((file) => {
        if (file === null) return []
        const id = randomUUID()
        paths.set(id, file.path)
        const [oldest] = paths.keys()
        if (paths.size > mostKept && oldest !== undefined) paths.delete(oldest)
        return [{ id, name: basename(file.path), size: file.size }]
      })
    },
    pathOf: (id) => paths.get(id) ?? null,
  }
}

async function describe(path: string): Promise<{ path: string; size: number } | null> {
  try {
    const found = await stat(path)
    return found.isFile() ? { path, size: found.size } : null
  } catch {
    return null
  }
}
