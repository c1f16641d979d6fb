import {
  keyFieldsOf,
  masterDataSchemas,
  type MasterDataKind,
  type MasterDataResult,
  type MasterDataRow,
} from '../../../../contract/master-data'
import {
  prestashopOptionsSchema,
  type PrestaShopOptions,
  type PrestaShopOptionsInput,
} from '../../../../gateway/connectors/prestashop/options'
import type {
  MasterDataPort,
  MasterDataSent,
} from '../../../../gateway/connectors/prestashop/report'
import { prestashopKeys, type FakePrestaShop } from '../../../fakes/prestashop-server'

/** Options for the fake shop: it is in France, and in no hurry to be asked politely. */
export function optionsFor(
  shop: Pick<FakePrestaShop, 'url'>,
  changes: Partial<PrestaShopOptionsInput> = {},
): PrestaShopOptions {
  return prestashopOptionsSchema.parse({
    url: shop.url,
    key: prestashopKeys.full,
    country: 'FR',
    retryDelayMs: 1,
    requestsPerSecond: 1000,
    ...changes,
  })
}

type Store = { readonly [K in MasterDataKind]: Map<string, MasterDataRow<K>> }

export interface MemoryPort extends MasterDataPort {
  readonly store: Store
  /** `kind → rows` of every batch, in order. */
  readonly batches: { readonly kind: MasterDataKind; readonly rows: readonly unknown[] }[]
}

/**
 * Master data kept in memory, with a gateway's care: rows are parsed by the real schemas, what a row
 * points at must be there, what is pointed at cannot be deleted.
 */
export function memoryPort(): MemoryPort {
  const kinds = Object.keys(masterDataSchemas) as MasterDataKind[]
  const store = Object.fromEntries(kinds.map((kind) => [kind, new Map()])) as unknown as Store
  const batches: MemoryPort['batches'] = []

  const take = <K extends MasterDataKind>(
    kind: K,
    sent: MasterDataSent<K>,
  ): keyof MasterDataResult | { readonly pointer: string; readonly message: string } => {
    const rows = store[kind] as Map<string, unknown>
    const fields = sent as Record<string, unknown>
    const key = keyFieldsOf(kind)
      .map((field) => String(fields[field]))
      .join(' ')
    if (fields['deleted'] === true) {
      const user = userOf(store, kind, key)
      if (user) return { pointer: '', message: `${user} still points at it` }
      return rows.delete(key) ? 'deleted' : 'unchanged'
    }
    const parsed = masterDataSchemas[kind].safeParse(sent)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      return { pointer: `/${issue?.path.join('/')}`, message: issue?.message ?? '' }
    }
    const lacking = missing(store, kind, parsed.data)
    if (lacking) return { pointer: `/${lacking}`, message: 'is not known' }
    const before = rows.get(key)
    rows.set(key, parsed.data)
    if (!before) return 'created'
    const same = JSON.stringify(content(before)) === JSON.stringify(content(parsed.data))
    return same ? 'unchanged' : 'updated'
  }

  return {
    store,
    batches,
    async upsert(kind, rows) {
      batches.push({ kind, rows })
      const counts = { created: 0, updated: 0, unchanged: 0, deleted: 0 }
      const errors: MasterDataResult['errors'][number][] = []
      rows.forEach((row, index) => {
        const outcome = take(kind, row)
        if (typeof outcome === 'object') errors.push({ index, code: 'invalid', ...outcome })
        else counts[outcome as keyof typeof counts] += 1
      })
      const result = { kind, received: rows.length, failed: errors.length, errors, ...counts }
      return await Promise.resolve(result)
    },
  }
}

/** A row that was merely seen again says nothing new. */
function content(row: unknown): unknown {
  return { ...(row as object), observedAt: null }
}

const pointers: Partial<Record<string, MasterDataKind>> = {
  article: 'article',
  group: 'article_group',
  warehouse: 'warehouse',
  company: 'company',
  customerGroup: 'customer_group',
}

function missing(store: Store, kind: MasterDataKind, row: object): string | null {
  for (const [field, target] of Object.entries(pointers)) {
    const value = (row as Record<string, unknown>)[field]
    if (target && target !== kind && typeof value === 'string' && !store[target].has(value)) {
      return field
    }
  }
  return null
}

function userOf(store: Store, kind: MasterDataKind, key: string): MasterDataKind | null {
  for (const [user, rows] of Object.entries(store) as [MasterDataKind, Map<string, object>][]) {
    for (const row of rows.values()) {
      for (const [field, target] of Object.entries(pointers)) {
        if (target === kind && (row as Record<string, unknown>)[field] === key) return user
      }
    }
  }
  return null
}
