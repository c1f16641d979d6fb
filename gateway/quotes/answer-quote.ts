import { sql } from 'kysely'
import type { Requisition } from '../../contract/entities'
import type { Actor } from '../../contract/primitives'
import type { Quote, QuoteOutcome } from '../../contract/quotes'
import type { Contact } from '../../domain/company'
import type { CounterLine } from '../../domain/quote/draft'
import { decideQuote, type QuoteRefusal } from '../../domain/quote/decide'
import { isUnsent } from '../../domain/quote/states'
import { isOpen, type RequisitionState } from '../../domain/requisition/states'
import { record, type Origin } from '../audit/record'
import { question, together, type Question } from '../database/together'
import type { Transaction } from '../database/transaction'
import { tellOffered, tellSender } from '../mail/tell-customer'
import {
  requisitionWhereLocked,
  saveProgress,
  type LockedRequisition,
} from '../requisitions/aggregate'
import { makeOrder, orderPlaced } from '../requisitions/place-order'
import { databaseTime, type DatabaseTime } from '../seller/today'
import { requisitionOrdered } from '../storefront/changes'
import { tellShop } from '../storefront/tell-shop'
import { decidable, quoteLocked, saveQuote, type LockedQuote } from './aggregate'
import { quoteEnded, quoteOrdered } from './changes'
import { priceOf } from './price-of'

/** What a customer says to a version of a quote. */
export type QuoteAnswer =
  | { readonly kind: 'accept' }
  | {
      readonly kind: 'counter'
      readonly message: string
      readonly lines: readonly CounterLine[]
    }
  | { readonly kind: 'decline'; readonly reason: string | null }

/** A customer's answer, by whatever door: who let them in has proved that they are the contact. */
export interface SentAnswer {
  readonly quoteId: string
  readonly revision: number
  readonly contactId: string
  readonly answer: QuoteAnswer
  readonly origin: Origin
}

/** `pointer` is a JSON pointer into an answer with the fields `quote`, `version`, `contact`, `lines`. */
export interface AnswerRefusal {
  readonly pointer: string
  readonly problem:
    | { readonly code: 'unknown_quote' }
    | { readonly code: 'unknown_contact' }
    | { readonly code: 'contact_disabled' }
    | { readonly code: 'document_of_other_company' }
    | { readonly code: 'version_not_newest'; readonly newest: number }
    | { readonly code: 'quote_not_open'; readonly state: Quote['state'] }
    | { readonly code: 'quote_expired'; readonly validUntil: string }
    | { readonly code: 'already_ordered' }
    | { readonly code: 'requisition_closed'; readonly state: RequisitionState }
    | { readonly code: 'requisition_revised' }
    | { readonly code: 'company_blocked'; readonly reason: null }
    | { readonly code: 'company_closed'; readonly reason: null }
    | { readonly code: 'unknown_line' }
}

export type AnswerReception =
  | { readonly kind: 'taken'; readonly quote: Quote }
  /** It had been said before. This is how it stands. */
  | { readonly kind: 'before'; readonly quote: Quote }
  | { readonly kind: 'refused'; readonly refusals: readonly AnswerRefusal[] }

/** What there is to know before an answer is looked at. */
export interface AnswerOpening {
  /** What the quote answers. */
  readonly requisition: LockedRequisition | null
  readonly quote: LockedQuote | null
  readonly contact: Pick<Contact, 'id' | 'name' | 'status' | 'companyId'> | null
  readonly time: DatabaseTime
}

/** Asks for all of it, and locks the quote and what it answers until the transaction ends. */
export function answerOpeningOf(
  tx: Transaction,
  { quoteId, contactId }: Pick<SentAnswer, 'quoteId' | 'contactId'>,
): Question<AnswerOpening> {
  const contact = tx
    .selectFrom('contact')
    .select(['id', 'name', 'status', 'company_id as companyId'])
    .where('id', '=', contactId)
  const all = together(
    // Before the quote, as everywhere that both are locked.
    requisitionWhereLocked(sql`r.id = (select requisition_id from quote where id = ${quoteId})`),
    quoteLocked(quoteId),
    question(contact, ([found]) => found ?? null),
    // After whoever was waited for: it may have become midnight.
    databaseTime(),
  )
  return {
    ...all,
    read(answers) {
      const [requisition, quote, found, time] = all.read(answers)
      return { requisition, quote, contact: found, time }
    },
  }
}

/**
 * Take a customer's answer to a quote, in the caller's transaction. Accepting makes the one order there
 * is of it: the seller's word was given when it was sent, so nobody is asked again. An answer that was
 * taken before is none; a refusal has written nothing.
 *
 * @param opening what `answerOpeningOf` the same answer has brought in the same transaction
 */
export async function answerQuote(
  tx: Transaction,
  sent: SentAnswer,
  opening: AnswerOpening,
): Promise<AnswerReception> {
  const { quote: locked, contact, time } = opening
  const refuse = (pointer: string, problem: AnswerRefusal['problem']): AnswerReception => ({
    kind: 'refused',
    refusals: [{ pointer, problem }],
  })
  if (!contact) return refuse('/contact', { code: 'unknown_contact' })
  if (contact.status === 'disabled') return refuse('/contact', { code: 'contact_disabled' })
  // What has never gone out is nobody's to know.
  if (!locked || (locked.value.sent === null && locked.value.revision === 1)) {
    return refuse('/quote', { code: 'unknown_quote' })
  }
  const { value } = locked
  if (value.companyId !== contact.companyId) {
    return refuse('/contact', { code: 'document_of_other_company' })
  }
  // A version that is being written has not been told of, whatever its number.
  if (isUnsent(value.state)) return refuse('/quote', { code: 'quote_not_open', state: value.state })
  const { answer, revision } = sent
  const verdict = decideQuote(decidable(locked), { kind: answer.kind, revision }, time.today)
  if (verdict.kind === 'already') return { kind: 'before', quote: value }
  if (verdict.kind === 'refused') return { kind: 'refused', refusals: [worded(verdict.refusal)] }

  const actor: Actor = { kind: 'contact', id: contact.id, name: contact.name }
  if (answer.kind === 'accept') return accept(tx, sent, opening, locked, actor)
  if (answer.kind === 'counter') {
    const unknown = answer.lines.findIndex(({ id }) => !value.lines.some((line) => line.id === id))
    if (unknown !== -1) return refuse(`/lines/${unknown}/id`, { code: 'unknown_line' })
  }
  return end(
    tx,
    locked,
    outcomeOf(answer, value, { by: actor, at: time.now.toISOString() }),
    sent.origin,
  )
}

type Ended = Extract<QuoteOutcome, { kind: 'countered' | 'declined' | 'withdrawn' | 'expired' }>

/** A quote that came to something else than an order: written, audited, and whoever is to know told. */
export function end(
  tx: Transaction,
  { value, version, search }: Pick<LockedQuote, 'value' | 'version' | 'search'>,
  outcome: Ended,
  origin: Origin,
): AnswerReception {
  const quote: Quote = { ...value, state: outcome.kind, outcome }
  saveQuote(tx, quote, version + 1, search)
  record(tx, [
    {
      type: `quote.${outcome.kind}`,
      actor: outcome.by,
      aggregateKind: 'quote',
      aggregateId: quote.id,
      version: version + 1,
      data: { revision: quote.revision, from: value.state, to: quote.state, outcome },
      origin,
    },
  ])
  // Of what has never gone out the customer has not heard.
  const isKnown = value.sent !== null || value.revision > 1
  if (isKnown) {
    if (quote.shopId !== null) tellShop(tx, quote.shopId, quoteEnded(quote, outcome))
    // What the customer has said needs no telling them.
    if (outcome.kind === 'withdrawn' || outcome.kind === 'expired') {
      tellOffered(tx, `quote.${outcome.kind}`, quote, version + 1)
    }
  }
  return { kind: 'taken', quote }
}

async function accept(
  tx: Transaction,
  { origin }: SentAnswer,
  { requisition, time }: AnswerOpening,
  { value, version, search }: LockedQuote,
  actor: Actor,
): Promise<AnswerReception> {
  const { id, number, revision } = value
  const order = await makeOrder(tx, {
    document: value,
    lines: value.lines.map((line) => ({ ...line, shown: priceOf(line) })),
    source: { kind: 'quote', id, number, part: '0' },
    by: actor,
    now: time.now,
  })
  const outcome = {
    kind: 'ordered',
    orderId: order.id,
    orderNumber: order.number,
    by: actor,
    at: order.placedAt,
  } as const
  const quote: Quote = { ...value, state: 'ordered', outcome }
  saveQuote(tx, quote, version + 2, search)
  const entry = { actor, aggregateKind: 'quote', aggregateId: id, origin }
  record(tx, [
    {
      ...entry,
      type: 'quote.accepted',
      version: version + 1,
      data: { revision, from: value.state, to: 'accepted' },
    },
    {
      ...entry,
      type: 'quote.ordered',
      version: version + 2,
      data: {
        revision,
        from: 'accepted',
        to: 'ordered',
        orderId: order.id,
        orderNumber: order.number,
        net: order.totals.net,
        currency: order.currency,
      },
    },
    orderPlaced(order, { quoteId: id }, { by: actor, origin }),
  ])
  if (quote.shopId !== null) tellShop(tx, quote.shopId, quoteOrdered(quote, order))
  tellOffered(tx, 'quote.ordered', quote, version + 2)
  if (requisition && isOpen(requisition.value.state)) {
    const answered = requisitionAnswered(tx, requisition, outcome, origin)
    tellShop(tx, answered.shop.id, requisitionOrdered(answered, order))
    // One order is one mail to one person: the quote's own tells its contact of it.
    if (answered.contactId !== quote.contactId) {
      tellSender(tx, 'requisition.ordered', answered, requisition.version + 1)
    }
  }
  return { kind: 'taken', quote }
}

/** What the quote answers has become the quote's order, and is not to become another. */
function requisitionAnswered(
  tx: Transaction,
  { value, version }: LockedRequisition,
  outcome: Extract<QuoteOutcome, { kind: 'ordered' }>,
  origin: Origin,
): Requisition {
  const change = {
    state: 'ordered',
    claimedBy: null,
    outcome: { ...outcome, automatic: false },
  } as const
  const ordered = saveProgress(tx, value, change, version + 1)
  record(tx, [
    {
      type: 'requisition.ordered',
      actor: outcome.by,
      aggregateKind: 'requisition',
      aggregateId: value.id,
      version: version + 1,
      data: {
        revision: value.revision,
        from: value.state,
        to: 'ordered',
        orderId: outcome.orderId,
        orderNumber: outcome.orderNumber,
      },
      origin,
    },
  ])
  return ordered
}

function outcomeOf(
  answer: Exclude<QuoteAnswer, { kind: 'accept' }>,
  { currency }: Quote,
  done: { readonly by: Actor; readonly at: string },
): Ended {
  if (answer.kind === 'decline') return { kind: 'declined', reason: answer.reason, ...done }
  return {
    kind: 'countered',
    message: answer.message,
    lines: answer.lines.map(({ id, quantity, price }) => ({
      id,
      quantity,
      price: price && {
        unitPrice: { amount: price.amount, basis: price.basis, currency },
        rebate: price.rebate,
      },
    })),
    ...done,
  }
}

function worded(refusal: QuoteRefusal): AnswerRefusal {
  switch (refusal.kind) {
    case 'other_revision':
      return {
        pointer: '/version',
        problem: { code: 'version_not_newest', newest: refusal.revision },
      }
    case 'wrong_state':
      return { pointer: '/quote', problem: { code: 'quote_not_open', state: refusal.state } }
    case 'validity_past':
      return {
        pointer: '/quote',
        problem: { code: 'quote_expired', validUntil: refusal.validUntil },
      }
    case 'requisition_ordered':
      return { pointer: '/quote', problem: { code: 'already_ordered' } }
    case 'requisition_closed':
      return { pointer: '/quote', problem: { code: refusal.kind, state: refusal.state } }
    case 'requisition_revised':
      return { pointer: '/quote', problem: { code: refusal.kind } }
    case 'company_blocked':
    case 'company_closed':
      return { pointer: '/contact', problem: { code: refusal.kind, reason: null } }
    case 'no_lines':
    case 'price_missing':
    case 'not_your_step':
    case 'above_limit':
    case 'own_work':
      throw new Error(`A quote that was sent cannot be answered: ${refusal.kind}.`)
  }
}
