/**
 * Master data as it is handed to the gateway: flat rows, the same by JSON and by CSV, so that one
 * schema a kind serves both. Figures are decimals in major units, whole units and per cent; keys are
 * the sending system's own. Empty CSV cells count as absent.
 */
import { orderingRights } from '../domain/company'
import {
  amountInput,
  decimalSchema,
  percentInput,
  positiveQuantityInput,
  priceInput,
  stockQuantityInput,
} from './decimal'
import {
  calendarDateSchema,
  currencySchema,
  instantSchema,
  keySchema,
  requiredTextSchema,
  textSchema,
} from './primitives'
import { z } from './zod'

const flag = z.union([
  z.boolean(),
  z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1'),
])
const whole = (min: number, max: number) =>
  decimalSchema(0, { min, max }) as z.ZodType<number, string | number>

const name = requiredTextSchema(200)
const optionalKey = keySchema.nullish().transform((value) => value ?? null)
const optionalText = textSchema(500)
  .nullish()
  .transform((value) => value || null)
const optionalDate = calendarDateSchema.nullish().transform((value) => value ?? null)
const basis = z.enum(['net', 'gross']).default('net')
const dates = { from: optionalDate, to: optionalDate }
const priceRow = {
  id: keySchema,
  article: keySchema,
  minimumQuantity: positiveQuantityInput.default(0),
  price: priceInput,
  basis,
  currency: currencySchema,
  ...dates,
}
const orNull = <T extends z.ZodType>(schema: T) =>
  schema.nullish().transform((value) => value ?? null)

/** One schema for each kind of row. Every row may carry `deleted: true` with only its key. */
export const masterDataSchemas = {
  holiday: z.object({ date: calendarDateSchema, name }),
  warehouse: z.object({
    id: keySchema,
    name,
    openToWebshop: flag,
    priority: whole(0, 9999).default(100),
  }),
  article_group: z.object({ id: keySchema, nameSv: name, nameEn: optionalText }),
  article: z.object({
    id: keySchema,
    nameSv: name,
    nameEn: optionalText,
    unit: requiredTextSchema(20),
    precision: whole(0, 3).default(0),
    packMultiple: positiveQuantityInput.default(0),
    minimumQuantity: positiveQuantityInput.default(0),
    group: optionalKey,
    vatRate: percentInput,
    listPrice: orNull(priceInput),
    basis,
    currency: currencySchema,
    cost: orNull(priceInput),
    supplier: optionalText,
    weightGrams: orNull(whole(0, 100_000_000)),
    status: z.enum(['active', 'discontinued']).default('active'),
  }),
  price_list: z.object({ id: keySchema, name, currency: currencySchema }),
  customer_group: z.object({
    id: keySchema,
    name,
    orderingRight: z.enum(orderingRights),
    priceList: optionalKey,
    limitPerOrder: orNull(amountInput),
    limitPerPeriod: orNull(amountInput),
    period: z.enum(['month', 'year']).default('month'),
    currency: currencySchema,
  }),
  company: z.object({
    id: keySchema,
    name,
    vatNumber: optionalText,
    currency: currencySchema,
    language: z.enum(['sv', 'en']).default('sv'),
    customerGroup: keySchema,
    priceList: optionalKey,
    paymentTerms: optionalText,
    creditLimit: orNull(amountInput),
    exposure: amountInput.default(0),
    status: z.enum(['active', 'on_hold', 'blocked', 'closed']).default('active'),
    statusReason: optionalText,
    accountOwner: optionalKey,
  }),
  address: z.object({
    id: keySchema,
    company: keySchema,
    name,
    street: requiredTextSchema(200),
    postalCode: requiredTextSchema(20),
    city: requiredTextSchema(100),
    country: z.string().regex(/^[A-Z]{2}$/, 'an ISO 3166 code of two letters'),
  }),
  contact: z.object({
    id: keySchema,
    company: keySchema,
    name,
    email: z.email().max(254),
    phone: optionalText,
    customerGroup: optionalKey,
    status: z.enum(['active', 'disabled']).default('active'),
  }),
  contract_price: z.object({ ...priceRow, company: keySchema, net: flag.default(false) }),
  price_list_price: z.object({ ...priceRow, priceList: keySchema }),
  campaign_price: z.object({
    ...priceRow,
    campaign: name,
    customerGroup: optionalKey,
    company: optionalKey,
  }),
  synced_price: z.object({
    ...priceRow,
    company: optionalKey,
    customerGroup: optionalKey,
    source: requiredTextSchema(60),
    observedAt: instantSchema,
  }),
  rebate: z.object({
    id: keySchema,
    company: optionalKey,
    customerGroup: optionalKey,
    article: optionalKey,
    articleGroup: optionalKey,
    minimumQuantity: positiveQuantityInput.default(0),
    rebate: percentInput,
    ...dates,
  }),
  balance: z.object({
    article: keySchema,
    warehouse: keySchema,
    onHand: stockQuantityInput,
    safetyStock: positiveQuantityInput.default(0),
    leadTimeDays: orNull(whole(0, 3650)),
    source: requiredTextSchema(60),
    observedAt: instantSchema,
  }),
  backlog: z.object({
    id: keySchema,
    article: keySchema,
    warehouse: keySchema,
    quantity: positiveQuantityInput,
    plannedDate: optionalDate,
  }),
  inbound: z.object({
    id: keySchema,
    article: keySchema,
    warehouse: keySchema,
    quantity: positiveQuantityInput,
    date: optionalDate,
    confirmed: flag.default(false),
  }),
} as const

export type MasterDataKind = keyof typeof masterDataSchemas
/** The order in which kinds can be loaded so that what a row points at is already there. */
export const masterDataKinds = Object.keys(masterDataSchemas) as readonly MasterDataKind[]
export type MasterDataInput<K extends MasterDataKind> = z.input<(typeof masterDataSchemas)[K]>
export type MasterDataRow<K extends MasterDataKind> = z.output<(typeof masterDataSchemas)[K]>

/** What makes a row of a kind the same row the next time it is sent. */
export const masterDataKeys = {
  holiday: ['date'],
  balance: ['article', 'warehouse'],
} as const satisfies Partial<Record<MasterDataKind, readonly string[]>>

/** The fields that are a kind's key: those above, else `id`. */
export function keyFieldsOf(kind: MasterDataKind): readonly string[] {
  return kind === 'holiday' || kind === 'balance' ? masterDataKeys[kind] : ['id']
}

/** Rows in one batch; more must be split by the sender, which is told so. */
export const maximumBatchRows = 10_000

export const masterDataBatchSchema = z.object({
  kind: z.enum(masterDataKinds as [MasterDataKind, ...MasterDataKind[]]),
  rows: z.array(z.unknown()).max(maximumBatchRows),
})

/** What became of each row, in the order sent: the counts always add up to the rows. */
export interface MasterDataResult {
  readonly kind: MasterDataKind
  readonly received: number
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly deleted: number
  readonly failed: number
  readonly errors: readonly MasterDataRowError[]
}

export interface MasterDataRowError {
  /** Zero-based index into the rows sent; for CSV `line` is the line in the file. */
  readonly index: number
  readonly line?: number
  readonly code: string
  /** JSON pointer into the row, `""` for the row as a whole. */
  readonly pointer: string
  readonly message: string
}
