import type { Socket } from 'node:net'
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises'
import type { Shaping } from './shaping'
import { messageReader } from './socket-io-messages'

/** More than this is not held back: the sender is made to wait. */
const mostHeld = 256 * 1024

export interface FlowParts {
  readonly from: Socket
  readonly to: Socket
  /** Asked anew for every piece, so that a fault reaches connections that are open. */
  readonly shaping: () => Shaping
  readonly random: () => number
  /** Whether WebSocket's frames are followed, so that events can be doubled. */
  readonly readsMessages: boolean
  /** Called when something of this connection was swallowed. */
  readonly lost: () => void
}

/** Bytes on their way, and as the last of them the sender's end. */
interface Waiting {
  readonly due: number
  readonly bytes: Buffer | null
}

/** Carry one direction of a connection, through whatever befalls it. */
export function carry(parts: FlowParts): void {
  const { from, to, shaping, random, readsMessages, lost } = parts
  const queue: Waiting[] = []
  const reader = readsMessages ? messageReader() : null
  let held = 0
  let lastDue = 0
  let freeAt = 0
  let isMoving = false
  let isSilent = false

  from.on('data', (bytes: Buffer) => {
    if (swallows()) return
    if (!reader) return enqueue(bytes)
    for (const piece of reader.read(bytes)) {
      enqueue(piece.bytes)
      if (piece.isEvent && random() < (shaping().duplicate ?? 0)) enqueue(piece.bytes)
    }
  })
  from.on('end', () => {
    if (!swallows()) enqueue(null)
  })
  from.on('error', () => {
    if (!swallows()) to.resetAndDestroy()
  })

  function swallows(): boolean {
    if (shaping().swallow && !isSilent) {
      isSilent = true
      lost()
    }
    return isSilent
  }

  function enqueue(bytes: Buffer | null): void {
    const { latencyMs = 0, jitterMs = 0 } = shaping()
    lastDue = Math.max(lastDue, performance.now() + latencyMs + random() * jitterMs)
    queue.push({ due: lastDue, bytes })
    held += bytes?.length ?? 0
    if (held > mostHeld) from.pause()
    if (!isMoving) void move()
  }

  async function move(): Promise<void> {
    isMoving = true
    for (let next = queue.shift(); next; next = queue.shift()) {
      const early = next.due - performance.now()
      if (early > 0) await wait(early)
      if (next.bytes === null) to.end()
      else await write(next.bytes)
      held -= next.bytes?.length ?? 0
      if (held <= mostHeld / 2) from.resume()
    }
    isMoving = false
  }

  async function write(bytes: Buffer): Promise<void> {
    const { sliceBytes = bytes.length, bytesPerSecond } = shaping()
    for (let at = 0; at < bytes.length; at += sliceBytes) {
      const slice = bytes.subarray(at, at + sliceBytes)
      if (bytesPerSecond !== undefined) {
        freeAt = Math.max(freeAt, performance.now()) + (slice.length / bytesPerSecond) * 1_000
        await wait(freeAt - performance.now())
      }
      if (!to.writable) return
      if (!to.write(slice)) await drained(to)
      if (slice.length < bytes.length) await nextTurn()
    }
  }
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      socket.off('drain', settle)
      socket.off('close', settle)
      resolve()
    }
    socket.on('drain', settle)
    socket.on('close', settle)
  })
}
