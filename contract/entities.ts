/**
 * The entities a console's replica is made of: one schema for each kind of change. A value is the
 * whole of an entity, made of its own data only; what belongs to another entity is joined by the
 * reader. Figures are in the units of `domain/units.ts`.
 */
import { roles } from '../domain/access/roles'
import type { Delegation as DelegationRule } from '../domain/approval/delegation'
import type { Article, Warehouse } from '../domain/article'
import type { Column, StockBlock } from '../domain/availability/stock-block'
import type { Company, Contact, CustomerGroup } from '../domain/company'
import { orderingRights } from '../domain/company'
import { attachmentKinds } from '../domain/attachment/kind'
import type { DecisionReason as DecisionReasonRule } from '../domain/requisition/decision-reasons'
import { attachmentVisibilities } from '../domain/requisition/attachments'
import { orderStates, requisitionKinds, requisitionStates } from '../domain/requisition/states'
import { addressSchema, documentHeadSchema } from './document'
import { priceFigureSchema } from './figures'
import {
  approvalStepSchema,
  deadlinesSchema,
  demandedStepSchema,
  holdMinutesSchema,
} from './policy'
import { priceResolutionSchema, totalsSchema } from './pricing'
import {
  actorSchema,
  calendarDateSchema,
  currencySchema,
  instantSchema,
  integerSchema,
  keySchema,
  unitPriceSchema,
  uuidSchema,
  versionSchema,
} from './primitives'
import { quoteSchema } from './quotes'
import { stockDisplaySchema } from './stock-display'
import { z } from './zod'

export const requisitionLineSchema = z.object({
  /** The shop's row id; it never changes. */
  id: z.string(),
  articleId: keySchema,
  quantity: integerSchema,
  /** What the customer was shown; it is what will be ordered unless the approver refreshes it. */
  shown: z.object({ unitPrice: unitPriceSchema, rebate: integerSchema }).nullable(),
  /** A price one of ours has set by hand; it is ordered whatever was shown or resolved. */
  set: z
    .object({
      unitPrice: unitPriceSchema,
      rebate: integerSchema,
      by: z.object({ id: uuidSchema, name: z.string() }),
    })
    .optional(),
  /** The company's own price as resolved when the line came in. */
  resolved: priceResolutionSchema,
  vatRate: integerSchema,
  /** At the price that will be ordered; null while there is none. */
  rowAmount: integerSchema.nullable(),
  warehouseId: keySchema.nullable(),
  requestedDate: calendarDateSchema.nullable(),
  comment: z.string().nullable(),
})
export type RequisitionLine = z.infer<typeof requisitionLineSchema>

/** What the seller proposes instead of what the customer sent in. Nothing is ordered by it. */
export const proposalSchema = documentHeadSchema
  .pick({
    deliveryAddress: true,
    yourReference: true,
    purchaseOrderNumber: true,
    goodsMark: true,
    freightTerms: true,
    partDeliveries: true,
    requestedDate: true,
  })
  .extend({ lines: z.array(requisitionLineSchema), totals: totalsSchema })
export type Proposal = z.infer<typeof proposalSchema>

/** What became of a requisition. */
export const requisitionOutcomeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ordered'),
    orderId: uuidSchema,
    orderNumber: z.string(),
    by: actorSchema,
    at: instantSchema,
    /** True when no approval was demanded and the gateway ordered it by itself. */
    automatic: z.boolean(),
  }),
  z.object({ kind: z.literal('rejected'), reason: z.string(), by: actorSchema, at: instantSchema }),
  z.object({
    kind: z.literal('returned'),
    message: z.string(),
    /** Left out where only the message was sent, and where an outcome is told without its lines. */
    proposal: proposalSchema.optional(),
    /** Whoever proposed it may decide on so much by themselves: accepted, the seller is not asked again. */
    isBinding: z.boolean().optional(),
    by: actorSchema,
    at: instantSchema,
    /** The quote that it was answered with; absent where it was returned to be changed. */
    quote: z.object({ id: uuidSchema, number: z.string() }).optional(),
  }),
  z.object({
    kind: z.literal('withdrawn'),
    reason: z.string().nullable(),
    by: actorSchema,
    at: instantSchema,
  }),
  /** Nobody finished it in time. */
  z.object({ kind: z.literal('expired'), by: actorSchema, at: instantSchema }),
])
export type RequisitionOutcome = z.infer<typeof requisitionOutcomeSchema>

/** Why a person has to decide: what the gateway saw when the requisition came in. */
export const decisionReasonSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('right_below_order'), right: z.enum(orderingRights) }),
  z.object({ kind: z.literal('not_a_proposal') }),
  z.object({ kind: z.literal('over_order_limit'), limit: integerSchema, total: integerSchema }),
  z.object({
    kind: z.literal('over_period_limit'),
    limit: integerSchema,
    used: integerSchema,
    total: integerSchema,
    period: z.enum(['month', 'year']),
  }),
  z.object({
    kind: z.literal('limit_in_other_currency'),
    limitCurrency: currencySchema,
    currency: currencySchema,
  }),
  z.object({
    kind: z.literal('credit_exceeded'),
    limit: integerSchema,
    exposure: integerSchema,
    total: integerSchema,
  }),
  z.object({ kind: z.literal('company_on_hold'), reason: z.string().nullable() }),
  z.object({ kind: z.literal('price_missing'), lineIds: z.array(z.string()) }),
  z.object({ kind: z.literal('price_differs'), lineIds: z.array(z.string()) }),
  z.object({ kind: z.literal('price_stale'), lineIds: z.array(z.string()) }),
  z.object({ kind: z.literal('article_discontinued'), lineIds: z.array(z.string()) }),
]) satisfies z.ZodType<DecisionReasonRule>
export type DecisionReason = z.infer<typeof decisionReasonSchema>

/** A file that belongs to a requisition; what it holds is fetched when somebody wants it. */
export const attachmentSchema = z.object({
  id: uuidSchema,
  name: z.string(),
  kind: z.enum(attachmentKinds),
  /** In bytes. */
  size: integerSchema,
  /** Of what it holds, hexadecimal. */
  sha256: z.string(),
  visibility: z.enum(attachmentVisibilities),
  /** Who has attached it, and when. */
  by: actorSchema,
  at: instantSchema,
})
export type Attachment = z.infer<typeof attachmentSchema>

export const requisitionSchema = documentHeadSchema.extend({
  id: uuidSchema,
  number: z.string(),
  kind: z.enum(requisitionKinds),
  origin: z.enum(['list', 'cart', 'chat', 'plan']),
  state: z.enum(requisitionStates),
  revision: z.number().int().min(1),
  /** The shop it came from and its id there. */
  shop: z.object({ id: z.string(), documentId: z.string() }),
  /** The list's or the document's own name in the shop. */
  name: z.string().nullable(),
  submittedAt: instantSchema,
  receivedAt: instantSchema,
  /** When people of the seller's last changed what is material about it; absent where none have. */
  revisedAt: instantSchema.optional(),
  reasons: z.array(decisionReasonSchema),
  /** Of which one it is the rest; absent where it came in by itself. */
  restOf: z
    .object({
      id: uuidSchema,
      number: z.string(),
      /** That one's id in the shop. */
      documentId: z.string(),
    })
    .optional(),
  /** What has been split off from it, in that order. */
  rest: z.array(z.object({ id: uuidSchema, number: z.string() })).optional(),
  /** What it was before it was split, or split off: limits and rules go on looking at that. */
  whole: z
    .object({
      /** What the other parts came to by then, without VAT. */
      others: integerSchema,
      demanded: z.array(demandedStepSchema),
    })
    .optional(),
  /** What the seller's rules demand, by tier. Absent where none does: whoever decides, decides alone. */
  steps: z.array(approvalStepSchema).optional(),
  /** Those of ours who wrote or repriced what is material of this revision, the last one last. */
  editedBy: z.array(z.object({ id: uuidSchema, name: z.string() })).optional(),
  /** For the seller's people only. */
  internalComment: z.string().nullable().optional(),
  lines: z.array(requisitionLineSchema),
  totals: totalsSchema,
  /** In the order they were attached in; absent where nothing ever was. */
  attachments: z.array(attachmentSchema).optional(),
  /** What whoever took earlier steps has chosen: warehouse by line, and lines at the price of now. */
  choices: z
    .object({
      warehouses: z.record(z.string(), keySchema),
      refresh: z.array(z.string()),
      /** The prices of those lines that were agreed on. */
      prices: z.record(z.string(), priceFigureSchema.nullable()).optional(),
    })
    .optional(),
  claimedBy: z.object({ id: uuidSchema, name: z.string(), at: instantSchema }).nullable(),
  outcome: requisitionOutcomeSchema.nullable(),
  /** Who last asked for what it waits for. */
  reminder: z
    .object({
      at: instantSchema,
      /** Null where it was time alone. */
      by: z.object({ id: uuidSchema, name: z.string() }).nullable(),
    })
    .optional(),
})
export type Requisition = z.infer<typeof requisitionSchema>

export const orderLineSchema = z.object({
  id: z.string(),
  articleId: keySchema,
  quantity: integerSchema,
  unitPrice: unitPriceSchema,
  rebate: integerSchema,
  vatRate: integerSchema,
  rowAmount: integerSchema,
  warehouseId: keySchema.nullable(),
  requestedDate: calendarDateSchema.nullable(),
  /** When it can leave as known when it was ordered; null when nobody could say. */
  expectedDate: calendarDateSchema.nullable(),
  /** What the customer is promised; null until somebody has. */
  confirmedDate: calendarDateSchema.nullable(),
  comment: z.string().nullable(),
})
export type OrderLine = z.infer<typeof orderLineSchema>

export const orderSchema = documentHeadSchema.extend({
  id: uuidSchema,
  number: z.string(),
  state: z.enum(orderStates),
  /** What it was made of. */
  source: z.object({
    kind: z.enum(['requisition', 'quote']),
    id: uuidSchema,
    number: z.string(),
    part: z.string(),
  }),
  placedAt: instantSchema,
  placedBy: actorSchema,
  /** Who of the customer's has approved it, whose limits it takes of; absent where none was asked. */
  chargedTo: keySchema.optional(),
  /** Who last confirmed dates of it, or took some back; absent before anybody has. */
  confirmation: z.object({ by: actorSchema, at: instantSchema }).optional(),
  lines: z.array(orderLineSchema),
  totals: totalsSchema,
})
export type Order = z.infer<typeof orderSchema>

/**
 * The stock an order of Kontor's own asks for, apart from who ordered: everyone who sees stock needs
 * it, also those who may not see the order. It stands until the source's report contains the order.
 */
export const commitmentSchema = z.object({
  orderId: uuidSchema,
  exportedAt: instantSchema.nullable(),
  lines: z.array(
    z.object({
      articleId: keySchema,
      warehouseId: keySchema,
      quantity: integerSchema,
      plannedDate: calendarDateSchema.nullable(),
    }),
  ),
})

export const companySchema = z.object({
  id: keySchema,
  name: z.string(),
  vatNumber: z.string().nullable(),
  currency: currencySchema,
  language: z.enum(['sv', 'en']),
  customerGroupId: keySchema,
  priceListId: keySchema.nullable(),
  paymentTerms: z.string().nullable(),
  creditLimit: integerSchema.nullable(),
  exposure: integerSchema,
  status: z.enum(['active', 'on_hold', 'blocked', 'closed']),
  statusReason: z.string().nullable(),
  accountOwner: z.string().nullable(),
  addresses: z.array(addressSchema),
}) satisfies z.ZodType<Company>

export const contactSchema = z.object({
  id: keySchema,
  companyId: keySchema,
  name: z.string(),
  email: z.string(),
  phone: z.string().nullable(),
  customerGroupId: keySchema.nullable(),
  status: z.enum(['active', 'disabled']),
}) satisfies z.ZodType<Contact>

const groupRights = {
  orderingRight: z.enum(orderingRights),
  orderLimit: z.object({
    perOrder: integerSchema.nullable(),
    perPeriod: integerSchema.nullable(),
    period: z.enum(['month', 'year']),
    currency: currencySchema,
  }),
}

export const customerGroupSchema = z.object({
  id: keySchema,
  name: z.string(),
  ...groupRights,
  priceListId: keySchema.nullable(),
  set: z.object({ by: z.string(), at: instantSchema, source: z.object(groupRights) }).optional(),
}) satisfies z.ZodType<CustomerGroup>

export const articleSchema = z.object({
  id: keySchema,
  /** The stock block it travels in, by its id's number. */
  block: z.number().int(),
  name: z.object({ sv: z.string(), en: z.string() }),
  unit: z.string(),
  precision: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
  packMultiple: integerSchema,
  minimumQuantity: integerSchema,
  groupId: z.string().nullable(),
  vatRate: integerSchema,
  listPrice: unitPriceSchema.nullable(),
  cost: z.object({ amount: integerSchema, currency: currencySchema }).nullable(),
  supplier: z.string().nullable(),
  weightGrams: z.number().int().nullable(),
  status: z.enum(['active', 'discontinued']),
}) satisfies z.ZodType<Article & { readonly block: number }>

export const warehouseSchema = z.object({
  id: keySchema,
  name: z.string(),
  openToWebshop: z.boolean(),
  customerGroups: z.array(keySchema).optional(),
  priority: z.number().int(),
  set: z.object({ by: z.string(), at: instantSchema, source: z.boolean() }).optional(),
}) satisfies z.ZodType<Warehouse>

const column = z.array(integerSchema)

/** Stock as its source reported it, for a block of articles: see the domain’s `StockBlock`. */
export const stockBlockSchema = z
  .object({
    articles: z.array(z.string()),
    warehouses: z.array(z.string()),
    sources: z.array(z.string()),
    balances: z.object({
      article: column,
      warehouse: column,
      source: column,
      onHand: column,
      safetyStock: column,
      leadTimeDays: column,
      observedAt: column,
    }),
    backlog: z.object({ balance: column, quantity: column, day: column }),
    inbound: z.object({ balance: column, quantity: column, day: column, confirmed: column }),
  })
  .refine(isWhole, 'The columns do not go together.') satisfies z.ZodType<StockBlock<number[]>>

/** Columns that belong together are as long as each other, in order, and point at what is there. */
function isWhole({
  articles,
  warehouses,
  sources,
  balances,
  backlog,
  inbound,
}: StockBlock): boolean {
  const { article, warehouse, source } = balances
  return (
    [balances, backlog, inbound].every((table) => {
      const [first, ...others] = Object.values(table) as readonly Column[]
      return others.every(({ length }) => length === first?.length)
    }) &&
    isWithin(article, articles.length, { inOrder: true }) &&
    isWithin(warehouse, warehouses.length) &&
    isWithin(source, sources.length) &&
    isWithin(backlog.balance, article.length, { inOrder: true }) &&
    isWithin(inbound.balance, article.length, { inOrder: true })
  )
}

function isWithin(places: Column, below: number, { inOrder = false } = {}): boolean {
  let before = 0
  for (let at = 0; at < places.length; at += 1) {
    const place = places[at] ?? -1
    if (place < 0 || place >= below || (inOrder && place < before)) return false
    before = place
  }
  return true
}

export const sellerSchema = z.object({
  name: z.string(),
  currency: currencySchema,
  timeZone: z.string(),
  vatMode: z.enum(['per_rate_on_sum', 'per_row']),
  syncedPriceMaxAgeHours: z.number().int().nullable(),
  holidays: z.array(calendarDateSchema),
  /** Absent from a gateway that knew of none: nothing is done about what waits. */
  deadlines: deadlinesSchema.optional(),
  /** What a change of them is decided on. */
  deadlinesVersion: versionSchema.optional(),
  /** Likewise: absent from a gateway that shows every figure as it is. */
  stockDisplay: stockDisplaySchema.optional(),
  stockDisplayVersion: versionSchema.optional(),
  /** For how long what somebody is deciding on is held for them; null holds nothing. Set with the deadlines. */
  holdMinutes: holdMinutesSchema.optional(),
})
export type Seller = z.infer<typeof sellerSchema>

/** A user of the console. Only an admin is sent what is nullable here for that reason. */
export const userSchema = z.object({
  id: uuidSchema,
  username: z.string(),
  displayName: z.string(),
  roles: z.array(z.enum(roles)),
  team: z.string().nullable(),
  status: z.enum(['active', 'disabled']),
  /** Total without VAT up to which this person may decide; null inside is no limit, absent is not told. */
  approvalLimit: integerSchema.nullable().optional(),
  /** How far this person may go with prices by hand, in parts per million; told as the limit above is. */
  discountLimit: integerSchema.nullable().optional(),
  marginFloor: integerSchema.nullable().optional(),
})
export type User = z.infer<typeof userSchema>

/** What this user has read: their own data, sent to nobody else. */
export const readMarkSchema = z.object({
  requisitionId: uuidSchema,
  revision: z.number().int(),
  at: instantSchema,
})

/** Somebody has given their steps to a colleague for some days, both ends included. */
export const delegationSchema = z.object({
  id: uuidSchema,
  fromUserId: uuidSchema,
  toUserId: uuidSchema,
  from: calendarDateSchema,
  until: calendarDateSchema,
  reason: z.string(),
  isEnded: z.boolean(),
}) satisfies z.ZodType<DelegationRule>
export type Delegation = z.infer<typeof delegationSchema>

/** Every kind the feed carries and the shape of its value. */
export const entitySchemas = {
  seller: sellerSchema,
  warehouse: warehouseSchema,
  customer_group: customerGroupSchema,
  company: companySchema,
  contact: contactSchema,
  article: articleSchema,
  stock_block: stockBlockSchema,
  commitment: commitmentSchema,
  requisition: requisitionSchema,
  order: orderSchema,
  quote: quoteSchema,
  user: userSchema,
  read_mark: readMarkSchema,
  delegation: delegationSchema,
} as const

export type EntityKind = keyof typeof entitySchemas
export type EntityOf<K extends EntityKind> = z.infer<(typeof entitySchemas)[K]>
export const entityKinds = Object.keys(entitySchemas) as readonly EntityKind[]
