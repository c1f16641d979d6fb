import { sql, type Kysely } from 'kysely'
import type { MasterDataKind } from '../../contract/master-data'
import type { Database } from '../database/schema'

/** Rows written in one transaction: long ones would hold the feed back for everybody. */
const chunkRows = 500
/** Stock blocks put into the feed by one transaction: each is a hundred kilobytes where stock is rich. */
const chunkBlocks = 8

interface Placed {
  readonly columns: Readonly<Record<string, unknown>>
}

/** Where stock of a kind is kept by number, when its row does not name the article: a deletion. */
const tableOfLines = { backlog: 'stock_backlog', inbound: 'stock_inbound' } as const

/**
 * Divide a batch into what is written at once. Stock is sorted by the block its article travels in,
 * since every block that is touched is put into the feed whole; the order of a batch means nothing,
 * as each key is in it once.
 */
export async function chunksOf<T extends Placed>(
  db: Kysely<Database>,
  kind: MasterDataKind,
  rows: readonly T[],
): Promise<readonly (readonly T[])[]> {
  if (kind !== 'balance' && kind !== 'backlog' && kind !== 'inbound') {
    return cut(rows.map((row) => ({ row, block: 0 })))
  }
  const articleOf = kind === 'balance' ? () => null : await articlesOfLines(db, kind, rows)
  const articles = rows.map((row) => text(row.columns['article_id']) ?? articleOf(row))
  const known = await db
    .selectFrom('article')
    .select(['id', 'block'])
    .where('id', '=', sql<string>`any(${[...new Set(articles)]}::text[])`)
    .execute()
  const blocks = new Map(known.map(({ id, block }) => [id, block]))
  const placed = rows.map((row, at) => ({ row, block: blocks.get(articles[at] ?? '') ?? -1 }))
  return cut(placed.sort((a, b) => a.block - b.block))
}

async function articlesOfLines(
  db: Kysely<Database>,
  kind: keyof typeof tableOfLines,
  rows: readonly Placed[],
): Promise<(row: Placed) => string | null> {
  const ids = rows.flatMap(({ columns }) =>
    columns['article_id'] === undefined ? (text(columns['id']) ?? []) : [],
  )
  if (ids.length === 0) return () => null
  const lines = await db
    .selectFrom(tableOfLines[kind])
    .select(['id', 'article_id'])
    .where('id', '=', sql<string>`any(${ids}::text[])`)
    .execute()
  const articles = new Map(lines.map(({ id, article_id }) => [id, article_id]))
  return ({ columns }) => articles.get(text(columns['id']) ?? '') ?? null
}

function cut<T>(placed: readonly { readonly row: T; readonly block: number }[]): T[][] {
  const chunks: T[][] = []
  let chunk: T[] = []
  let blocks = new Set<number>()
  for (const { row, block } of placed) {
    const isFull = chunk.length === chunkRows || (!blocks.has(block) && blocks.size === chunkBlocks)
    if (isFull) {
      chunks.push(chunk)
      chunk = []
      blocks = new Set()
    }
    chunk.push(row)
    blocks.add(block)
  }
  if (chunk.length > 0) chunks.push(chunk)
  return chunks
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
