import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { quoteDefinition, type QuoteDocument } from './quote-definition'

/** A document of so many lines takes no longer than a frame or two; a thread of its own would cost more. */
const fewLines = 60
/** At a time; more wait for their turn. */
const mostThreads = 2
/** Ten thousand lines take far less. */
const longestMs = 60_000

/**
 * A quote as a PDF. A long one is printed in a thread of its own, so that nobody else waits for it; but for
 * the gateway within the console, which is packed into one file and serves one person.
 */
export async function quotePdf(document: QuoteDocument): Promise<Uint8Array> {
  const hasThreads = import.meta.url.endsWith('.ts')
  if (document.quote.lines.length <= fewLines || !hasThreads) {
    // Fonts and all, it is read by who prints: a start does without it.
    const { printPdf } = await import('./print-pdf')
    return printPdf(quoteDefinition(document))
  }
  return inTurn(() => inThread(document))
}

/** A thread does not know TypeScript by itself, so this is what it begins with. */
const beginning = `
  const { tsx, file } = require('node:worker_threads').workerData
  import(tsx).then(({ tsImport }) => tsImport(file, file))
`

function source() {
  // Its own door for `require` cannot begin a thread, so the module is named by its place.
  const tsx = createRequire(import.meta.url).resolve('tsx/package.json')
  return {
    tsx: new URL('dist/esm/api/index.mjs', pathToFileURL(tsx)).href,
    file: new URL('./quote-worker.ts', import.meta.url).href,
  }
}

function inThread(document: QuoteDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(beginning, { eval: true, workerData: { ...source(), document } })
    const timer = setTimeout(() => {
      void worker.terminate()
      reject(new Error(`A document took longer than ${longestMs} ms to print.`))
    }, longestMs)
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => {
      clearTimeout(timer)
      reject(new Error('A document was not printed.'))
    })
  })
}

let threads = 0
const waiting: (() => void)[] = []

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (threads >= mostThreads) await new Promise<void>((resolve) => waiting.push(resolve))
  threads += 1
  try {
    return await work()
  } finally {
    threads -= 1
    waiting.shift()?.()
  }
}
