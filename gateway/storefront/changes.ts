import type { Order, Proposal, Requisition, RequisitionOutcome } from '../../contract/entities'
import type { StorefrontChange } from '../../contract/storefront'
import { mediaTypeOf } from '../../domain/attachment/kind'
import { waitingSince } from '../../domain/approval/deadlines'
import { buyerOf } from '../../domain/approval/steps'
import { minorUnitExponent } from '../../domain/money/currency'
import { MICRO_SCALE, MILLI_SCALE, PERCENT_SCALE, printDecimal } from '../../domain/money/decimal'
import { priceToOrder } from '../../domain/requisition/line-price'

import { customersAttachments } from '../customers/attachments'

type Outcome<Kind extends RequisitionOutcome['kind']> = Extract<RequisitionOutcome, { kind: Kind }>

/** It has come in, as its first or next revision. */
export function requisitionReceived(requisition: Requisition): StorefrontChange {
  return {
    type: 'requisition.received',
    timestamp: waitingSince(requisition),
    data: { ...about(requisition, null), state: requisition.state },
  }
}

export function requisitionRejected(
  requisition: Requisition,
  outcome: Outcome<'rejected'>,
): StorefrontChange {
  return {
    type: 'requisition.rejected',
    timestamp: outcome.at,
    data: { ...about(requisition, outcome), reason: outcome.reason },
  }
}

export function requisitionReturned(
  requisition: Requisition,
  outcome: Outcome<'returned'>,
): StorefrontChange {
  return {
    type: 'requisition.returned',
    timestamp: outcome.at,
    data: {
      ...about(requisition, outcome),
      message: outcome.message,
      ...(outcome.proposal && { proposal: proposalTold(outcome.proposal) }),
      ...(outcome.quote && { quote: outcome.quote.number }),
    },
  }
}

/** Somebody of the company's own who may order is asked to approve it. */
export function requisitionAwaitsBuyer(requisition: Requisition): StorefrontChange {
  return {
    type: 'requisition.awaits_buyer',
    timestamp: waitingSince(requisition),
    data: { ...about(requisition, null), ...sumsOf(requisition) },
  }
}

/** Nobody of the company's own is asked any more: one has approved, or it was let go or is not demanded. */
export function requisitionAwaitsNoBuyer(requisition: Requisition): StorefrontChange {
  return {
    type: 'requisition.awaits_no_buyer',
    timestamp: waitingSince(requisition),
    data: { ...about(requisition, null), approvedBy: buyerOf(requisition.steps)?.name ?? null },
  }
}

function proposalTold({ lines, totals, ...head }: Proposal) {
  const money = moneyIn(totals.currency)
  return {
    currency: totals.currency,
    net: money(totals.net),
    vat: money(totals.gross - totals.net),
    gross: money(totals.gross),
    ...head,
    lines: lines.map((line) => {
      const price = priceToOrder(line)
      return {
        id: line.id,
        article: line.articleId,
        quantity: printDecimal(line.quantity, MILLI_SCALE),
        price: price && {
          amount: printDecimal(price.unitPrice.amount, MICRO_SCALE),
          basis: price.unitPrice.basis,
          rebate: printDecimal(price.rebate, PERCENT_SCALE),
        },
        rowAmount: line.rowAmount === null ? null : money(line.rowAmount),
        warehouse: line.warehouseId,
        requestedDate: line.requestedDate,
        comment: line.comment,
      }
    }),
  }
}

function moneyIn(currency: string) {
  return (amount: number) => printMoney(amount, currency)
}

export function requisitionWithdrawn(
  requisition: Requisition,
  outcome: Outcome<'withdrawn'>,
): StorefrontChange {
  return {
    type: 'requisition.withdrawn',
    timestamp: outcome.at,
    data: { ...about(requisition, outcome), reason: outcome.reason },
  }
}

/** Nobody finished it in time. */
export function requisitionExpired(
  requisition: Requisition,
  outcome: Outcome<'expired'>,
): StorefrontChange {
  return {
    type: 'requisition.expired',
    timestamp: outcome.at,
    data: about(requisition, outcome),
  }
}

/** Some of its lines are a document of their own from now on. */
export function requisitionSplit(
  stay: Requisition,
  rest: Requisition,
  { by, at }: { readonly by: { readonly name: string }; readonly at: Date },
): StorefrontChange {
  const idsOf = ({ lines }: Requisition) => lines.map(({ id }) => id)
  return {
    type: 'requisition.split',
    timestamp: at.toISOString(),
    data: {
      ...about(stay, null),
      decidedBy: by.name,
      lines: idsOf(stay),
      rest: {
        id: rest.shop.documentId,
        number: rest.number,
        revision: rest.revision,
        lines: idsOf(rest),
      },
    },
  }
}

/** What the customer may fetch of it is another thing than it was; null where it is the same. */
export function attachmentsShared(
  before: Requisition | null,
  after: Requisition,
  at: Date,
): StorefrontChange | null {
  const attachments = sharedOf(after)
  if (JSON.stringify(attachments) === JSON.stringify(before ? sharedOf(before) : [])) return null
  return {
    type: 'requisition.attachments',
    timestamp: at.toISOString(),
    data: { ...about(after, null), attachments },
  }
}

function sharedOf(requisition: Requisition) {
  return customersAttachments(requisition).map(({ id, name, kind, size, sha256 }) => ({
    id,
    name,
    mediaType: mediaTypeOf(kind),
    size,
    sha256,
  }))
}

/** It became an order, with its number, amounts and dates. */
export function requisitionOrdered(requisition: Requisition, order: Order): StorefrontChange {
  const { outcome } = requisition
  return {
    type: 'requisition.ordered',
    timestamp: order.placedAt,
    data: {
      ...about(requisition, outcome),
      ...aboutOrder(order),
    },
  }
}

/** What a shop is told of an order. */
export function aboutOrder(order: Order) {
  const { currency } = order
  return {
    orderNumber: order.number,
    ...sumsOf(order),
    lines: order.lines.map((line) => ({
      id: line.id,
      article: line.articleId,
      quantity: printDecimal(line.quantity, MILLI_SCALE),
      rowAmount: printMoney(line.rowAmount, currency),
      warehouse: line.warehouseId,
      requestedDate: line.requestedDate,
      expectedDate: line.expectedDate,
    })),
  }
}

/** A document's sums in words. */
export function sumsOf({ currency, totals }: Pick<Order, 'currency' | 'totals'>) {
  return {
    currency,
    net: printMoney(totals.net, currency),
    vat: printMoney(totals.gross - totals.net, currency),
    gross: printMoney(totals.gross, currency),
  }
}

/** An amount in the major unit of its currency. */
export function printMoney(amount: number, currency: string): string {
  const exponent = minorUnitExponent(currency)
  return printDecimal(amount, exponent, exponent)
}

function about(requisition: Requisition, outcome: RequisitionOutcome | null) {
  const { restOf } = requisition
  return {
    id: requisition.shop.documentId,
    number: requisition.number,
    revision: requisition.revision,
    company: requisition.companyId,
    contact: requisition.contactId,
    decidedBy: outcome && decidedBy(outcome),
    ...(restOf && { restOf: { id: restOf.documentId, number: restOf.number } }),
  }
}

/** Nobody when no decision was asked for. */
function decidedBy(outcome: RequisitionOutcome): string | null {
  if (outcome.by.kind === 'system') return null
  return outcome.kind === 'ordered' && outcome.automatic ? null : outcome.by.name
}
