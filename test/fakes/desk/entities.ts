import type { Change } from '../../../contract/feed'
import type { EntityKind, EntityOf, Requisition, RequisitionLine } from '../../../contract/entities'
import { documentTotals } from '../../../domain/money/totals'
import { rowAmount } from '../../../domain/money/row'
import type { StockPosition } from '../../../domain/availability/position'
import type { UnitPrice } from '../../../domain/units'

/** Entities with believable values, of which a test or a picture says only what it is about. */

/** A UUID that counts. */
export function uuid(number: number, family = 0): string {
  const tail = String(number).padStart(12, '0')
  return `00000000-0000-4000-8000-${family === 0 ? tail : `${family}${tail.slice(1)}`}`
}

/** Kronor → a net unit price. */
export function price(kronor: number, basis: 'net' | 'gross' = 'net'): UnitPrice {
  return { amount: Math.round(kronor * 1_000_000), basis, currency: 'SEK' }
}

export function change<K extends EntityKind>(
  kind: K,
  id: string,
  value: EntityOf<K> | null,
  version = 1,
): Change {
  return { seq: version, kind, id, version, value }
}

export const seller: EntityOf<'seller'> = {
  name: 'Nordtek Grossist AB',
  currency: 'SEK',
  timeZone: 'Europe/Stockholm',
  vatMode: 'per_rate_on_sum',
  syncedPriceMaxAgeHours: 24,
  holidays: ['2026-12-24', '2026-12-25', '2026-12-31', '2027-01-01', '2027-01-06'],
  deadlines: { releaseHours: null, remindDays: null, escalateDays: null, expireDays: null },
  deadlinesVersion: 0,
}

export function user(part: Partial<EntityOf<'user'>> = {}): EntityOf<'user'> {
  return {
    id: uuid(1, 9),
    username: 'karin',
    displayName: 'Karin Åberg',
    roles: ['approver'],
    team: null,
    status: 'active',
    ...part,
  }
}

export function company(
  part: Partial<EntityOf<'company'>> & Pick<EntityOf<'company'>, 'id' | 'name'>,
): EntityOf<'company'> {
  return {
    vatNumber: `SE5560${part.id.padStart(6, '0')}01`,
    currency: 'SEK',
    language: 'sv',
    customerGroupId: 'G2',
    priceListId: null,
    paymentTerms: '30 dagar netto',
    creditLimit: 30_000_000,
    exposure: 8_120_000,
    status: 'active',
    statusReason: null,
    accountOwner: 'karin',
    addresses: [],
    ...part,
  }
}

export function contact(
  part: Partial<EntityOf<'contact'>> & Pick<EntityOf<'contact'>, 'id' | 'companyId' | 'name'>,
): EntityOf<'contact'> {
  const [first = '', last = ''] = part.name.toLowerCase().split(' ')
  return {
    email: `${first}.${last}@example.se`.normalize('NFD').replace(/\p{M}/gu, ''),
    phone: null,
    customerGroupId: null,
    status: 'active',
    ...part,
  }
}

export function customerGroup(
  part: Partial<EntityOf<'customer_group'>> & Pick<EntityOf<'customer_group'>, 'id' | 'name'>,
): EntityOf<'customer_group'> {
  return {
    orderingRight: 'requisition',
    priceListId: null,
    orderLimit: { perOrder: null, perPeriod: null, period: 'month', currency: 'SEK' },
    ...part,
  }
}

export function article(
  part: Partial<EntityOf<'article'>> &
    Pick<EntityOf<'article'>, 'id'> & { readonly called: string },
): EntityOf<'article'> {
  const { called, ...rest } = part
  return {
    block: 0,
    name: { sv: called, en: called },
    unit: 'st',
    precision: 0,
    packMultiple: 0,
    minimumQuantity: 0,
    groupId: null,
    vatRate: 250_000,
    listPrice: price(20),
    cost: null,
    supplier: null,
    weightGrams: null,
    status: 'active',
    ...rest,
  }
}

export function position(part: Partial<StockPosition> = {}): StockPosition {
  return {
    onHand: 0,
    safetyStock: 0,
    leadTimeDays: null,
    backlog: [],
    inbound: [],
    source: 'ERP',
    observedAt: '2026-11-23T12:40:00.000Z',
    ...part,
  }
}

export function line(
  part: Partial<RequisitionLine> &
    Pick<RequisitionLine, 'id' | 'articleId' | 'quantity'> & {
      /** Kronor; null has no price. */
      readonly at: number | null
      readonly rebate?: number
      readonly list?: number
    },
): RequisitionLine {
  const { at, rebate = 0, list, ...rest } = part
  const vatRate = part.vatRate ?? 250_000
  const listPrice = list === undefined ? (at === null ? null : price(at)) : price(list)
  const unitPrice = at === null ? null : price(at)
  return {
    shown: unitPrice && { unitPrice, rebate },
    resolved: unitPrice
      ? {
          kind: 'priced',
          unitPrice,
          rebate,
          listPrice,
          vatRate,
          source: { kind: 'list_price' },
          steps: [{ kind: 'used', rule: { kind: 'list_price' }, price: unitPrice }],
          stale: false,
        }
      : { kind: 'missing', reason: 'no_rule', listPrice: null, vatRate },
    vatRate,
    rowAmount: unitPrice && rowAmount({ price: unitPrice, quantity: part.quantity, rebate }),
    warehouseId: null,
    requestedDate: null,
    comment: null,
    ...rest,
  }
}

export function requisition(
  part: Partial<Requisition> & Pick<Requisition, 'id' | 'number' | 'companyId' | 'contactId'>,
): Requisition {
  const lines = part.lines ?? [line({ id: '1', articleId: 'RB-2206', quantity: 10_000, at: 18.4 })]
  const receivedAt = part.receivedAt ?? '2026-11-23T13:02:00.000Z'
  return {
    currency: 'SEK',
    deliveryAddress: null,
    yourReference: null,
    purchaseOrderNumber: null,
    goodsMark: null,
    freightTerms: null,
    partDeliveries: null,
    requestedDate: null,
    comment: null,
    kind: 'proposal',
    origin: 'cart',
    state: 'submitted',
    revision: 1,
    shop: { id: 'shop', documentId: `cart-${part.number}` },
    name: null,
    submittedAt: receivedAt,
    receivedAt,
    reasons: [],
    claimedBy: null,
    outcome: null,
    ...part,
    lines,
    totals:
      part.totals ??
      documentTotals(
        lines.flatMap(({ shown, resolved, quantity, vatRate }) => {
          const own = shown ?? (resolved.kind === 'priced' ? resolved : null)
          return own ? [{ price: own.unitPrice, quantity, rebate: own.rebate, vatRate }] : []
        }),
        { currency: 'SEK', mode: 'per_rate_on_sum' },
      ),
  }
}
