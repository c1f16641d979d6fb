import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Quote } from '../../contract/quotes'
import { quoteDefinition, type QuoteDocument } from './quote-definition'

/** A document of so many lines takes no longer than a frame or two; a thread of its own would cost more. */
const fewLines = 60
/** At a time; more wait for their turn. */
const mostThreads = 2
/** As many lines as a quote may have take far less. */
const longestMs = 60_000

/**
 * A quote as a PDF. A long one is printed in a thread of its own, so that nobody else waits for it; but for
 * the gateway within the console, which lies packed and serves one person.
 */
export async function quotePdf(document: QuoteDocument): Promise<Uint8Array> {
  const file = document.quote.lines.length <= fewLines ? null : workerFile()
  if (file !== null) return inTurn(() => inThread(document, file))
  // Fonts and all, it is read by who prints: a start does without it.
  const { printPdf } = await import('./print-pdf')
  return printPdf(quoteDefinition(document))
}

/** What the file of a version is called. */
export function quoteFileName({ number, revision }: Pick<Quote, 'number' | 'revision'>): string {
  return `${number}-v${revision}.pdf`
}

/** What a thread begins with: beside this file as it was written, and beside or above it once it is built. */
function workerFile(): URL | null {
  const places = ['./quote-worker.ts', './quote-worker.cjs', '../quote-worker.cjs']
  const found = places
    .map((place) => new URL(place, import.meta.url))
    .find((url) => existsSync(fileURLToPath(url)))
  return found && !found.pathname.includes('.asar/') ? found : null
}

/** A thread does not know TypeScript by itself, so where that is run this is what it begins with. */
const beginning = `
  const { tsx, file } = require('node:worker_threads').workerData
  import(tsx).then(({ tsImport }) => tsImport(file, file))
`

function begin(document: QuoteDocument, file: URL): Worker {
  if (!file.pathname.endsWith('.ts')) return new Worker(file, { workerData: { document } })
  // Its own door for `require` cannot begin a thread, so the module is named by its place.
  const folder = createRequire(import.meta.url).resolve('tsx/package.json')
  const tsx = new URL('dist/esm/api/index.mjs', pathToFileURL(folder)).href
  return new Worker(beginning, { eval: true, workerData: { tsx, file: file.href, document } })
}

function inThread(document: QuoteDocument, file: URL): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const worker = begin(document, file)
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
