import { createHash } from 'node:crypto'
import {
  keyFieldsOf,
  masterDataKinds,
  type MasterDataInput,
  type MasterDataKind,
  type MasterDataResult,
} from '../../../contract/master-data'
import type { PrestaShopCursor } from './cursor'
import type { RowsByKind } from './map-shop'
import type { FailedRow, KindCounts, MasterDataPort, MasterDataSent } from './report'

const batchRows = 1000
/** Kinds that tell when they were seen, and are sent now and then lest they grow stale. */
const observedKinds: readonly MasterDataKind[] = ['synced_price', 'balance']

export interface Delivery {
  readonly kinds: Readonly<Partial<Record<MasterDataKind, KindCounts>>>
  readonly failed: readonly FailedRow[]
  readonly sent: PrestaShopCursor['sent']
  /** `kind id` of every row that was handed over and taken in. */
  readonly taken: ReadonlySet<string>
}

/** Which rows are sent though they have not changed since they were last taken in. */
export interface Repeats {
  readonly all: boolean
  readonly observed: boolean
}

/**
 * Hands the rows over in the order that lets each find what it points at, and after them, the other
 * way round, the keys of rows that were sent before and are no more. Refused rows are sent again by
 * every pass.
 */
export async function deliver(
  rows: RowsByKind,
  before: PrestaShopCursor['sent'],
  repeats: Repeats,
  port: MasterDataPort,
): Promise<Delivery> {
  const kinds: Partial<Record<MasterDataKind, KindCounts>> = {}
  const failed: FailedRow[] = []
  const sent: Record<string, Record<string, string>> = {}
  const taken = new Set<string>()
  const ours = masterDataKinds.filter((kind) => rows[kind] || before[kind])

  const send = async <K extends MasterDataKind, Row extends Keyed<K>>(
    kind: K,
    batch: readonly Row[],
    accept: (row: Row) => void,
  ) => {
    for (let start = 0; start < batch.length; start += batchRows) {
      const part = batch.slice(start, start + batchRows)
      const result = await port.upsert(
        kind,
        part.map(({ row }) => row),
      )
      kinds[kind] = add(kinds[kind], result)
      const refused = new Set<number>()
      for (const { index, code, pointer, message } of result.errors) {
        refused.add(index)
        failed.push({ kind, key: part[index]?.key ?? '', code, pointer, message })
      }
      for (const row of part.filter((_, index) => !refused.has(index))) accept(row)
    }
  }

  /** Sends a kind's rows and tells which keys were sent before and are no longer among them. */
  const deliverKind = async <K extends MasterDataKind>(kind: K): Promise<readonly string[]> => {
    const prints: Record<string, string> = { ...before[kind] }
    sent[kind] = prints
    const isAlwaysSent = repeats.all || (repeats.observed && observedKinds.includes(kind))
    const ofKind: readonly MasterDataInput<K>[] = rows[kind] ?? []
    const all = ofKind.map((row): Printed<K> => ({
      key: keyOf(kind, row),
      row,
      print: fingerprint(row),
    }))
    const present = new Set(all.map(({ key }) => key))
    const gone = Object.keys(prints).filter((key) => !present.has(key))
    const due = all.filter(({ key, print }) => isAlwaysSent || prints[key] !== print)
    await send<K, Printed<K>>(kind, due, ({ key, print }) => {
      prints[key] = print
      taken.add(`${kind} ${key}`)
    })
    return gone
  }

  const vanished = new Map<MasterDataKind, readonly string[]>()
  for (const kind of ours) vanished.set(kind, await deliverKind(kind))
  for (const kind of [...ours].reverse()) {
    const keys = vanished.get(kind) ?? []
    const gone = keys.map((key) => ({ key, row: deletion(kind, key) }))
    await send<MasterDataKind, Keyed<MasterDataKind>>(kind, gone, ({ key }) => {
      delete sent[kind]?.[key]
    })
  }
  return { kinds, failed, sent, taken }
}

interface Keyed<K extends MasterDataKind> {
  readonly key: string
  readonly row: MasterDataSent<K>
}

interface Printed<K extends MasterDataKind> extends Keyed<K> {
  readonly print: string
}

/** Keys hold no line breaks, so that those of two fields cannot run into each other. */
const keySeparator = '\n'

function keyOf<K extends MasterDataKind>(kind: K, row: MasterDataInput<K>): string {
  const fields = row as Readonly<Record<string, unknown>>
  return keyFieldsOf(kind)
    .map((field) => String(fields[field]))
    .join(keySeparator)
}

function deletion<K extends MasterDataKind>(kind: K, key: string): MasterDataSent<K> {
  const values = key.split(keySeparator)
  const fields = keyFieldsOf(kind).map((field, index) => [field, values[index] ?? ''])
  return { ...Object.fromEntries(fields), deleted: true } as MasterDataSent<K>
}

/** Of all a row says but the time it was seen. */
function fingerprint(row: object): string {
  const content = JSON.stringify({ ...row, observedAt: undefined })
  return createHash('sha256').update(content).digest('base64url').slice(0, 16)
}

function add(counts: KindCounts | undefined, result: MasterDataResult): KindCounts {
  const sum = (field: keyof KindCounts) => (counts?.[field] ?? 0) + result[field]
  return {
    received: sum('received'),
    created: sum('created'),
    updated: sum('updated'),
    unchanged: sum('unchanged'),
    deleted: sum('deleted'),
    failed: sum('failed'),
  }
}
