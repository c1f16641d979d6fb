import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
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
import { priceToOrder } from '../../domain/requisition/intake'
import { ONE_UNIT, type CalendarDate } from '../../domain/units'
import { record, type Origin } from '../audit/record'
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
  const { requisition, now, by, automatic } = placing
  const articleIds = new Set(requisition.lines.map(({ articleId }) => articleId))
  const [{ seller, orderNumber: number }, stock] = await ask(
    tx,
    together(sellerForOrder(tx), stockOf([...articleIds])),
  )
  const unknown = unknownWarehouses(placing.warehouses, stock, requisition.lines)
  if (unknown) return { ok: false, error: unknown }

  const at = now.toISOString()
  const today = todayIn(seller.timeZone, at)
  const calendar = { holidays: new Set(seller.holidays) }
  const placements = placeAll(placing, stock, { today, calendar, step: ONE_UNIT })
  const lines = requisition.lines.map((line) => orderLine(line, placements.get(line.id), today))
  const order: Order = {
    ...headOf(requisition),
    id: uuid(),
    number,
    state: 'placed',
    source: { kind: 'requisition', id: requisition.id, number: requisition.number, part: '0' },
    placedAt: at,
    placedBy: by,
    lines,
    totals: requisition.totals,
  }
  writeAtEnd(tx, orders, [order])
  writeAtEnd(tx, orderLines, [order])
  const ordered = saveProgress(
    tx,
    requisition,
    {
      state: 'ordered',
      claimedBy: null,
      outcome: { kind: 'ordered', orderId: order.id, orderNumber: number, by, at, automatic },
      ...(placing.steps && { steps: writable(placing.steps) }),
    },
    placing.version,
  )
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
        orderNumber: number,
        net: order.totals.net,
        currency: order.currency,
      },
      origin: placing.origin,
    },
    {
      type: 'order.placed',
      actor: by,
      aggregateKind: 'order',
      aggregateId: order.id,
      version: 1,
      data: { number, requisitionId: requisition.id, lines: lines.length, totals: order.totals },
      origin: placing.origin,
    },
  ])
  tellShop(tx, requisition.shop.id, requisitionOrdered(ordered, order))
  return { ok: true, orderId: order.id, orderNumber: number, requisition: ordered }
}

/** Every line placed, those of one article one after the other. By line id. */
function placeAll(
  { requisition, warehouses }: Placing,
  stock: StockOfArticles,
  context: Parameters<typeof placeLines>[2],
): ReadonlyMap<string, PlacedLine> {
  const byArticle = new Map<string, LineToPlace[]>()
  for (const line of requisition.lines) {
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
  lines: readonly RequisitionLine[],
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

/** Where the line comes from, at the price it is ordered at, and when it can leave. */
function orderLine(
  line: RequisitionLine,
  placed: PlacedLine | undefined,
  today: CalendarDate,
): OrderLine {
  const price = priceToOrder(line)
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

function headOf(requisition: Requisition) {
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
  } = requisition
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
    select (o.body->>'id')::uuid, o.body->>'number', 'requisition', requisition_words.requisition_id,
      o.body->'source'->>'part', o.body->>'state', 1, o.body->>'companyId', o.body->>'contactId',
      o.body->>'currency', (o.body->'totals'->>'net')::bigint, (o.body->'totals'->>'gross')::bigint,
      (o.body->>'placedAt')::timestamptz, o.body,
      -- An order is found by the words of the requisition and by its own number.
      lower(o.body->>'number') || ' ' || requisition_words.words
    from jsonb_array_elements(${JSON.stringify(placed)}::jsonb) as o (body)
    join requisition_words on requisition_words.requisition_id = (o.body->'source'->>'id')::uuid`,
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
