import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { carry } from './flow'
import type { Faults } from './shaping'

/**
 * A cable that can be spoiled: it passes bytes on to a server on this computer, and lets befall them
 * what befalls bytes on a network. It stands where it stands, whatever becomes of the server.
 */
export interface FaultProxy {
  /** `http://127.0.0.1:…`, for what is spoken through it. */
  readonly url: string
  readonly port: number
  /** Connections that are open now. */
  readonly open: number
  /** What befalls bytes and new connections from now on, instead of whatever did before. */
  suffer(faults: Faults): void
  /** Nothing befalls anything any more. */
  heal(): void
  /** Heal, and reset the connections that have lost bytes. */
  clearUp(): void
  /** Reset every connection (RST); new ones pass. */
  reset(): void
  /** Break every connection, and refuse new ones until mended. */
  cut(): void
  mend(): void
  /** New connections go to another port: the server came up anew. */
  turnTo(port: number): void
  close(): Promise<void>
}

/** Lay a cable to an address on this computer: `http://…`, `postgresql://…`. */
export async function startFaultProxy(
  target: string,
  options: {
    /** In [0, 1); for faults that can be had again. */
    readonly random?: () => number
    /** Follow WebSocket's frames, so that `duplicate` works. */
    readonly readsMessages?: boolean
  } = {},
): Promise<FaultProxy> {
  const { random = Math.random, readsMessages = false } = options
  const { hostname, port } = new URL(target)
  const ends = new Set<Socket>()
  /** Ends of connections that have lost bytes, or should have heard of the other's end. */
  const spoiled = new Set<Socket>()
  let serverPort = Number(port)
  let faults: Faults = {}

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    near.on('error', () => undefined)
    if (faults.refuse) {
      near.resetAndDestroy()
      return
    }
    const far = connect({ port: serverPort, host: hostname, allowHalfOpen: true, noDelay: true })
    for (const end of [near, far]) {
      ends.add(end)
      end.on('close', () => {
        ends.delete(end)
        spoiled.delete(end)
      })
    }
    const lost = () => {
      spoiled.add(near).add(far)
    }
    const carried = { random, readsMessages, lost }
    carry({ ...carried, from: near, to: far, shaping: () => faults.toServer ?? {} })
    carry({ ...carried, from: far, to: near, shaping: () => faults.toClient ?? {} })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const own = (server.address() as AddressInfo).port

  const reset = () => {
    for (const end of ends) end.resetAndDestroy()
  }
  return {
    url: `http://127.0.0.1:${own}`,
    port: own,
    get open() {
      return ends.size / 2
    },
    suffer(next) {
      faults = next
    },
    heal() {
      faults = {}
    },
    clearUp() {
      faults = {}
      for (const end of spoiled) end.resetAndDestroy()
    },
    reset,
    cut() {
      faults = { ...faults, refuse: true }
      reset()
    },
    mend() {
      faults = { ...faults, refuse: false }
    },
    turnTo(next) {
      serverPort = next
    },
    async close() {
      for (const end of ends) end.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
