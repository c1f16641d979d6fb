import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A balancer that knows nothing of what it carries: each connection goes to the next node in turn. */
export interface Balancer {
  readonly url: string
  /** How many connections each node has been given, in the nodes' order. */
  readonly given: readonly number[]
  close(): Promise<void>
}

/**
 * Stand in front of some nodes on this computer. One that takes no connection is passed over, as is
 * one that says on `/readyz` that it is not ready when `asksReadiness`.
 */
export async function startBalancer(
  nodes: readonly { readonly url: string }[],
  { asksReadiness = false }: { readonly asksReadiness?: boolean } = {},
): Promise<Balancer> {
  const given = nodes.map(() => 0)
  const ends = new Set<Socket>()
  let turn = 0

  async function isFit(at: number): Promise<boolean> {
    if (!asksReadiness) return true
    const answer = await fetch(`${nodes[at]?.url}/readyz`).catch(() => null)
    return answer?.status === 200
  }

  async function carry(near: Socket, tries: number): Promise<void> {
    if (tries === 0) return void near.destroy()
    const at = turn % nodes.length
    turn += 1
    const node = nodes[at]
    if (!node || !(await isFit(at))) return carry(near, tries - 1)
    const { hostname, port } = new URL(node.url)
    const far = connect(Number(port), hostname)
    const taken = await new Promise<boolean>((resolve) => {
      far.once('connect', () => resolve(true)).once('error', () => resolve(false))
    })
    if (!taken) return carry(near, tries - 1)
    given[at] = (given[at] ?? 0) + 1
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
      one.pipe(other)
    }
  }

  const server = createServer((near) => {
    near.on('error', () => undefined)
    void carry(near, nodes.length)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    given,
    async close() {
      for (const end of ends) end.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
