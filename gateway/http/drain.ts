import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { WebServer } from './listen'

/** How long a gateway that closes waits for what is at hand. */
const drainMs = 5_000
/** How much longer a console may take to hang up when it has been told goodbye. */
const goodbyeMs = 1_000

export interface Drain {
  /**
   * Take no more connections, answer what is at hand, and close: within `drainMs` what the clients
   * let be finished, and after that whatever is left is cut off, however slowly it was coming in.
   *
   * @param others what has to be ended besides, in no more than the time it is given
   */
  close(others: (withinMs: number) => Promise<void>): Promise<void>
}

/** Watch a server's connections, so that it can be closed in order. To be called before it listens. */
export function drainOf(server: WebServer): Drain {
  const sockets = new Set<Socket>()
  const unanswered = new Set<ServerResponse>()
  let isDraining = false

  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.prependListener('request', (_request, response) => {
    unanswered.add(response)
    response.once('close', () => unanswered.delete(response))
    if (isDraining) sayLast(response)
  })

  return {
    async close(others) {
      isDraining = true
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      for (const response of unanswered) sayLast(response)
      const late = setTimeout(() => server.closeAllConnections(), drainMs)
      // A WebSocket is no connection of the HTTP server's any more, and its other end may be dead.
      const tooLate = setTimeout(() => {
        for (const socket of sockets) socket.destroy()
      }, drainMs + goodbyeMs)
      try {
        await others(drainMs)
        await closed
      } finally {
        clearTimeout(late)
        clearTimeout(tooLate)
      }
    },
  }
}

/** The client is to send nothing more on this connection. */
function sayLast(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close')
}
