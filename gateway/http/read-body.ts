import { IncomingMessage } from 'node:http'

/** A body read to its end, or why it was not. */
export type ReadBody =
  | { readonly ok: true; readonly body: Buffer }
  /** Larger than allowed, or coming too slowly, or large while there is no room for another such. */
  | { readonly ok: false; readonly problem: 'too_large' | 'too_slow' | 'no_room' }

/** How long a body may take. */
export interface BodyPace {
  /** In all, in ms. */
  readonly within: number
  /** With nothing of it coming, in ms. */
  readonly idle: number
}

const defaultPace: BodyPace = { within: 60_000, idle: 15_000 }
/** The largest file comes through on a line of half a megabit a second. */
export const filePace: BodyPace = { within: 180_000, idle: 15_000 }

/** A body that grows larger than this takes a place among the large ones. */
const smallBytes = 64 * 1024

/**
 * Read a request's body, and stop as soon as it is larger than allowed. A length that was announced
 * is believed when it is too large; what comes is counted in any case. It is held in one buffer that
 * grows with it: what somebody sends byte by byte must not take many times its room.
 *
 * @param request as the web has it, or where it can be had as Node has it: the web's streams over Node's
 * cost an event that comes in a third of a millisecond
 * @param large called when it turns out to be a large one: gives what is called when it has been read, or
 * null where there is no room
 */
export async function readBody(
  request: Request | IncomingMessage,
  largest: number,
  {
    pace = defaultPace,
    large = () => () => undefined,
  }: { readonly pace?: BodyPace; readonly large?: () => (() => void) | null } = {},
): Promise<ReadBody> {
  const { length: announced, pieces } = bodyOf(request)
  if (announced > largest) return { ok: false, problem: 'too_large' }
  if (pieces === null) return { ok: true, body: Buffer.alloc(0) }
  let held = Buffer.allocUnsafe(Math.min(announced || smallBytes, smallBytes, largest))
  let length = 0
  let leave: (() => void) | null = null
  const until = performance.now() + pace.within
  // Not cancelled when it is not read to its end: that would cut the connection before the answer is
  // out. The server lets the rest run out and closes.
  const stop = (problem: 'too_large' | 'too_slow' | 'no_room'): ReadBody => {
    pieces.release()
    return { ok: false, problem }
  }
  try {
    for (;;) {
      const piece = await inTime(pieces.next(), Math.min(pace.idle, until - performance.now()))
      if (piece === null) return stop('too_slow')
      const { done, value } = piece
      if (done || !value) return { ok: true, body: held.subarray(0, length) }
      const grown = length + value.byteLength
      if (grown > largest) return stop('too_large')
      if (grown > held.length) {
        leave ??= large()
        if (leave === null) return stop('no_room')
        const larger = Buffer.allocUnsafe(Math.min(largest, Math.max(grown, 2 * held.length)))
        held.copy(larger, 0, 0, length)
        held = larger
      }
      held.set(value, length)
      length = grown
    }
  } finally {
    leave?.()
  }
}

/** A body on its way. */
interface Pieces {
  readonly next: () => Promise<{
    readonly done?: boolean | undefined
    readonly value?: Uint8Array | undefined
  }>
  /** Nobody reads on. */
  readonly release: () => void
}

/** What a request says of its body's length, 0 where it says nothing, and the body; null where it has none. */
function bodyOf(request: Request | IncomingMessage): {
  readonly length: number
  readonly pieces: Pieces | null
} {
  if (request instanceof IncomingMessage) {
    const read = request.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>
    return {
      length: Number(request.headers['content-length'] ?? 0),
      pieces: { next: () => read.next(), release: () => void read.return?.() },
    }
  }
  const length = Number(request.headers.get('content-length') ?? 0)
  const reader = request.body?.getReader()
  return {
    length,
    pieces: reader ? { next: () => reader.read(), release: () => reader.releaseLock() } : null,
  }
}

/** What comes of it within some milliseconds, else null. */
async function inTime<T>(coming: Promise<T>, within: number): Promise<T | null> {
  let timer
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), Math.max(0, within))
  })
  try {
    return await Promise.race([coming, late])
  } finally {
    clearTimeout(timer)
  }
}
