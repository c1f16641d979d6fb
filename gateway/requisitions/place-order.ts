import { sql } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { DocumentHead } from '../../contract/document'
import type {
  Order,
  OrderLine,
  Requisition,
  RequisitionLine,
  Seller,
} from '../../contract/entities'
import type { Actor } from '../../contract/primitives'
import { buyerOf, type ApprovalStep } from '../../domain/approval/steps'
import type { WorkCalendar } from '../../domain/article'
import type { Delivery } from '../../domain/availability/delivery'
import { ownHolds, withoutHeld } from '../../domain/availability/holds'
import { placeDocument, type PlacedLine } from '../../domain/availability/place-lines'
import { expectedDate } from '../../domain/availability/expected-date'
import { todayIn } from '../../domain/calendar'
import type { DocumentTotals } from '../../domain/money/totals'
import type { PriceResolution } from '../../domain/pricing/rules'
import { amountsAt, priceToOrder, type QuotedPrice } from '../../domain/requisition/line-price'
import { ONE_UNIT, type CalendarDate } from '../../domain/units'
import { record, type AuditEntry, type Origin } from '../audit/record'
import { ask, together } from '../database/together'
import { writeAtEnd, type Transaction, type WriteGroup } from '../database/transaction'
import { publish } from '../feed/publish'
import { tellSender } from '../mail/tell-customer'
import { sellerForOrder } from '../seller/load'
import { holdsOf, type LiveHold } from '../stock/holds'
import { stockHeld, stockOf, type StockOfArticles } from '../stock/load'
import { requisitionOrdered } from '../storefront/changes'
import { tellAvailability } from '../storefront/tell-availability'
import { tellShop } from '../storefront/tell-shop'
import { writable } from '../writable'
import { saveProgress } from './aggregate'

/** What makes an order of a requisition: who says so and when. */
export interface Placing {
  /** The requisition as it stands before, already locked by the caller (`for update`). */
  readonly requisition: Requisition
  /** The version the requisition has after this. */
  readonly version: number
  readonly by: Actor
  readonly automatic: boolean
  /** As they stand with this approval; absent where no rule demands any. */
  readonly steps?: readonly ApprovalStep[] | undefined
  readonly now: Date
  readonly origin: Origin
}

/** What an order is made of, beside what the requisition says. */
export interface OrderParts {
  readonly number: string
  readonly today: CalendarDate
  readonly calendar: WorkCalendar
  /** By line id. */
  readonly placements: ReadonlyMap<string, PlacedLine>
  /** By line id: of those that are ordered at the price resolved now. */
  readonly refreshed: ReadonlyMap<string, PriceResolution>
  readonly totals: DocumentTotals
  /** What was held for it: what is ordered of that counts from when it was held. */
  readonly held?: readonly LiveHold[]
}

export interface PlacedOrder {
  readonly orderId: string
  readonly orderNumber: string
  /** The requisition as it now stands, state `ordered`. */
  readonly requisition: Requisition
}
export type PlaceOrder = (tx: Transaction, placing: Placing) => Promise<PlacedOrder>

/** Make the firm order of a requisition that nobody had to decide on: at its prices, from the best warehouses. */
export const placeOrder: PlaceOrder = async (tx, placing) => {
  const { requisition, now } = placing
  return writeOrder(tx, placing, await bestParts(tx, requisition, requisition.lines, now))
}

/** What an order is made of where nobody has chosen anything: the best warehouses, the prices as they are. */
async function bestParts(
  tx: Transaction,
  { contactId, totals }: OrderMaking['document'],
  lines: readonly LineToOrder[],
  now: Date,
): Promise<OrderParts> {
  const articleIds = new Set(lines.map(({ articleId }) => articleId))
  const [, { seller, orderNumber: number }, stock, others] = await ask(
    tx,
    together(
      stockHeld(articleIds),
      sellerForOrder(tx),
      stockOf([...articleIds], contactId),
      holdsOf([...articleIds]),
    ),
  )
  const placed = placeAll(lines, stock, seller, now, { holds: { own: [], others } })
  return { ...placed, number, refreshed: new Map(), totals }
}

/**
 * Write the firm order of a requisition: order, lines, the requisition's new state, audit, changes and
 * what the shop is told, all in the caller's transaction. The order is unique on its source, so even
 * a caller that forgot to lock could not place a second one.
 */
export function writeOrder(tx: Transaction, placing: Placing, parts: OrderParts): PlacedOrder {
  const { requisition, now, by, automatic, origin } = placing
  // Whoever says yes answers for it with their own limits.
  const chargedTo = buyerOf(placing.steps ?? requisition.steps)?.id ?? null
  const { refreshed } = parts
  const { id, number } = requisition
  const source = { kind: 'requisition', id, number, part: '0' } as const
  const making = { document: requisition, lines: requisition.lines, source, by, now, chargedTo }
  const order = insertOrder(tx, making, parts)
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
        ...(refreshed.size > 0 && { refreshed: [...refreshed.keys()] }),
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
  tellSender(tx, 'requisition.ordered', ordered, placing.version)
  return { orderId: order.id, orderNumber: order.number, requisition: ordered }
}

/** What is made an order of. */
export interface OrderMaking {
  readonly document: DocumentHead & Pick<Order, 'totals'>
  readonly lines: readonly LineToOrder[]
  readonly source: Order['source']
  readonly by: Actor
  readonly now: Date
  /** Who of the customer's has approved it, whose limits it takes of; left out or null where none has. */
  readonly chargedTo?: string | null
}

/** A line with its price: see `priceToOrder`. */
export type LineToOrder = Pick<
  RequisitionLine,
  | 'id'
  | 'articleId'
  | 'quantity'
  | 'set'
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
export async function makeOrder(tx: Transaction, making: OrderMaking): Promise<Order> {
  const { lines, document, now } = making
  return insertOrder(tx, making, await bestParts(tx, document, lines, now))
}

function insertOrder(
  tx: Transaction,
  { document, lines: toOrder, source, by, now, chargedTo }: OrderMaking,
  { number, placements, refreshed, totals, held = [], ...day }: OrderParts,
): Order {
  const lines = toOrder.map((line) =>
    orderLine(line, placements.get(line.id), refreshed.get(line.id) ?? null, day),
  )
  const order: Order = {
    ...headOf(document),
    id: uuid(),
    number,
    state: 'placed',
    source,
    placedAt: now.toISOString(),
    placedBy: by,
    ...(chargedTo != null && { chargedTo }),
    lines,
    totals: writable(totals),
  }
  writeAtEnd(tx, orders, [order])
  writeAtEnd(tx, orderLines, [{ body: order, takenAt: takenAt(lines, held) }])
  tellAvailability(
    tx,
    lines.flatMap(({ articleId, warehouseId }) =>
      warehouseId === null ? [] : [{ articleId, warehouseId }],
    ),
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
  return order
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

/** When lines that are ordered from what was held for them were held, by line id; the others are taken now. */
function takenAt(
  lines: readonly OrderLine[],
  held: readonly LiveHold[],
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    held
      .filter((hold) =>
        lines.some(
          ({ id, articleId, warehouseId, quantity }) =>
            id === hold.lineId &&
            articleId === hold.articleId &&
            warehouseId === hold.warehouseId &&
            quantity <= hold.quantity,
        ),
      )
      .map(({ lineId, heldAt }) => [lineId, heldAt]),
  )
}

/** What has been said of a document's lines, by line id. */
export interface Said {
  readonly warehouses?: Readonly<Record<string, string>>
  readonly seen?: Readonly<Record<string, { readonly delivery?: Delivery | null | undefined }>>
  /** What is kept of the stock: for the document itself, and for others, which it does not get. */
  readonly holds?: DocumentHolds
}

/** What is kept for a document at the moment, and what for others. */
export interface DocumentHolds {
  readonly own: readonly LiveHold[]
  readonly others: readonly LiveHold[]
}

/** Every line placed on the seller's day, those of one article one after the other. By line id. */
export function placeAll(
  lines: readonly LineOfDocument[],
  stock: StockOfArticles,
  seller: Pick<Seller, 'timeZone' | 'holidays'>,
  now: Date,
  { warehouses = {}, seen = {}, holds: { own, others } = { own: [], others: [] } }: Said,
): Pick<OrderParts, 'today' | 'calendar' | 'placements'> {
  const calendar = { holidays: new Set(seller.holidays) }
  const today = todayIn(seller.timeZone, now.toISOString())
  const held = ownHolds(own, others)
  const placements = placeDocument(
    lines.map(({ id, articleId, quantity, requestedDate, warehouseId }) => ({
      id,
      articleId,
      quantity,
      plannedDate: requestedDate,
      wantedWarehouseId: warehouseId,
      chosenWarehouseId: ownValue(warehouses, id) ?? null,
      seen: ownValue(seen, id)?.delivery ?? null,
      held: held.get(id),
    })),
    (articleId) => withoutHeld(articleId, stock.get(articleId) ?? [], others),
    { today, calendar, step: ONE_UNIT },
  )
  return { today, calendar, placements }
}

type LineOfDocument = Pick<
  RequisitionLine,
  'id' | 'articleId' | 'quantity' | 'requestedDate' | 'warehouseId'
>

/** A line may be called `constructor`: only what was really said counts. */
function ownValue<T>(said: Readonly<Record<string, T>>, lineId: string): T | undefined {
  return Object.hasOwn(said, lineId) ? said[lineId] : undefined
}

/** Where the line comes from, at the price it is ordered at, and when it can leave. */
function orderLine(
  line: LineToOrder,
  placed: PlacedLine | undefined,
  refreshed: PriceResolution | null,
  { today, calendar }: Pick<OrderParts, 'today' | 'calendar'>,
): OrderLine {
  const price = priceToOrder(line, refreshed)
  const rowAmount = refreshed && price ? rowAmountAt(line, price) : line.rowAmount
  if (!price || rowAmount === null)
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
    rowAmount,
    warehouseId: warehouseId ?? line.warehouseId,
    requestedDate: line.requestedDate,
    expectedDate: answer ? expectedDate(answer.availability, today, calendar) : null,
    confirmedDate: null,
    comment: line.comment,
  }
}

function rowAmountAt({ quantity, vatRate }: LineToOrder, price: QuotedPrice): number | null {
  return amountsAt(price, quantity, vatRate)?.[price.unitPrice.basis] ?? null
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
      id, number, source_kind, source_id, part, state, version, company_id, contact_id, charged_to, currency,
      net, gross, placed_at, body, search)
    select (o.body->>'id')::uuid, o.body->>'number', o.body->'source'->>'kind', (o.body->'source'->>'id')::uuid,
      o.body->'source'->>'part', o.body->>'state', 1, o.body->>'companyId', o.body->>'contactId',
      o.body->>'chargedTo', o.body->>'currency', (o.body->'totals'->>'net')::bigint, (o.body->'totals'->>'gross')::bigint,
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
const orderLines: WriteGroup<{
  readonly body: Order
  readonly takenAt: Readonly<Record<string, number>>
}> = {
  statement: (placed) => sql`
    insert into sales_order_line
      (order_id, line_id, article_id, warehouse_id, quantity, unit_price, basis, rebate, vat_rate, row_amount, planned_date,
      taken_at)
    select (o.body->>'id')::uuid, l.id, l."articleId", l."warehouseId", l.quantity,
      (l."unitPrice"->>'amount')::bigint, l."unitPrice"->>'basis', l.rebate, l."vatRate", l."rowAmount", l."requestedDate",
      coalesce(to_timestamp((o."takenAt"->>l.id)::bigint / 1000000.0), statement_timestamp())
    from jsonb_to_recordset(${JSON.stringify(placed)}::jsonb) as o (body jsonb, "takenAt" jsonb),
      jsonb_to_recordset(o.body->'lines') as l (
        id text, "articleId" text, "warehouseId" text, quantity bigint, "unitPrice" jsonb,
        rebate integer, "vatRate" integer, "rowAmount" bigint, "requestedDate" date)`,
}
