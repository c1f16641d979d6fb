import type { Requisition } from '../../contract/entities'
import type { Contact } from '../../domain/company'
import { judgeWithdrawal, type WithdrawalRefusal } from '../../domain/requisition/withdrawal'
import { record, type Origin } from '../audit/record'
import { question, together, type Question } from '../database/together'
import type { Transaction } from '../database/transaction'
import { requisitionWithdrawn } from '../storefront/changes'
import { tellShop } from '../storefront/tell-shop'
import { documentLocked, saveProgress, type LockedRequisition } from './aggregate'

/** A customer takes a document back, through a shop that has proved to be it. */
export interface SentWithdrawal {
  readonly shopId: string
  readonly documentId: string
  readonly contactId: string
  readonly reason: string | null
  readonly now: Date
  readonly origin: Origin
}

export type WithdrawalReception =
  | { readonly kind: 'taken'; readonly requisition: Requisition }
  /** It had been withdrawn before. */
  | { readonly kind: 'before'; readonly requisition: Requisition }
  | { readonly kind: 'refused'; readonly refusals: readonly WithdrawalRefusal[] }

/** The requisition, locked, and who wants it back. */
export function withdrawalOpeningOf(
  tx: Transaction,
  { shopId, documentId, contactId }: SentWithdrawal,
): Question<WithdrawalOpening> {
  const contact = tx
    .selectFrom('contact')
    .select(['id', 'name', 'status', 'company_id as companyId'])
    .where('id', '=', contactId)
  return together(
    documentLocked(shopId, documentId),
    question(contact, ([found]) => found ?? null),
  )
}

type WithdrawalOpening = [
  known: LockedRequisition | null,
  contact: Pick<Contact, 'id' | 'name' | 'status' | 'companyId'> | null,
]

/** Take a requisition back in the caller's transaction, where it is still open. */
export function withdrawDocument(
  tx: Transaction,
  sent: SentWithdrawal,
  [known, contact]: WithdrawalOpening,
): WithdrawalReception {
  const judged = judgeWithdrawal(
    known && {
      companyId: known.value.companyId,
      revision: known.value.revision,
      state: known.value.state,
    },
    contact,
  )
  if (judged.kind === 'refused') return { kind: 'refused', refusals: [judged.refusal] }
  if (!known || !contact) throw new Error('A withdrawal that names nothing was not refused.')
  if (judged.kind === 'already') return { kind: 'before', requisition: known.value }

  const actor = { kind: 'contact', id: contact.id, name: contact.name } as const
  const outcome = {
    kind: 'withdrawn',
    reason: sent.reason,
    by: actor,
    at: sent.now.toISOString(),
  } as const
  const version = known.version + 1
  const progress = { state: 'withdrawn', claimedBy: null, outcome } as const
  const requisition = saveProgress(tx, known.value, progress, version)
  record(tx, [
    {
      type: 'requisition.withdrawn',
      actor,
      aggregateKind: 'requisition',
      aggregateId: requisition.id,
      version,
      data: { outcome, revision: requisition.revision, from: known.value.state, to: 'withdrawn' },
      origin: sent.origin,
    },
  ])
  tellShop(tx, sent.shopId, requisitionWithdrawn(requisition, outcome))
  return { kind: 'taken', requisition }
}
