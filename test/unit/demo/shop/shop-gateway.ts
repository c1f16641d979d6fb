import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { Webhook } from 'standardwebhooks'
import {
  storefrontEventSchema,
  type StorefrontEvent,
  type StorefrontEventInput,
} from '../../../../contract/storefront'

export const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

export interface Received {
  readonly webhookId: string
  readonly event: StorefrontEvent
  /** As it came. */
  readonly sent: StorefrontEventInput
}

interface Behaviour {
  /** Paths and queries of what was fetched are answered with these pages. */
  readonly page?: unknown
  /** Signs answers by another secret. */
  readonly signWith?: string
  /** Answers instead of taking the event in. */
  readonly refuse?: (
    event: StorefrontEvent,
  ) => { status: number; body: string; type?: string } | null
}

/**
 * The storefront's door as a shop sees it, over real HTTP: requests are verified by the reference
 * implementation of Standard Webhooks, whose content for a GET is its method, path and query.
 */
export async function openShopGateway({ page, signWith = secret, refuse }: Behaviour = {}) {
  const received: Received[] = []
  const fetched: string[] = []
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const content = request.method === 'GET' ? `GET ${request.url}` : body
      const answer = (status: number, text: string, headers: Record<string, string> = {}) =>
        response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text)
      const refused = (status: number, code: string, detail: string) =>
        answer(
          status,
          JSON.stringify({ type: `/problems/${code}`, title: code, status, detail, code }),
        )
      try {
        new Webhook(secret).verify(content, request.headers as Record<string, string>, {
          jsonParse: false,
        })
      } catch {
        return refused(401, 'signature_invalid', 'The signature is not that of a known shop')
      }
      if (request.method === 'GET') {
        fetched.push(request.url!)
        const text = JSON.stringify(page)
        return answer(200, text, signed('answer-1', text, signWith))
      }
      const sent = JSON.parse(body) as StorefrontEventInput
      const event = storefrontEventSchema.parse(sent)
      const webhookId = String(request.headers['webhook-id'])
      const special = refuse?.(event)
      if (special)
        return answer(special.status, special.body, {
          'content-type': special.type ?? 'text/plain',
        })
      const again = received.some((earlier) => earlier.webhookId === webhookId)
      if (!again) received.push({ webhookId, event, sent })
      const withdrawn = event.type === 'requisition.withdrawn'
      const requisition = {
        id: '018f3c1e-0000-7000-8000-000000000001',
        number: 'K-20418',
        revision: 1,
        state: withdrawn ? 'withdrawn' : 'submitted',
        orderNumber: null,
      }
      return answer(again ? 200 : 202, JSON.stringify({ id: webhookId, requisition }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, received, fetched }
}

/** Signed by hand, so that the client is not checked against itself. */
function signed(id: string, content: string, by: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1_000))
  const key = Buffer.from(by.slice('whsec_'.length), 'base64')
  const signature = createHmac('sha256', key)
    .update(`${id}.${timestamp}.${content}`)
    .digest('base64')
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
