import { createServer, type Server as HttpServer } from 'node:http'
import { createServer as createTlsServer, type Server as HttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import { filePace } from './read-body'
import { oldestTls, type Credentials } from './tls'

export type WebServer = HttpServer | HttpsServer

/** A server that answers by `app`, with TLS where there are credentials; it does not listen yet. */
export function webServer(app: Hono, credentials: Credentials | null): WebServer {
  const answer = getRequestListener(app.fetch)
  const server =
    credentials === null
      ? createServer((request, response) => void answer(request, response))
      : createTlsServer(
          { cert: credentials.cert, key: credentials.key, minVersion: oldestTls },
          (request, response) => void answer(request, response),
        )
  // Of the slowest of them, files: whoever reads a body has a time of its own for it (`readBody`).
  server.requestTimeout = filePace.within
  server.headersTimeout = 20_000
  return server
}

export type Listening =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly message: string; readonly cause: Error }

/** Listen on an address and a port, 0 for any that is free. */
export async function listen(server: WebServer, host: string, port: number): Promise<Listening> {
  const failed = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    server.once('error', resolve)
    server.listen(port, host, () => {
      server.off('error', resolve)
      resolve(null)
    })
  })
  if (failed !== null) {
    const message =
      failed.code === 'EADDRINUSE'
        ? `Port ${port} is taken. Stop what uses it, or choose another with --port.`
        : `Cannot listen on ${host}:${port}: ${failed.message}`
    return { ok: false, message, cause: failed }
  }
  const scheme = 'setSecureContext' in server ? 'https' : 'http'
  const { port: taken } = server.address() as AddressInfo
  return { ok: true, url: `${scheme}://${host.includes(':') ? `[${host}]` : host}:${taken}` }
}
