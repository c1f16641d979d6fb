import { readFile, readdir } from 'node:fs/promises'
import { extname, join, posix } from 'node:path'

import { net, protocol, type ProtocolResponse } from 'electron'

import { contentSecurityPolicy } from './content-security-policy'
import { HOST, SCHEME } from './own-page'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
}

/** Must run before the application is ready: gives the page a secure origin of its own. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/**
 * Serves the files built into `folder`, and nothing else: a path is looked up in the list made at
 * the start, so there is no path to escape by. During development the files come from
 * `developmentServer`, so that the page keeps its origin.
 */
export async function serveApp(folder: string, developmentServer?: string): Promise<void> {
  if (developmentServer !== undefined) {
    protocol.handle(SCHEME, (request) => passOn(request, developmentServer))
    return
  }
  const files = new Map<string, string>()
  for (const path of await filesBelow(folder)) files.set(`/${path}`, join(folder, path))
  // Not `handle`: its web streams and Node's HTTP client cost a start some 30 ms of CPU.
  protocol.registerBufferProtocol(SCHEME, ({ url, method }, answer) => {
    void answerTo(url, method, files).then(answer)
  })
}

async function answerTo(
  url: string,
  method: string,
  files: ReadonlyMap<string, string>,
): Promise<ProtocolResponse> {
  const { host, pathname } = new URL(url)
  if (method !== 'GET') return refusal(405)
  const file = host === HOST ? files.get(pathname) : undefined
  if (file === undefined) return refusal(404)
  try {
    const data = await readFile(file)
    const type = TYPES[extname(file)] ?? 'application/octet-stream'
    return {
      data,
      mimeType: type,
      headers: { ...protectiveHeaders(contentSecurityPolicy()), 'Content-Type': type },
    }
  } catch {
    return refusal(500)
  }
}

/**
 * `Cross-Origin-Opener-Policy` is not among them: it would part the page from windows that opened it or
 * that it opens, of which there are none (`security.ts`), and has the window's first process thrown away.
 */
function protectiveHeaders(policy: string): Record<string, string> {
  return {
    'Content-Security-Policy': policy,
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  }
}

function refusal(statusCode: number): ProtocolResponse {
  return {
    statusCode,
    data: Buffer.alloc(0),
    headers: protectiveHeaders(contentSecurityPolicy()),
  }
}

async function passOn(request: Request, server: string): Promise<Response> {
  const { pathname, search } = new URL(request.url)
  const answer = await net.fetch(new URL(pathname + search, server).href)
  const headers = new Headers(answer.headers)
  for (const [name, value] of Object.entries(protectiveHeaders(contentSecurityPolicy(server)))) {
    headers.set(name, value)
  }
  return new Response(answer.body, { status: answer.status, headers })
}

/** Paths below a folder with forward slashes. Inside an archive, `readdir` knows no recursion. */
async function filesBelow(folder: string, prefix = ''): Promise<readonly string[]> {
  const entries = await readdir(join(folder, prefix), { withFileTypes: true })
  const nested = entries.map(async (entry) => {
    const path = posix.join(prefix, entry.name)
    return entry.isDirectory() ? filesBelow(folder, path) : [path]
  })
  return (await Promise.all(nested)).flat()
}
