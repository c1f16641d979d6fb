import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A cable that can be pulled: passes bytes on to a gateway until it is cut. */
export interface Cable {
  readonly url: string
  /** Lets through what is sent to the gateway and swallows all that it says, until cut. */
  swallow(): void
  /** Breaks every connection, and refuses new ones until mended. */
  cut(): void
  mend(): void
  close(): Promise<void>
}

/** Lay a cable to an `http://` address on this computer. */
export async function layCable(target: string): Promise<Cable> {
  const { hostname, port } = new URL(target)
  const ends = new Set<Socket>()
  let isCut = false
  const answering = new Map<Socket, Socket>()
  const server = createServer((near) => {
    if (isCut) {
      near.destroy()
      return
    }
    const far = connect(Number(port), hostname)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        ends.delete(one)
        other.destroy()
      })
    }
    near.pipe(far)
    far.pipe(near)
    answering.set(far, near)
    far.on('close', () => answering.delete(far))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const pull = () => {
    for (const end of ends) end.destroy()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    swallow() {
      for (const [far, near] of answering) {
        far.unpipe(near)
        far.resume()
      }
    },
    cut() {
      isCut = true
      pull()
    },
    mend() {
      isCut = false
    },
    async close() {
      pull()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
