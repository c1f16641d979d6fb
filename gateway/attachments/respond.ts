import type { Kysely } from 'kysely'
import type { Attachment } from '../../contract/entities'
import { mediaTypeOf } from '../../domain/attachment/kind'
import type { Database } from '../database/schema'

/**
 * A file as a download, piece by piece as it is fetched. It is never shown in a page of the gateway's:
 * a browser keeps it as a file, takes it for nothing else than it is called, and runs nothing of it.
 */
export function attachmentResponse(
  db: Kysely<Database>,
  { name, kind, size, sha256 }: Pick<Attachment, 'name' | 'kind' | 'size' | 'sha256'>,
): Response {
  return new Response(contentOf(db, Buffer.from(sha256, 'hex'), size), {
    headers: {
      'content-type': mediaTypeOf(kind),
      'content-length': String(size),
      'content-disposition': `attachment; ${fileNames(name)}`,
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    },
  })
}

/** The name for old clients and, by RFC 8187, as it is. */
function fileNames(name: string): string {
  const plain = name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\w .()+-]/g, '_')
  const exact = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `filename="${plain}"; filename*=UTF-8''${exact}`
}

function contentOf(db: Kysely<Database>, sha256: Buffer, size: number): ReadableStream<Uint8Array> {
  let n = 0
  let left = size
  return new ReadableStream({
    async pull(controller) {
      const piece = await db
        .selectFrom('attachment_piece')
        .select('bytes')
        .where('sha256', '=', sha256)
        .where('n', '=', n)
        .executeTakeFirst()
      n += 1
      left -= piece?.bytes.length ?? 0
      if (piece) controller.enqueue(new Uint8Array(piece.bytes))
      else if (left === 0) controller.close()
      // Taken off and swept away meanwhile: whoever fetches it must not take a part for all of it.
      else controller.error(new Error('A piece of a file is not there any more.'))
    },
  })
}
