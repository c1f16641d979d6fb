import { masterDataKinds, type MasterDataKind } from '../../../contract/master-data'
import { z } from '../../../contract/zod'
import { failure, type Answer } from './failure'
import type { PrestaShopOptions } from './options'
import { resources, type RecordOf } from './resources'

/** The resources that are kept between passes: too large to read anew for every change. */
export const keptResources = ['products', 'combinations', 'customers', 'addresses'] as const
export type KeptResource = (typeof keptResources)[number]

/** What the shop held when it was last read, by resource and id. */
export type ShopRecords = { readonly [R in KeptResource]: Readonly<Record<string, RecordOf<R>>> }

export const noRecords: ShopRecords = {
  products: {},
  combinations: {},
  customers: {},
  addresses: {},
}

const records = z.object({
  products: z.record(z.string(), resources.products.schema),
  combinations: z.record(z.string(), resources.combinations.schema),
  customers: z.record(z.string(), resources.customers.schema),
  addresses: z.record(z.string(), resources.addresses.schema),
})
const list = <Schema extends z.ZodType>(schema: Schema) =>
  z.object({
    after: z.number(),
    done: z.boolean(),
    records: z.record(z.string(), schema),
    unreadable: z.array(z.number()),
  })
const ids = z.record(z.string(), z.string())

const cursorSchema = z.object({
  version: z.literal(1),
  url: z.string(),
  shop: z.number().nullable(),
  /** From which change date, in the shop's time, the next pass reads; null until a full pass is through. */
  since: z.string().nullable(),
  records,
  /** `product-combination` → article, customer → company: once given, a number stays. */
  articleIds: ids,
  companyIds: ids,
  /** Kind → key → fingerprint of the row as it was last taken in. */
  sent: z.partialRecord(z.enum(masterDataKinds as [MasterDataKind, ...MasterDataKind[]]), ids),
  /** When balances and prices were last all sent. */
  refreshedAt: z.iso.datetime().nullable(),
  /** A full pass that broke off, and how far it had come. */
  unfinished: z
    .object({
      startedAt: z.iso.datetime(),
      lists: z.object({
        products: list(resources.products.schema),
        combinations: list(resources.combinations.schema),
        customers: list(resources.customers.schema),
        addresses: list(resources.addresses.schema),
      }),
    })
    .nullable(),
})

/**
 * All the connector remembers between passes: plain JSON for the caller to keep and hand back as it
 * is. About half a kB for each article and customer.
 */
export type PrestaShopCursor = z.output<typeof cursorSchema>
export type UnfinishedLists = NonNullable<PrestaShopCursor['unfinished']>['lists']

export function beginCursor({ url, shop }: PrestaShopOptions): PrestaShopCursor {
  return {
    version: 1,
    url,
    shop: shop ?? null,
    since: null,
    records: noRecords,
    articleIds: {},
    companyIds: {},
    sent: {},
    refreshedAt: null,
    unfinished: null,
  }
}

/** Reads a cursor that was kept, or begins one when there is none. */
export function openCursor(kept: unknown, options: PrestaShopOptions): Answer<PrestaShopCursor> {
  if (kept === null || kept === undefined) return { ok: true, value: beginCursor(options) }
  const parsed = cursorSchema.safeParse(kept)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const where = issue ? `: ${issue.path.join('/')} ${issue.message}` : ''
    const message = `What was kept of the pass before cannot be read${where}.`
    return { ok: false, error: failure('cursor_unreadable', message) }
  }
  if (parsed.data.url !== options.url || parsed.data.shop !== (options.shop ?? null)) {
    const message = `The pass before read another shop (${parsed.data.url}).`
    return { ok: false, error: failure('cursor_of_another_shop', message) }
  }
  return { ok: true, value: parsed.data }
}
