import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from '../../contract/zod'

const sentDocumentSchema = z.object({
  /** The gateway it was sent to. */
  url: z.string(),
  /** The document's id in the shop. */
  id: z.string(),
  contact: z.string(),
  /** Taken back by this shop. */
  withdrawn: z.boolean().optional(),
})
export type SentDocument = z.infer<typeof sentDocumentSchema>

const fileName = 'demo-shop-sent.json'
const kept = 200

/** What this shop has sent, oldest first. A file that does not read counts as none: it is a memory aid. */
export async function readSentDocuments(folder: string): Promise<readonly SentDocument[]> {
  try {
    const text = await readFile(join(folder, fileName), 'utf8')
    const parsed = z.array(sentDocumentSchema).safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : []
  } catch {
    return []
  }
}

/** Remembers a document, so that it can be withdrawn later. */
export async function rememberDocument(folder: string, document: SentDocument): Promise<void> {
  await write(folder, [...(await readSentDocuments(folder)), document].slice(-kept))
}

/** Notes that one was withdrawn, so that the next withdrawal takes the one before it. */
export async function rememberWithdrawn(
  folder: string,
  { url, id }: Pick<SentDocument, 'url' | 'id'>,
): Promise<void> {
  const documents = await readSentDocuments(folder)
  const noted = documents.map((document) =>
    document.url === url && document.id === id ? { ...document, withdrawn: true } : document,
  )
  await write(folder, noted)
}

async function write(folder: string, documents: readonly SentDocument[]): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, fileName), `${JSON.stringify(documents, null, 2)}\n`)
}
