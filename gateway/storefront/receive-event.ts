import { createHash } from 'node:crypto'
import type { Requisition } from '../../contract/entities'
import {
  storefrontReceiptSchema,
  type StorefrontEvent,
  type StorefrontReceipt,
} from '../../contract/storefront'
import type { RequisitionKind } from '../../domain/requisition/states'
import type { Origin } from '../audit/record'
import { inTransaction, Rollback, sqlState, type Transaction } from '../database/transaction'
import type { GatewayContext } from '../gateway-context'
import type { PlaceOrder } from '../requisitions/place-order'
import { receiveDocument, type DocumentReception } from '../requisitions/receive-document'
import { withdrawDocument, type WithdrawalReception } from '../requisitions/withdraw-document'
import { describeRefusal } from './describe-refusal'
import type { ProblemError } from './problem'

/** An event of a shop that has proved to be it. */
export interface SignedEvent {
  readonly shopId: string
  readonly webhookId: string
  /** The body as it came. */
  readonly body: Uint8Array | string
  readonly event: StorefrontEvent
}

export type EventReception =
  | { readonly kind: 'taken'; readonly receipt: StorefrontReceipt }
  /** This event, or what it says, had been received before. */
  | { readonly kind: 'before'; readonly receipt: StorefrontReceipt }
  | { readonly kind: 'refused'; readonly errors: readonly [ProblemError, ...ProblemError[]] }

type Refused = Extract<EventReception, { kind: 'refused' }>

const uniqueViolation = '23505'
const attempts = 5

/**
 * Receive an event once, however often and wherever it comes in: the database's unique keys decide
 * between twins, and the one that loses starts over and finds what the other has done.
 */
export async function receiveEvent(
  context: GatewayContext,
  placeOrder: PlaceOrder,
  signed: SignedEvent,
): Promise<EventReception> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const reception = await inTransaction(context.db, (tx) =>
        receive(tx, context, placeOrder, signed),
      )
      if (reception.kind === 'taken') context.wake()
      return reception
    } catch (error) {
      if (error instanceof Rollback) return error.value as Refused
      if (attempt >= attempts || sqlState(error) !== uniqueViolation) throw error
    }
  }
}

async function receive(
  tx: Transaction,
  context: GatewayContext,
  placeOrder: PlaceOrder,
  { shopId, webhookId, body, event }: SignedEvent,
): Promise<EventReception> {
  const bodyHash = createHash('sha256').update(body).digest()
  const earlier = await receivedBefore(tx, { shopId, webhookId }, bodyHash)
  if (earlier) return earlier

  const reception = await handle(tx, placeOrder, event, {
    shopId,
    now: context.now(),
    origin: { via: 'storefront', shop: shopId, event: webhookId },
  })
  if (reception.kind === 'refused') {
    // A twin under the same id may have gone ahead while this one waited for its document: then the id
    // is what there is to say.
    const twin = await receivedBefore(tx, { shopId, webhookId }, bodyHash)
    if (twin) return twin
    const [first, ...more] = reception.refusals.map((refusal) =>
      describeRefusal(refusal, event.data),
    )
    if (!first) throw new Error('An event was refused without a reason.')
    throw refused(first, ...more)
  }
  const receipt = receiptOf(webhookId, reception.requisition)
  await tx
    .insertInto('storefront_event')
    .values({
      shop_id: shopId,
      webhook_id: webhookId,
      body_hash: bodyHash,
      receipt: JSON.stringify(receipt),
    })
    .execute()
  return { kind: reception.kind, receipt }
}

/** What was received under the id of an event, or null; with another body it is refused. */
async function receivedBefore(
  tx: Transaction,
  { shopId, webhookId }: Pick<SignedEvent, 'shopId' | 'webhookId'>,
  bodyHash: Buffer,
): Promise<EventReception | null> {
  const earlier = await tx
    .selectFrom('storefront_event')
    .select(['body_hash', 'receipt'])
    .where('shop_id', '=', shopId)
    .where('webhook_id', '=', webhookId)
    .executeTakeFirst()
  if (!earlier) return null
  if (!earlier.body_hash.equals(bodyHash)) {
    throw refused({
      code: 'event_id_reused',
      detail: `The webhook-id “${webhookId}” came with another body before. Give every event an id of its own.`,
    })
  }
  // Parsed, so that it is written as it was the first time: jsonb forgets the order of keys.
  return { kind: 'before', receipt: storefrontReceiptSchema.parse(earlier.receipt) }
}

function handle(
  tx: Transaction,
  placeOrder: PlaceOrder,
  event: StorefrontEvent,
  from: { readonly shopId: string; readonly now: Date; readonly origin: Origin },
): Promise<DocumentReception | WithdrawalReception> {
  if (event.type === 'requisition.withdrawn') {
    const { id: documentId, contact: contactId, reason } = event.data
    return withdrawDocument(tx, { ...from, documentId, contactId, reason })
  }
  const { data: document, timestamp: sentAt } = event
  return receiveDocument(tx, { ...from, kind: kindOf[event.type], document, sentAt }, placeOrder)
}

const kindOf = {
  'list.sent': 'list',
  'quote.requested': 'quote_request',
  'requisition.submitted': 'proposal',
} as const satisfies Partial<Record<StorefrontEvent['type'], RequisitionKind>>

function receiptOf(id: string, requisition: Requisition): StorefrontReceipt {
  const { number, revision, state, outcome } = requisition
  const orderNumber = outcome?.kind === 'ordered' ? outcome.orderNumber : null
  return { id, requisition: { id: requisition.id, number, revision, state, orderNumber } }
}

function refused(...errors: Refused['errors']): Rollback<Refused> {
  return new Rollback({ kind: 'refused', errors })
}
