import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import type { StorefrontChange } from '../../../contract/storefront'

export interface ReceivedPush {
  readonly id: string
  readonly change: StorefrontChange
  readonly path: string
  readonly at: number
}

export type Reply = number | 'hang' | 'cut' | { readonly redirect: string }

/**
 * The shop's end of pushed webhooks: real HTTP, signatures checked by the library that shops use.
 * `reply` says how each push is answered, by how many came before it.
 */
export class ReceivingShop {
  readonly url: string
  readonly received: ReceivedPush[] = []
  readonly unverified: IncomingHttpHeaders[] = []
  /** How many were in progress at once, at most. */
  mostAtOnce = 0
  reply: (push: ReceivedPush, count: number) => Reply = () => 204
  readonly #close: () => Promise<void>
  readonly #listeners = new Set<() => void>()

  private constructor(url: string, close: () => Promise<void>) {
    this.url = url
    this.#close = close
  }

  static async open(secret: () => string): Promise<ReceivingShop> {
    let atOnce = 0
    const server = createServer((request, response) => {
      atOnce += 1
      shop.mostAtOnce = Math.max(shop.mostAtOnce, atOnce)
      response.on('close', () => (atOnce -= 1))
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString()
        try {
          new Webhook(secret()).verify(body, request.headers as Record<string, string>)
        } catch {
          shop.unverified.push(request.headers)
          response.writeHead(401).end()
          return
        }
        const push: ReceivedPush = {
          id: String(request.headers['webhook-id']),
          change: JSON.parse(body) as StorefrontChange,
          path: request.url ?? '',
          at: Date.now(),
        }
        shop.received.push(push)
        answer(response, shop.reply(push, shop.received.length - 1))
        for (const listen of shop.#listeners) listen()
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const shop = new ReceivingShop(`http://127.0.0.1:${port}/kontor`, async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    })
    return shop
  }

  /** Resolves when something that was pushed makes it true. */
  async until(isSo: () => boolean): Promise<void> {
    if (isSo()) return
    await new Promise<void>((resolve) => {
      const listen = () => {
        if (!isSo()) return
        this.#listeners.delete(listen)
        resolve()
      }
      this.#listeners.add(listen)
    })
  }

  close(): Promise<void> {
    return this.#close()
  }
}

function answer(response: ServerResponse, reply: Reply): void {
  if (reply === 'hang') return
  if (reply === 'cut') response.destroy()
  else if (typeof reply === 'number') response.writeHead(reply).end()
  else response.writeHead(307, { location: reply.redirect }).end()
}
