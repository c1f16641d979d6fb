import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One recorded request with the whole of its answer. */
export interface Recording {
  readonly name: string
  readonly method: string
  readonly path: string
  readonly query: string
  readonly authorization: string | null
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Set by the server that plays them back, or about a connection that is long gone. */
const ownHeaders = ['content-length', 'connection', 'date', 'transfer-encoding']

/** Reads every `.http` file of a folder: `### request`, the request, `### response`, the answer. */
export function readRecordings(folder: string): readonly Recording[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.http'))
    .sort()
    .map((file) => parse(file.replace(/\.http$/, ''), readFileSync(join(folder, file), 'utf8')))
}

function parse(name: string, text: string): Recording {
  const [, request = '', response = ''] = text.split(/### (?:request|response)\r?\n/)
  const [requestLine = '', ...requestHead] = headOf(request).head
  const { head, body } = headOf(response)
  const [statusLine = '', ...responseHead] = head
  const [method = '', target = ''] = requestLine.split(' ')
  const [path = '', query = ''] = target.split('?')
  const headers = fields(responseHead)
  for (const header of ownHeaders) delete headers[header]
  return {
    name,
    method,
    path,
    query: normalQuery(query),
    authorization: fields(requestHead)['authorization'] ?? null,
    status: Number(statusLine.split(' ')[1]),
    headers,
    body,
  }
}

function headOf(message: string): { readonly head: readonly string[]; readonly body: string } {
  const end = /\r?\n\r?\n/.exec(message)
  const head = end ? message.slice(0, end.index) : message
  return { head: head.split(/\r?\n/), body: end ? message.slice(end.index + end[0].length) : '' }
}

function fields(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    lines.flatMap((line) => {
      const colon = line.indexOf(':')
      if (colon < 0) return []
      // Cut values hold an ellipsis, which no header may.
      const value = line
        .slice(colon + 1)
        .trim()
        .replaceAll('…', '')
      return [[line.slice(0, colon).toLowerCase(), value]]
    }),
  )
}

/** The same for queries that differ in nothing but order and escaping. */
export function normalQuery(query: string): string {
  return [...new URLSearchParams(query)]
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('&')
}
