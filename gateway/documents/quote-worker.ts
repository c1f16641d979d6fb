import { parentPort, workerData } from 'node:worker_threads'
import { printPdf } from './print-pdf'
import { quoteDefinition, type QuoteDocument } from './quote-definition'

/** Prints one quote apart from the thread that serves everybody else. */
const { document } = workerData as { readonly document: QuoteDocument }
// A failure is the thread's end, and told to who began it.
void printPdf(quoteDefinition(document)).then((printed) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- to a thread, not to a window
  parentPort?.postMessage(printed)
})
