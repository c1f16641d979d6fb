/** A body read to its end, or the plain fact that it is larger than allowed. */
export type ReadBody =
  { readonly ok: true; readonly body: Buffer } | { readonly ok: false; readonly largest: number }

/**
 * Read a request's body, and stop as soon as it is larger than allowed. A length that was announced
 * is believed when it is too large; what comes is counted in any case.
 */
export async function readBody(request: Request, largest: number): Promise<ReadBody> {
  const tooLarge = { ok: false, largest } as const
  if (Number(request.headers.get('content-length') ?? 0) > largest) return tooLarge
  if (!request.body) return { ok: true, body: Buffer.alloc(0) }
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = request.body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return { ok: true, body: Buffer.concat(chunks, length) }
    length += value.byteLength
    if (length > largest) {
      // Not cancelled: that would cut the connection before the answer is out. The server lets the
      // rest run out and closes.
      reader.releaseLock()
      return tooLarge
    }
    chunks.push(value)
  }
}
