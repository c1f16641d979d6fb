import { sql } from 'kysely'
import type { Attachment, Requisition } from '../../contract/entities'
import type { Actor } from '../../contract/primitives'
import type { StorefrontDocument } from '../../contract/storefront'
import { MOST_ATTACHMENTS } from '../../domain/attachment/limits'
import { judgeName } from '../../domain/attachment/name'
import { customersAttachments } from '../customers/attachments'
import type { Transaction } from '../database/transaction'
import { takenOff } from './attachments'

/** Why a file that a document names does not come with it; `pointer` is into the document. */
export interface AttachmentRefusal {
  readonly pointer: string
  readonly problem:
    | { readonly code: 'unknown_attachment' }
    | { readonly code: 'attachment_misnamed'; readonly kind: string }
    | { readonly code: 'too_many_attachments'; readonly maximum: number }
}

/**
 * What is attached to a requisition once a document of its customer's has come in: what was, and what the
 * document names beside that. One that it does not name stays; somebody may have attached it here. One
 * that was taken off here stays off: a shop goes on naming what it has sent.
 */
export async function attachmentsWith(
  tx: Transaction,
  {
    shopId,
    document: { attachments: named = [] },
    now,
  }: {
    readonly shopId: string
    readonly document: Pick<StorefrontDocument, 'attachments'>
    readonly now: Date
  },
  known: Pick<Requisition, 'id' | 'attachments'> | null,
  by: Actor,
): Promise<{
  readonly attachments: readonly Attachment[]
  readonly refusals: readonly AttachmentRefusal[]
}> {
  const before = known?.attachments ?? []
  const news = known ? await newOf(tx, known, named) : new Set(named.map(({ id }) => id))
  const wanted = named.flatMap((one, at) => (news.delete(one.id) ? [{ ...one, at }] : []))
  if (wanted.length === 0) return { attachments: before, refusals: [] }
  // Kept from being swept until they are named.
  const files = await tx
    .selectFrom('attachment')
    .select(['id', 'kind', 'size', 'sha256'])
    .where(
      'id',
      'in',
      wanted.map(({ id }) => id),
    )
    .where('shop_id', '=', shopId)
    .modifyEnd(sql`for key share`)
    .execute()
  const refusals: AttachmentRefusal[] = []
  const added = wanted.flatMap(({ id, name: given, at }): readonly Attachment[] => {
    const file = files.find((one) => one.id === id)
    const pointer = `/attachments/${at}`
    if (!file) {
      refusals.push({ pointer: `${pointer}/id`, problem: { code: 'unknown_attachment' } })
      return []
    }
    const judged = judgeName(given, file.kind)
    if (!judged.ok) {
      const problem = { code: 'attachment_misnamed', kind: file.kind } as const
      refusals.push({ pointer: `${pointer}/name`, problem })
      return []
    }
    const { name, kind } = judged
    const { size } = file
    const sha256 = file.sha256.toString('hex')
    return [{ id, name, kind, size, sha256, visibility: 'customer', by, at: now.toISOString() }]
  })
  const attachments = [...before, ...added]
  // The seller's own are nothing that the shop could do something about, or is to know of.
  if (customersAttachments({ attachments }).length > MOST_ATTACHMENTS) {
    const problem = { code: 'too_many_attachments', maximum: MOST_ATTACHMENTS } as const
    refusals.push({ pointer: '/attachments', problem })
  }
  return { attachments, refusals }
}

/** The ids of what a document names that has never been attached to its requisition. */
export async function newOf(
  tx: Transaction,
  { id, attachments = [] }: Pick<Requisition, 'id' | 'attachments'>,
  named: NonNullable<StorefrontDocument['attachments']>,
): Promise<Set<string>> {
  const news = new Set(named.map((one) => one.id))
  for (const one of attachments) news.delete(one.id)
  for (const one of await takenOff(tx, id, [...news])) news.delete(one)
  return news
}
