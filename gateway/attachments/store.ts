import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { refusal, type Outcome, type Refusal } from '../../contract/errors'
import type { StoredAttachment } from '../../contract/attachments'
import { judgeContent, type ContentKind, type ContentProblem } from '../../domain/attachment/kind'
import { inTransaction, Rollback, type Transaction } from '../database/transaction'
import type { GatewayContext } from '../gateway-context'

/** A file is kept in pieces of so many bytes. */
const pieceBytes = 256 * 1024

/**
 * So much of one person, or of a shop, may lie about that nothing names; it is swept after a day. A shop
 * sends for all its customers, and one of them must not stop the others.
 */
const mostWaiting = {
  user: { files: 1_000, bytes: 200_000_000 },
  shop: { files: 10_000, bytes: 1_000_000_000 },
}
/** By then some of it may have been swept away, or attached. */
const waitingSeconds = 3_600

/** Who sends a file, and may attach it: one of the seller's people, or a shop. */
type Uploader =
  | { readonly user_id: string; readonly shop_id: null }
  | { readonly user_id: null; readonly shop_id: string }

interface Uploaded {
  /** Chosen by whoever sends it: sent again under it, it is there once. */
  readonly id: string
  readonly by: Uploader
  readonly bytes: Buffer
}

/**
 * Keep a file that somebody has sent in, under their id for it. It belongs to nothing until a command
 * attaches it. The same again gives the same answer; `isNew` tells them apart.
 */
export async function storeAttachment(
  { db }: GatewayContext,
  { id, by, bytes }: Uploaded,
): Promise<Outcome<StoredAttachment & { readonly isNew: boolean }>> {
  const judged = judgeContent(bytes)
  if (!judged.ok) return { ok: false, error: unfit(judged.problem) }
  const sha256 = createHash('sha256').update(bytes).digest()
  const file = { id, by, bytes, sha256, kind: judged.kind }
  try {
    const isNew = await inTransaction(db, (tx) => store(tx, file))
    const { length: size } = bytes
    return {
      ok: true,
      value: { id, kind: judged.kind, size, sha256: sha256.toString('hex'), isNew },
    }
  } catch (error) {
    if (error instanceof Rollback) return { ok: false, error: error.value as Refusal }
    throw error
  }
}

/** Whether it was not there before. @throws Rollback of the refusal */
async function store(
  tx: Transaction,
  file: Uploaded & { readonly sha256: Buffer; readonly kind: ContentKind },
): Promise<boolean> {
  const { id, by, bytes, sha256, kind } = file
  const { length: size } = bytes
  if (await isThere(tx, file)) return false
  // Counted by one request of theirs at a time, else many at once would each find room.
  const uploader = by.shop_id === null ? `user ${by.user_id}` : `shop ${by.shop_id}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${`attachments of ${uploader}`}, 0))`.execute(
    tx,
  )
  const waiting = await tx
    .selectFrom('attachment')
    .select(({ fn }) => [
      fn.countAll<number>().as('files'),
      fn.coalesce(fn.sum<number>('size'), sql<number>`0`).as('bytes'),
    ])
    .where((where) =>
      by.shop_id === null ? where('user_id', '=', by.user_id) : where('shop_id', '=', by.shop_id),
    )
    .where(isNamedByNone)
    .executeTakeFirstOrThrow()
  const most = mostWaiting[by.shop_id === null ? 'user' : 'shop']
  if (waiting.files >= most.files || waiting.bytes + size > most.bytes) {
    throw new Rollback(tooManyWaiting())
  }
  // Touched where it is there: nobody sweeps it away before it is named below.
  const content = await tx
    .insertInto('attachment_content')
    .values({ sha256, size })
    .onConflict((conflict) => conflict.column('sha256').doUpdateSet({ stored_at: sql`now()` }))
    .returning(sql<boolean>`xmax = 0`.as('is_new'))
    .executeTakeFirstOrThrow()
  for (let n = 0; content.is_new && n * pieceBytes < size; n += 1) {
    const piece = bytes.subarray(n * pieceBytes, (n + 1) * pieceBytes)
    await tx.insertInto('attachment_piece').values({ sha256, n, bytes: piece }).execute()
  }
  const made = await tx
    .insertInto('attachment')
    .values({ id, sha256, size, kind, ...by })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  // Another request with the same id was faster.
  return made.numInsertedOrUpdatedRows === 1n || !(await isThere(tx, file))
}

/** Whether this very file is there under its id. @throws Rollback where another one is */
async function isThere(
  tx: Transaction,
  { id, by, sha256 }: Pick<Uploaded, 'id' | 'by'> & { readonly sha256: Buffer },
): Promise<boolean> {
  const known = await tx
    .selectFrom('attachment')
    .select(['user_id', 'shop_id', 'sha256'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!known) return false
  const isTheirs = known.user_id === by.user_id && known.shop_id === by.shop_id
  if (isTheirs && known.sha256.equals(sha256)) return true
  throw new Rollback(
    refusal('already_exists', 'Another file has been sent under this id. Use a new one.', { id }),
  )
}

/** Of an attachment: no requisition names it. */
export const isNamedByNone = sql<boolean>`not exists (
  select from requisition_attachment named where named.attachment_id = attachment.id)`

const sentences: Readonly<Record<ContentProblem, string>> = {
  empty: 'The file is empty.',
  unknown_kind:
    'Files of this kind are not taken. Send a PDF, an image (PNG, JPEG, WebP), a drawing (DWG), a document (.docx, .xlsx), a mail (.eml) or text (.txt, .csv).',
  macros:
    'The document holds macros, controls or objects of other programs. Save it without them and send that.',
}

function unfit(problem: ContentProblem): Refusal {
  return refusal('attachment_unfit', sentences[problem], { problem })
}

function tooManyWaiting(): Refusal {
  const message =
    'So much has been sent that is attached to nothing that no more is taken. Attach it, or wait until it has been swept away, within a day or so.'
  const details = { problem: 'too_many_waiting', retryAfterSeconds: waitingSeconds }
  return refusal('too_many_requests', message, details)
}
