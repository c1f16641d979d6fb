const headEnd = Buffer.from('\r\n\r\n')
/** Engine.IO's message, Socket.IO's event: how a frame's text begins. */
const event = Buffer.from('42')
const textFrame = 0x81

/** Cuts one direction of a connection into pieces that are sent whole. */
export interface MessageReader {
  /** What can be passed on by now, in order. */
  read(bytes: Buffer): readonly Piece[]
}

export interface Piece {
  readonly bytes: Buffer
  /** A whole Socket.IO event, which may be sent again. */
  readonly isEvent: boolean
}

/**
 * Follows HTTP's upgrade to WebSocket and then frame by frame (RFC 6455, 5.2). What is not upgraded
 * is passed on as it comes.
 */
export function messageReader(): MessageReader {
  let state: 'head' | 'frames' | 'plain' = 'head'
  let kept: Buffer = Buffer.alloc(0)
  const take = (length: number): Buffer => {
    const taken = kept.subarray(0, length)
    kept = kept.subarray(length)
    return taken
  }
  return {
    read(bytes) {
      kept = kept.length === 0 ? bytes : Buffer.concat([kept, bytes])
      const pieces: Piece[] = []
      if (state === 'head') {
        const end = kept.indexOf(headEnd)
        if (end < 0) return []
        const head = take(end + headEnd.length)
        state = /^upgrade: *websocket/im.test(head.toString('latin1')) ? 'frames' : 'plain'
        pieces.push({ bytes: head, isEvent: false })
      }
      if (state === 'plain') {
        if (kept.length > 0) pieces.push({ bytes: take(kept.length), isEvent: false })
        return pieces
      }
      for (;;) {
        const frame = frameIn(kept)
        if (!frame || kept.length < frame.length) return pieces
        pieces.push({ bytes: take(frame.length), isEvent: frame.isEvent })
      }
    },
  }
}

/** Length of the frame that begins here, head included, or null while its head is not all there. */
function frameIn(bytes: Buffer): { readonly length: number; readonly isEvent: boolean } | null {
  if (bytes.length < 2) return null
  const short = bytes.readUInt8(1) & 0x7f
  const isMasked = (bytes.readUInt8(1) & 0x80) !== 0
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0
  const payloadAt = 2 + lengthBytes + (isMasked ? 4 : 0)
  if (bytes.length < payloadAt + Math.min(short, event.length)) return null
  const payload =
    lengthBytes === 2
      ? bytes.readUInt16BE(2)
      : lengthBytes === 8
        ? Number(bytes.readBigUInt64BE(2))
        : short
  const mask = isMasked ? bytes.subarray(payloadAt - 4, payloadAt) : Buffer.alloc(4)
  const isEvent =
    bytes.readUInt8(0) === textFrame &&
    event.every((byte, at) => ((bytes[payloadAt + at] ?? 0) ^ (mask[at] ?? 0)) === byte)
  return { length: payloadAt + payload, isEvent }
}
