import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/**
 * A TCP proxy in front of a gateway that can stop passing anything on while every connection stays
 * open: what a sleeping laptop or a dead router leaves behind.
 */
export class FreezingProxy {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #isFrozen = false

  private constructor(server: Server) {
    this.#server = server
  }

  static async start(port: number): Promise<FreezingProxy> {
    const server = createServer()
    const proxy = new FreezingProxy(server)
    server.on('connection', (near) => {
      const far = connect(port, '127.0.0.1')
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        proxy.#sockets.add(socket)
        socket.on('data', (data) => {
          if (!proxy.#isFrozen) other.write(data)
        })
        socket.on('error', () => other.destroy())
        socket.on('close', () => {
          proxy.#sockets.delete(socket)
          if (!proxy.#isFrozen) other.destroy()
        })
      }
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return proxy
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Connections that are open now stay so and go silent; new ones pass again after `thaw`. */
  freeze(): void {
    this.#isFrozen = true
  }

  thaw(): void {
    this.#isFrozen = false
  }

  /** Break every connection. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  async stop(): Promise<void> {
    this.cut()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
