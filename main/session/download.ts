import { randomUUID } from 'node:crypto'
import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import { refusal } from '../../contract/errors'
import type { SavedFile } from '../../contract/saved-file'
import { reasonOf } from '../storage/disk'
import { noAnswer, readBody, refusalFrom } from './gateway-http'

/** Where the gateway is and by what it knows who asks. */
export interface Access {
  readonly origin: string
  readonly token: string
}

/**
 * Fetch what the gateway has at a path into a file that only its owner may read; whole or not at all. It
 * is written as it comes, however much it is.
 *
 * @param within how long the gateway may say nothing, in ms
 */
export async function download(
  { fetch, within }: { readonly fetch: typeof globalThis.fetch; readonly within: number },
  { origin, token }: Access,
  path: string,
  file: string,
): Promise<SavedFile> {
  const controller = new AbortController()
  let timer = setTimeout(() => controller.abort(), within)
  const alive = () => {
    clearTimeout(timer)
    timer = setTimeout(() => controller.abort(), within)
  }
  // Beside it, so that it only needs renaming; by a name that nothing there has.
  const draft = join(dirname(file), `${randomUUID()}.part`)
  let handle: FileHandle | null = null
  try {
    const response = await fetch(origin + path, {
      headers: { authorization: `Bearer ${token}` },
      redirect: 'error',
      signal: controller.signal,
    })
    if (response.status !== 200 || response.body === null) {
      const error = refusalFrom(response.status, await readBody(response))
      return { kind: 'refused', error }
    }
    const body = response.body as AsyncIterable<Uint8Array>
    // There before anything can go wrong, so that it is there to be taken away again.
    handle = await open(draft, 'wx', 0o600)
    await pipeline(Readable.from(followed(body, alive)), handle.createWriteStream())
    await rename(draft, file)
    return { kind: 'saved', file: basename(file) }
  } catch (error) {
    await handle?.close().catch(() => undefined)
    await rm(draft, { force: true }).catch(() => undefined)
    // What the disk says has the path it says it of.
    if (typeof (error as NodeJS.ErrnoException).path === 'string') {
      const reason = reasonOf(error) === 'full' ? 'disk_full' : 'disk_refused'
      const message = 'The file could not be written.'
      return { kind: 'refused', error: refusal('unavailable', message, { reason }) }
    }
    return { kind: 'refused', error: noAnswer(error, controller.signal.aborted) }
  } finally {
    clearTimeout(timer)
  }
}

async function* followed(
  body: AsyncIterable<Uint8Array>,
  alive: () => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    alive()
    yield chunk
  }
}
