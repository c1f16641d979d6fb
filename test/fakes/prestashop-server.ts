import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { answerFrom, recordedLists, type WireLists } from './prestashop/lists'
import { normalQuery, readRecordings, type Recording } from './prestashop/recordings'

/** Where the recordings lie. */
export const recordingsFolder = fileURLToPath(
  new URL('../fixtures/prestashop-8.2.1', import.meta.url),
)

/** Keys of the recorded shop. */
export const prestashopKeys = {
  full: 'TESTKEY0'.repeat(4),
  /** May read products and nothing else. */
  few: 'FEWKEY00'.repeat(4),
  off: 'OFFKEY00'.repeat(4),
  unknown: 'UNKNOWN0'.repeat(4),
}

/** What the next request meets instead of its answer. */
export type Mishap =
  | { readonly kind: 'lost' }
  | { readonly kind: 'lost_midway' }
  | { readonly kind: 'hang' }
  | { readonly kind: 'recorded'; readonly name: string }
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly body: string
      readonly headers?: Readonly<Record<string, string>>
    }

export interface FakePrestaShop {
  readonly url: string
  /** What the shop holds. Change it to change the shop. */
  readonly lists: WireLists
  /** Every request so far, as `GET /api/…` with the query decoded. */
  readonly requests: readonly string[]
  /** Decides before each request what goes wrong; null for nothing. The count begins at 1. */
  setMishap(mishap: ((request: string, count: number) => Mishap | null) | null): void
  close(): Promise<void>
}

/**
 * A PrestaShop that answers over real HTTP as the recorded one did: to the very requests that were
 * recorded with their answers, to other lists from what the recorded shop held.
 */
export async function startFakePrestaShop(): Promise<FakePrestaShop> {
  const recordings = readRecordings(recordingsFolder)
  const lists = recordedLists(recordings)
  const untouched = JSON.stringify(lists)
  const requests: string[] = []
  let mishap: ((request: string, count: number) => Mishap | null) | null = null

  const server = createServer((request, response) => {
    const line = `${request.method} ${decodeURIComponent(request.url ?? '')}`
    requests.push(line)
    const trouble = mishap?.(line, requests.length)
    if (trouble) return meet(trouble, recordings, request, response)
    // Once a test has changed the shop, what it held when recorded is no longer so.
    const isUntouched = () => JSON.stringify(lists) === untouched
    answer(recordings, lists, isUntouched, request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lists,
    requests,
    setMishap: (next) => {
      mishap = next
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function answer(
  recordings: readonly Recording[],
  lists: WireLists,
  isUntouched: () => boolean,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { pathname, searchParams, search } = new URL(request.url ?? '/', 'http://shop')
  const authorization = request.headers.authorization ?? null
  const query = normalQuery(search.slice(1))
  const recorded = recordings.find(
    (candidate) =>
      candidate.method === request.method &&
      candidate.path === pathname &&
      candidate.query === query &&
      candidate.authorization === authorization &&
      // The webservice was off only while that one was recorded.
      candidate.status !== 503,
  )
  if (recorded && (recorded.status !== 200 || isUntouched())) return replay(recorded, response)

  const key = Buffer.from(authorization?.replace(/^Basic /, '') ?? '', 'base64').toString()
  const resource = pathname.replace(/^\/api\//, '')
  const isJson = searchParams.get('output_format') === 'JSON'
  const like = (name: string) => replay(named(recordings, name), response)
  if (authorization === null) return like('002-no-key')
  if (key.length !== 33) return like('003-key-wrong-length')
  if (key === `${prestashopKeys.few}:` && resource !== 'products') {
    return like('007-key-no-right-for-resource')
  }
  if (key !== `${prestashopKeys.full}:` && key !== `${prestashopKeys.few}:`) {
    return like(isJson ? '005-key-unknown-json' : '004-key-unknown')
  }
  if (request.method !== 'GET' || !isJson || resource === '' || resource.includes('/')) {
    response.writeHead(501, { 'content-type': 'text/plain' })
    response.end(`Neither recorded nor made up: ${request.method} ${request.url}`)
    return
  }
  const made = answerFrom(lists, resource, searchParams)
  if (made.status === 302) return like('014-shop-unknown')
  response.writeHead(made.status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(made.body))
}

function meet(
  trouble: Mishap,
  recordings: readonly Recording[],
  request: IncomingMessage,
  response: ServerResponse,
): void {
  switch (trouble.kind) {
    case 'lost':
      request.socket.destroy()
      return
    case 'lost_midway':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
      response.write('{"products":[{"id":1', () => request.socket.destroy())
      return
    case 'hang':
      return
    case 'recorded':
      return replay(named(recordings, trouble.name), response)
    case 'answer':
      response.writeHead(trouble.status, { 'content-type': 'text/html', ...trouble.headers })
      response.end(trouble.body)
  }
}

function named(recordings: readonly Recording[], name: string): Recording {
  const recording = recordings.find((candidate) => candidate.name === name)
  if (!recording) throw new Error(`${name} is not among the recordings`)
  return recording
}

function replay({ status, headers, body }: Recording, response: ServerResponse): void {
  response.writeHead(status, headers)
  response.end(body)
}
