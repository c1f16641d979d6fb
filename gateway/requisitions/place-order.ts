import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { DocumentHead } from '../../contract/document'
import type { Order, OrderLine, Requisition, RequisitionLine } from '../../contract/entities'
import { refusal, type Refusal } from '../../contract/errors'
import type { Actor } from '../../contract/primitives'
import {
  placeLines,
  type LineToPlace,
  type PlacedLine,
} from '../../domain/availability/place-lines'
import type { ApprovalStep } from '../../domain/approval/steps'
import type { Availability } from '../../domain/availability/position'
import { todayIn } from '../../domain/calendar'
import { ONE_UNIT, type CalendarDate } from '../../domain/units'
import { record, type AuditEntry, type Origin } from '../audit/record'
import { ask, together } from '../database/together'
import { writeAtEnd, type Transaction, type WriteGroup } from '../database/transaction'
import { publish } from '../feed/publish'
import { sellerForOrder } from '../seller/load'
import { stockOf, type StockOfArticles } from '../stock/load'
import { requisitionOrdered } from '../storefront/changes'
import { tellShop } from '../storefront/tell-shop'
import { writable } from '../writable'
import { saveProgress } from './aggregate'

/** What makes an order of a requisition: who says so, when, and from which warehouses. */
export interface Placing {
  /** The requisition as it stands before, already locked by the caller (`for update`). */
  readonly requisition: Requisition
  /** The version the requisition has after this. */
  readonly version: number
  readonly by: Actor
  readonly automatic: boolean
  /** As they stand with this approval; absent where no rule demands any. */
  readonly steps?: readonly ApprovalStep[] | undefined
  /** Line id → warehouse the approver chose; the others get the best one. */
  readonly warehouses: Readonly<Record<string, string>>
  readonly now: Date
  readonly origin: Origin
}

export type PlacedOrder =
  | {
      readonly ok: true
      readonly orderId: string
      readonly orderNumber: string
      /** The requisition as it now stands, state `ordered`. */
      readonly requisition: Requisition
    }
  | { readonly ok: false; readonly error: Refusal }
export type PlaceOrder = (tx: Transaction, placing: Placing) => Promise<PlacedOrder>

/**
 * Make the firm order of a requisition: order, lines, the requisition's new state, audit, changes and
 * what the shop is told, all in the caller's transaction. The order is unique on its source, so even
 * a caller that forgot to lock could not place a second one.
 */
export const placeOrder: PlaceOrder = async (tx, placing) => {
  const { requisition, now, by, automatic, origin } = placing
  const { id, number } = requisition
  const made = await makeOrder(tx, {
    document: requisition,
    lines: requisition.lines,
    source: { kind: 'requisition', id, number, part: '0' },
    by,
    warehouses: placing.warehouses,
    now,
  })
  if (!made.ok) return made
  const { order } = made
  const outcome = {
    kind: 'ordered',
    orderId: order.id,
    orderNumber: order.number,
    by,
    at: order.placedAt,
    automatic,
  } as const
  const ordered = saveProgress(
    tx,
    requisition,
    {
      state: 'ordered',
      claimedBy: null,
      outcome,
      ...(placing.steps && { steps: writable(placing.steps) }),
    },
    placing.version,
  )
  record(tx, [
    {
      type: 'requisition.approved',
      actor: by,
      aggregateKind: 'requisition',
      aggregateId: requisition.id,
      version: placing.version,
      data: {
        revision: requisition.revision,
        from: requisition.state,
        to: 'ordered',
        automatic,
        ...(placing.steps && { steps: placing.steps }),
        orderId: order.id,
        orderNumber: order.number,
        net: order.totals.net,
        currency: order.currency,
      },
      origin,
    },
    orderPlaced(order, { requisitionId: requisition.id }, { by, origin }),
  ])
  tellShop(tx, requisition.shop.id, requisitionOrdered(ordered, order))
  return { ok: true, orderId: order.id, orderNumber: order.number, requisition: ordered }
}

/** What an order is made of. */
export interface OrderMaking {
  readonly document: DocumentHead & Pick<Order, 'totals'>
  readonly lines: readonly LineToOrder[]
  readonly source: Order['source']
  readonly by: Actor
  /** See `Placing`. */
  readonly warehouses: Readonly<Record<string, string>>
  readonly now: Date
}

/** A line with its price: the one said, else the one resolved. */
export type LineToOrder = Pick<
  RequisitionLine,
  | 'id'
  | 'articleId'
  | 'quantity'
  | 'shown'
  | 'resolved'
  | 'vatRate'
  | 'rowAmount'
  | 'warehouseId'
  | 'requestedDate'
  | 'comment'
>

/**
 * Make a firm order, in the caller's transaction: order, lines and changes. What it was made of, the
 * audit and the shop are the caller's. It is unique on its source.
 */
export async function makeOrder(
  tx: Transaction,
  making: OrderMaking,
): Promise<
  { readonly ok: true; readonly order: Order } | { readonly ok: false; readonly error: Refusal }
> {
  const { document, source, by, now } = making
  const articleIds = new Set(making.lines.map(({ articleId }) => articleId))
  const [{ seller, orderNumber: number }, stock] = await ask(
    tx,
    together(sellerForOrder(tx), stockOf([...articleIds])),
  )
  const unknown = unknownWarehouses(making.warehouses, stock, making.lines)
  if (unknown) return { ok: false, error: unknown }

  const at = now.toISOString()
  const today = todayIn(seller.timeZone, at)
  const calendar = { holidays: new Set(seller.holidays) }
  const placements = placeAll(making, stock, { today, calendar, step: ONE_UNIT })
  const lines = making.lines.map((line) => orderLine(line, placements.get(line.id), today))
  const order: Order = {
    ...headOf(document),
    id: uuid(),
    number,
    state: 'placed',
    source,
    placedAt: at,
    placedBy: by,
    lines,
    totals: document.totals,
  }
  writeAtEnd(tx, orders, [order])
  writeAtEnd(tx, orderLines, [order])
  publish(tx, [
    { kind: 'order', id: order.id, version: 1, companyId: order.companyId, value: order },
    {
      kind: 'commitment',
      id: order.id,
      value: {
        orderId: order.id,
        exportedAt: null,
        lines: lines.flatMap(({ articleId, warehouseId, quantity, requestedDate }) =>
          warehouseId === null
            ? []
            : [{ articleId, warehouseId, quantity, plannedDate: requestedDate }],
        ),
      },
    },
  ])
  return { ok: true, order }
}

/** The audit's entry of a new order. @param source the id of what it was made of */
export function orderPlaced(
  order: Order,
  source: { readonly requisitionId: string } | { readonly quoteId: string },
  { by, origin }: { readonly by: Actor; readonly origin: Origin },
): AuditEntry {
  const { number, totals } = order
  return {
    type: 'order.placed',
    actor: by,
    aggregateKind: 'order',
    aggregateId: order.id,
    version: 1,
    data: { number, ...source, lines: order.lines.length, totals },
    origin,
  }
}

/** Every line placed, those of one article one after the other. By line id. */
function placeAll(
  { lines: toOrder, warehouses }: OrderMaking,
  stock: StockOfArticles,
  context: Parameters<typeof placeLines>[2],
): ReadonlyMap<string, PlacedLine> {
  const byArticle = new Map<string, LineToPlace[]>()
  for (const line of toOrder) {
    const lines = byArticle.get(line.articleId) ?? []
    byArticle.set(line.articleId, lines)
    lines.push({
      id: line.id,
      quantity: line.quantity,
      plannedDate: line.requestedDate,
      wantedWarehouseId: line.warehouseId,
      chosenWarehouseId: ownValue(warehouses, line.id),
    })
  }
  return new Map(
    [...byArticle].flatMap(([articleId, lines]) => [
      ...placeLines(lines, stock.get(articleId) ?? [], context),
    ]),
  )
}

/** A line may be called `constructor`: only what was really said counts. */
function ownValue(said: Placing['warehouses'], lineId: string): string | null {
  return Object.hasOwn(said, lineId) ? (said[lineId] ?? null) : null
}

function unknownWarehouses(
  chosen: Placing['warehouses'],
  stock: StockOfArticles,
  lines: readonly LineToOrder[],
): Refusal | null {
  for (const [lineId, warehouseId] of Object.entries(chosen)) {
    const line = lines.find(({ id }) => id === lineId)
    const options = line ? (stock.get(line.articleId) ?? []) : []
    if (!options.some((option) => option.warehouseId === warehouseId)) {
      return refusal('invalid', 'A line was given a warehouse that it cannot come from.', {
        issues: [
          {
            pointer: `/payload/warehouses/${lineId}`,
            message: 'no such line, or not opened for it',
          },
        ],
      })
    }
  }
  return null
}

/** Where the line comes from, at the price it was shown or else resolved, and when it can leave. */
function orderLine(
  line: LineToOrder,
  placed: PlacedLine | undefined,
  today: CalendarDate,
): OrderLine {
  const price = line.shown ?? (line.resolved.kind === 'priced' ? line.resolved : null)
  if (!price || line.rowAmount === null)
    throw new Error(`Line ${line.id} has no price and cannot be ordered.`)
  const warehouseId = placed?.warehouseId ?? null
  const answer = placed?.placement?.answers.find((one) => one.warehouseId === warehouseId)
  return {
    id: line.id,
    articleId: line.articleId,
    quantity: line.quantity,
    unitPrice: price.unitPrice,
    rebate: price.rebate,
    vatRate: line.vatRate,
    rowAmount: line.rowAmount,
    warehouseId: warehouseId ?? line.warehouseId,
    requestedDate: line.requestedDate,
    expectedDate: answer ? expectedDate(answer.availability, today) : null,
    confirmedDate: null,
    comment: line.comment,
  }
}

function expectedDate(availability: Availability, today: CalendarDate): CalendarDate | null {
  switch (availability.kind) {
    case 'deliverable':
      return today
    case 'promised':
    case 'lead_time':
      return availability.date
    case 'out_of_stock':
      return null
  }
}

function headOf(document: DocumentHead): DocumentHead {
  const {
    companyId,
    contactId,
    currency,
    deliveryAddress,
    yourReference,
    purchaseOrderNumber,
    goodsMark,
    freightTerms,
    partDeliveries,
    requestedDate,
    comment,
  } = document
  return {
    companyId,
    contactId,
    currency,
    deliveryAddress,
    yourReference,
    purchaseOrderNumber,
    goodsMark,
    freightTerms,
    partDeliveries,
    requestedDate,
    comment,
  }
}

const orders: WriteGroup<Order> = {
  statement: (placed) => sql`
    insert into sales_order (
      id, number, source_kind, source_id, part, state, version, company_id, contact_id, currency,
      net, gross, placed_at, body, search)
    select (o.body->>'id')::uuid, o.body->>'number', o.body->'source'->>'kind', (o.body->'source'->>'id')::uuid,
      o.body->'source'->>'part', o.body->>'state', 1, o.body->>'companyId', o.body->>'contactId',
      o.body->>'currency', (o.body->'totals'->>'net')::bigint, (o.body->'totals'->>'gross')::bigint,
      (o.body->>'placedAt')::timestamptz, o.body,
      -- An order is found by the words of what it was made of and by its own number.
      lower(o.body->>'number') || ' ' || source.words
    from jsonb_array_elements(${JSON.stringify(placed)}::jsonb) as o (body)
    cross join lateral (
      select words from requisition_words
      where requisition_id = (o.body->'source'->>'id')::uuid and o.body->'source'->>'kind' = 'requisition'
      union all
      select search from quote
      where id = (o.body->'source'->>'id')::uuid and o.body->'source'->>'kind' = 'quote'
    ) source`,
}

/** One parameter however many lines: ten thousand rows of values would pass the protocol's limit. */
const orderLines: WriteGroup<Order> = {
  statement: (placed) => sql`
    insert into sales_order_line
      (order_id, line_id, article_id, warehouse_id, quantity, unit_price, basis, rebate, vat_rate, row_amount, planned_date)
    select (o.body->>'id')::uuid, l.id, l."articleId", l."warehouseId", l.quantity,
      (l."unitPrice"->>'amount')::bigint, l."unitPrice"->>'basis', l.rebate, l."vatRate", l."rowAmount", l."requestedDate"
    from jsonb_array_elements(${JSON.stringify(placed)}::jsonb) as o (body),
      jsonb_to_recordset(o.body->'lines') as l (
        id text, "articleId" text, "warehouseId" text, quantity bigint, "unitPrice" jsonb,
        rebate integer, "vatRate" integer, "rowAmount" bigint, "requestedDate" date)`,
}
