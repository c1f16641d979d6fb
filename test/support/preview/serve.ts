import { rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

import react from '@vitejs/plugin-react'
import { build } from 'vite'

import { contentSecurityPolicy } from '../../../main/content-security-policy'

const folder = fileURLToPath(new URL('.', import.meta.url))
const output = fileURLToPath(
  // One for each run, so that two can look at the same time.
  new URL(`../../../node_modules/.cache/preview-${process.pid}`, import.meta.url),
)

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
}

/** Builds the window over the fake bridge and serves it under the policy the application has. */
export async function servePreview(): Promise<{
  readonly url: string
  readonly close: () => void
}> {
  await build({
    root: folder,
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    build: {
      outDir: output,
      emptyOutDir: true,
      target: 'chrome114',
      cssTarget: 'chrome114',
      assetsInlineLimit: 0,
      minify: false,
    },
  })
  const policy = contentSecurityPolicy()
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname)
    const file = join(output, path === '/' ? 'index.html' : path)
    readFile(file).then(
      (content) => {
        response.writeHead(200, {
          'content-type': types[extname(file)] ?? 'application/octet-stream',
          'content-security-policy': policy,
        })
        response.end(content)
      },
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.close()
      rmSync(output, { recursive: true, force: true })
    },
  }
}
