import { randomUUID } from 'node:crypto'
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'

import { LARGEST_ATTACHMENT } from '../../contract/attachment-limits'
import type { ChosenFile, DroppedFile } from '../../contract/attachments'
import { refusal, type Outcome, type Refusal } from '../../contract/errors'

/** Which files a person has chosen or dropped, by the ids that the window knows them by. */
export interface ChosenFiles {
  /** Note files of the dialog's; what is no file, such as a folder, is left out. */
  readonly note: (paths: readonly string[]) => Promise<readonly ChosenFile[]>
  /** Keep what a dropped file holds until it is forgotten. */
  readonly hold: (file: DroppedFile) => ChosenFile
  /** What one holds, as it was when it was chosen, or why it cannot be sent. */
  readonly read: (id: string) => Promise<Outcome<Uint8Array>>
  readonly forget: (id: string) => void
  readonly clear: () => void
  /** Forgets all of them where they were somebody else's. Null is nobody. */
  readonly belongTo: (userId: string | null) => void
}

type Kept =
  | {
      readonly from: 'dialog'
      readonly path: string
      readonly size: number
      readonly mtime: number
    }
  | { readonly from: 'drop'; readonly content: Uint8Array | null }

/** Those that came longest ago are forgotten beyond so many, and beyond so many bytes of what was dropped. */
const mostKept = 200
const mostBytes = 400_000_000

export function chosenFiles(): ChosenFiles {
  const kept = new Map<string, Kept>()
  let owner: string | null = null

  const add = (file: Kept, name: string, size: number): ChosenFile => {
    const id = randomUUID()
    kept.set(id, file)
    let bytes = [...kept.values()].reduce((sum, one) => sum + bytesOf(one), 0)
    for (const [oldest, one] of kept) {
      if (kept.size <= mostKept && bytes <= mostBytes) break
      kept.delete(oldest)
      bytes -= bytesOf(one)
    }
    return { id, name, size }
  }

  return {
    async note(paths) {
      const by = owner
      const found = await Promise.all(paths.map(describe))
      // Whoever chose them has gone meanwhile.
      if (by !== owner) return []
      return found
        .flatMap((file) => file ?? [])
        .map((file) => add(file, basename(file.path), file.size))
    },
    hold: ({ name, size, content }) => add({ from: 'drop', content }, name, size),
    async read(id) {
      const file = kept.get(id)
      if (!file) return cannotRead('file_forgotten', 'The file is not kept here any more.')
      if (file.from === 'dialog') return readAsNoted(file)
      return file.content ? { ok: true, value: file.content } : tooLarge()
    },
    forget: (id) => void kept.delete(id),
    clear: () => kept.clear(),
    belongTo(userId) {
      if (userId !== owner) kept.clear()
      owner = userId
    },
  }
}

function bytesOf(file: Kept): number {
  return (file.from === 'drop' && file.content?.length) || 0
}

async function describe(path: string): Promise<(Kept & { from: 'dialog' }) | null> {
  try {
    const found = await stat(path)
    return found.isFile() ? { from: 'dialog', path, size: found.size, mtime: found.mtimeMs } : null
  } catch {
    return null
  }
}

/** What a file holds, provided that it is the one that was chosen: what has come in its place was not. */
async function readAsNoted(noted: Kept & { from: 'dialog' }): Promise<Outcome<Uint8Array>> {
  let handle
  try {
    handle = await open(noted.path, 'r')
    const { size, mtimeMs } = await handle.stat()
    if (size !== noted.size || mtimeMs !== noted.mtime)
      return cannotRead('file_changed', 'The file has changed since it was chosen.')
    return size > LARGEST_ATTACHMENT ? tooLarge() : { ok: true, value: await handle.readFile() }
  } catch {
    return cannotRead('file_unreadable', 'The file cannot be read.')
  } finally {
    await handle?.close().catch(() => undefined)
  }
}

interface Refused {
  readonly ok: false
  readonly error: Refusal
}

/** A gateway would take none that is larger. */
function tooLarge(): Refused {
  const message = `A file may have at most ${LARGEST_ATTACHMENT} bytes.`
  return { ok: false, error: refusal('too_large', message, { maximum: LARGEST_ATTACHMENT }) }
}

function cannotRead(reason: string, message: string): Refused {
  return { ok: false, error: refusal('unavailable', message, { reason }) }
}
