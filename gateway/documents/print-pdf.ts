import * as pdfMakeModule from 'pdfmake'
import roboto from 'pdfmake/build/fonts/Roboto.js'
import type { TDocumentDefinitions, TVirtualFileSystem } from 'pdfmake/interfaces'

/** On Node it is an object, whatever its types say, and it has files of its own in memory. */
type PdfMake = typeof pdfMakeModule & {
  readonly virtualfs: {
    writeFileSync(name: string, data: string, encoding: 'base64'): TVirtualFileSystem
  }
}
const pdfMake = ((pdfMakeModule as { readonly default?: unknown }).default ??
  pdfMakeModule) as PdfMake

let isPrepared = false

function prepare(): void {
  if (isPrepared) return
  isPrepared = true
  for (const [name, { data }] of Object.entries(roboto.vfs)) {
    pdfMake.virtualfs.writeFileSync(name, data, 'base64')
  }
  pdfMake.addFonts(roboto.fonts)
  // What a document says may come from a customer: nothing is read from disk or network for it.
  pdfMake.setLocalAccessPolicy(() => false)
  pdfMake.setUrlAccessPolicy(() => false)
}

/** A document as a PDF. Keeps the thread busy: see `quote-pdf.ts`. */
export function printPdf(definition: TDocumentDefinitions): Promise<Buffer> {
  prepare()
  return pdfMake.createPdf(definition).getBuffer() as Promise<Buffer>
}
