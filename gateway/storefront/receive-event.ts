import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Requisition } from '../../contract/entities'
import {
  anyReceiptSchema,
  type AnyStorefrontEvent,
  type QuoteAnswerEvent,
  type AnyReceipt,
} from '../../contract/storefront'
import type { BuyerAnswer } from '../../domain/requisition/buyer-decision'
import type { RequisitionKind } from '../../domain/requisition/states'
import type { Quote } from '../../contract/quotes'
import { ask, question, together, type Question } from '../database/together'
import {
  inTransaction,
  Rollback,
  sqlState,
  writeAtEnd,
  type Transaction,
  type WriteGroup,
} from '../database/transaction'
import { uuidOrNil } from '../database/uuid'
import type { GatewayContext } from '../gateway-context'
import {
  acceptanceOpeningOf,
  acceptProposal,
  type AcceptanceReception,
} from '../requisitions/answer-proposal'
import { answerAsBuyer, buyerOpeningOf, type BuyerReception } from '../requisitions/answer-as-buyer'
import {
  answerOpeningOf,
  answerQuote,
  type AnswerReception,
  type QuoteAnswer,
} from '../quotes/answer-quote'
import type { PlaceOrder } from '../requisitions/place-order'
import {
  openingOf,
  receiveDocument,
  type DocumentReception,
} from '../requisitions/receive-document'
import {
  withdrawalOpeningOf,
  withdrawDocument,
  type WithdrawalReception,
} from '../requisitions/withdraw-document'
import { describeRefusal } from './describe-refusal'
import type { ProblemError } from './problem'

/** An event of a shop that has proved to be it. */
export interface SignedEvent {
  readonly shopId: string
  readonly webhookId: string
  /** The body as it came. */
  readonly body: Uint8Array | string
  readonly event: AnyStorefrontEvent
}

export type EventReception =
  | { readonly kind: 'taken'; readonly receipt: AnyReceipt }
  /** This event, or what it says, had been received before. */
  | { readonly kind: 'before'; readonly receipt: AnyReceipt }
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
  const before = receivedBefore(tx, { shopId, webhookId }, bodyHash)
  const from = {
    shopId,
    now: context.now(),
    origin: { via: 'storefront', shop: shopId, event: webhookId },
  } as const

  let reception:
    DocumentReception | WithdrawalReception | AcceptanceReception | BuyerReception | AnswerReception
  if (isQuoteAnswer(event)) {
    const quoteId = await ask(tx, quoteOf(tx, shopId, event.data.quote))
    const { origin } = from
    const { contact: contactId, version: revision } = event.data
    const sent = { quoteId, contactId, revision, answer: answerOf(event), origin }
    const [earlier, opening] = await ask(tx, together(before, answerOpeningOf(tx, sent)))
    if (earlier) return earlier
    reception = await answerQuote(tx, sent, opening)
  } else if (event.type === 'requisition.withdrawn') {
    const { id: documentId, contact: contactId, reason } = event.data
    const sent = { ...from, documentId, contactId, reason }
    const [earlier, opening] = await ask(tx, together(before, withdrawalOpeningOf(tx, sent)))
    if (earlier) return earlier
    reception = withdrawDocument(tx, sent, opening)
  } else if (event.type === 'requisition.accepted') {
    const { id: documentId, contact: contactId, revision } = event.data
    const sent = { ...from, documentId, contactId, revision, sentAt: event.timestamp }
    const [earlier, opening] = await ask(tx, together(before, acceptanceOpeningOf(tx, sent)))
    if (earlier) return earlier
    reception = await acceptProposal(tx, sent, opening, placeOrder)
  } else if (
    event.type === 'requisition.buyer_approved' ||
    event.type === 'requisition.buyer_rejected'
  ) {
    const { id: documentId, contact: contactId, revision } = event.data
    const answer: BuyerAnswer =
      event.type === 'requisition.buyer_approved'
        ? { kind: 'approve' }
        : { kind: 'reject', reason: event.data.reason }
    const sent = { ...from, documentId, contactId, revision, answer }
    const [earlier, opening] = await ask(tx, together(before, buyerOpeningOf(tx, sent)))
    if (earlier) return earlier
    reception = await answerAsBuyer(tx, sent, opening, placeOrder)
  } else {
    const { data: document, timestamp: sentAt } = event
    const sent = { ...from, kind: kindOf[event.type], document, sentAt }
    const [earlier, opening] = await ask(tx, together(before, openingOf(tx, sent)))
    if (earlier) return earlier
    reception = await receiveDocument(tx, sent, opening, placeOrder)
  }
  if (reception.kind === 'refused') {
    // A twin under the same id may have gone ahead while this one waited for its document: then the id
    // is what there is to say.
    const twin = await ask(tx, before)
    if (twin) return twin
    const [first, ...more] = reception.refusals.map((refusal) =>
      describeRefusal(refusal, event.data),
    )
    if (!first) throw new Error('An event was refused without a reason.')
    throw refused(first, ...more)
  }
  const receipt =
    'quote' in reception
      ? quoteReceiptOf(webhookId, reception.quote)
      : receiptOf(webhookId, reception.requisition)
  writeAtEnd(tx, receivedEvents, [
    { shopId, webhookId, bodyHash: bodyHash.toString('hex'), receipt },
  ])
  return { kind: reception.kind, receipt }
}

const receivedEvents: WriteGroup<{
  readonly shopId: string
  readonly webhookId: string
  readonly bodyHash: string
  readonly receipt: AnyReceipt
}> = {
  statement: (rows) => sql`
    insert into storefront_event (shop_id, webhook_id, body_hash, receipt)
    select "shopId", "webhookId", decode("bodyHash", 'hex'), receipt
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (
      "shopId" text, "webhookId" text, "bodyHash" text, receipt jsonb)`,
}

/** What was received under the id of an event, or null; with another body it is refused. */
function receivedBefore(
  tx: Transaction,
  { shopId, webhookId }: Pick<SignedEvent, 'shopId' | 'webhookId'>,
  bodyHash: Buffer,
): Question<EventReception | null> {
  const event = tx
    .selectFrom('storefront_event')
    .select(['body_hash', 'receipt'])
    .where('shop_id', '=', shopId)
    .where('webhook_id', '=', webhookId)
  return question(event, ([earlier]) => {
    if (!earlier) return null
    if (!earlier.body_hash.equals(bodyHash)) {
      throw refused({
        code: 'event_id_reused',
        detail: `The webhook-id “${webhookId}” came with another body before. Give every event an id of its own.`,
      })
    }
    // Parsed, so that it is written as it was the first time: jsonb forgets the order of keys.
    return { kind: 'before', receipt: anyReceiptSchema.parse(earlier.receipt) }
  })
}

const kindOf = {
  'list.sent': 'list',
  'quote.requested': 'quote_request',
  'requisition.submitted': 'proposal',
} as const satisfies Partial<Record<AnyStorefrontEvent['type'], RequisitionKind>>

function receiptOf(id: string, requisition: Requisition): AnyReceipt {
  const { number, revision, state, outcome } = requisition
  const orderNumber = outcome?.kind === 'ordered' ? outcome.orderNumber : null
  return { id, requisition: { id: requisition.id, number, revision, state, orderNumber } }
}

function isQuoteAnswer(event: AnyStorefrontEvent): event is QuoteAnswerEvent {
  return (
    event.type === 'quote.accepted' ||
    event.type === 'quote.countered' ||
    event.type === 'quote.declined'
  )
}

function answerOf(event: QuoteAnswerEvent): QuoteAnswer {
  switch (event.type) {
    case 'quote.accepted':
      return { kind: 'accept' }
    case 'quote.countered':
      return { kind: 'counter', message: event.data.message, lines: event.data.lines }
    case 'quote.declined':
      return { kind: 'decline', reason: event.data.reason }
  }
}

/** A quote that this shop is told of, by its number; what is another's there is none of. */
function quoteOf(tx: Transaction, shopId: string, number: string): Question<string> {
  const quote = tx
    .selectFrom('quote')
    .select('id')
    .where('number', '=', number)
    .where('shop_id', '=', shopId)
  return question(quote, ([found]) => found?.id ?? uuidOrNil(''))
}

function quoteReceiptOf(
  id: string,
  { id: quoteId, number, revision, state, outcome }: Quote,
): AnyReceipt {
  const orderNumber = outcome?.kind === 'ordered' ? outcome.orderNumber : null
  return { id, quote: { id: quoteId, number, version: revision, state, orderNumber } }
}

function refused(...errors: Refused['errors']): Rollback<Refused> {
  return new Rollback({ kind: 'refused', errors })
}
