import type { Outcome } from '../../contract/errors'
import type { Access } from '../session/download'
import { noAnswer, readBody, refusalFrom } from '../session/gateway-http'

/** So much is handed over at a time, in bytes: progress is told as finely. */
const pieceBytes = 64 * 1024

/**
 * Send what a file holds to the gateway under an id. Sent again under the same one it is there once.
 *
 * @param within how long the gateway may take nothing and say nothing, in ms
 * @param progress told how much of it has been handed over, in bytes
 */
export async function sendFile(
  { fetch, within }: { readonly fetch: typeof globalThis.fetch; readonly within: number },
  { origin, token }: Access,
  { id, content }: { readonly id: string; readonly content: Uint8Array },
  progress: (sent: number) => void,
): Promise<Outcome<null>> {
  const controller = new AbortController()
  let timer = setTimeout(() => controller.abort(), within)
  const alive = () => {
    clearTimeout(timer)
    timer = setTimeout(() => controller.abort(), within)
  }
  try {
    const response = await fetch(`${origin}/api/attachments/${id}`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/octet-stream',
      },
      body: inPieces(content, (sent) => {
        alive()
        progress(sent)
      }),
      // Without it a body that comes piece by piece is not sent at all.
      duplex: 'half',
      redirect: 'error',
      signal: controller.signal,
    } as RequestInit)
    const answer = await readBody(response)
    if (response.status === 200 || response.status === 201) return { ok: true, value: null }
    return { ok: false, error: refusalFrom(response.status, answer) }
  } catch (error) {
    return { ok: false, error: noAnswer(error, controller.signal.aborted) }
  } finally {
    clearTimeout(timer)
  }
}

/** Handed over only as fast as it is taken. */
function inPieces(bytes: Uint8Array, handedOver: (sent: number) => void): ReadableStream {
  let at = 0
  return new ReadableStream(
    {
      pull(controller) {
        if (at >= bytes.length) return controller.close()
        const piece = bytes.subarray(at, at + pieceBytes)
        at += piece.length
        controller.enqueue(piece)
        handedOver(at)
      },
    },
    { highWaterMark: 0 },
  )
}
