import { failure, type Answer, type PrestaShopFailure } from './failure'
import type { PrestaShopClient, Query } from './client'
import type { Remark } from './report'
import { resources, type ListName, type RecordOf } from './resources'

/** A list while it is being read: what there is so far, and where to go on. */
export interface ListProgress<R extends ListName> {
  /** The last id read. */
  after: number
  done: boolean
  readonly records: Record<string, RecordOf<R>>
  /** Rows that are there but cannot be read. */
  readonly unreadable: number[]
}

export function beginList<R extends ListName>(): ListProgress<R> {
  return { after: 0, done: false, records: {}, unreadable: [] }
}

/**
 * Reads a list to its end into `progress`, page by page by id: a page number would skip rows when
 * something is deleted meanwhile, and the shop does not tell how many there are. Reads on until a
 * page is empty, as a short page may only mean that someone caps them. After a failure `progress`
 * holds what was read; the same call goes on from there.
 */
export async function readList<R extends ListName>(
  client: PrestaShopClient,
  resource: R,
  filters: Query,
  progress: ListProgress<R>,
  pageSize: number,
): Promise<PrestaShopFailure | null> {
  while (!progress.done) {
    const page = await readPage(
      client,
      resource,
      displayOf(resource),
      filters,
      progress.after,
      pageSize,
    )
    if (!page.ok) return page.error
    const error = take(resource, page.value, progress)
    if (error) return error
    progress.done = page.value.length === 0
  }
  return null
}

/** Parses rows into the list. A page of odd ones is refused whole, and the list left as it was. */
function take<R extends ListName>(
  resource: R,
  rows: readonly NumberedRow[],
  list: ListProgress<R>,
): PrestaShopFailure | null {
  const issues: string[] = []
  const read: [number, RecordOf<R>][] = []
  const unreadable: number[] = []
  for (const { id, row } of rows) {
    const parsed = resources[resource].schema.safeParse(row)
    if (parsed.success) read.push([id, parsed.data as RecordOf<R>])
    else {
      unreadable.push(id)
      issues.push(`${id}/${parsed.error.issues[0]?.path.join('/')}`)
    }
  }
  // A row may be odd; a page of odd rows is another shop than we know how to read.
  if (issues.length >= 5 && issues.length > rows.length / 2) {
    const message = `Most of ${resource} comes in an unknown shape, first at ${issues[0]}.`
    return failure('unexpected_value', message, { resource })
  }
  for (const [id, record] of read) list.records[id] = record
  list.unreadable.push(...unreadable)
  list.after = rows.at(-1)?.id ?? list.after
  return null
}

function displayOf(resource: ListName): string {
  return `[${resources[resource].display.join(',')}]`
}

/** The ids of all rows that pass the filters. Cheap: the shop need not load the rows. */
export async function readIds(
  client: PrestaShopClient,
  resource: ListName,
  filters: Query,
  pageSize: number,
): Promise<Answer<ReadonlySet<number>>> {
  const ids = new Set<number>()
  for (let after = 0; ;) {
    const page = await readPage(client, resource, '[id]', filters, after, pageSize)
    if (!page.ok) return page
    if (page.value.length === 0) return { ok: true, value: ids }
    for (const { id } of page.value) ids.add(id)
    after = page.value.at(-1)?.id ?? after
  }
}

/** The rows with these ids, as far as they are there. Few enough for one address and one answer. */
export async function readByIds<R extends ListName>(
  client: PrestaShopClient,
  resource: R,
  ids: readonly number[],
  filters: Query,
): Promise<Answer<ListProgress<R>>> {
  const list = beginList<R>()
  const rows = await askFor(client, resource, displayOf(resource), 0, [
    ...filters,
    ['filter[id]', `[${ids.join('|')}]`],
  ])
  if (!rows.ok) return rows
  const error = take(resource, rows.value, list)
  return error ? { ok: false, error } : { ok: true, value: list }
}

/** All of a short list at once. */
export async function readWhole<R extends ListName>(
  client: PrestaShopClient,
  resource: R,
  pageSize: number,
  remarks: Remark[],
  filters: Query = [],
): Promise<Answer<Readonly<Record<string, RecordOf<R>>>>> {
  const list = beginList<R>()
  const error = await readList(client, resource, filters, list, pageSize)
  if (error) return { ok: false, error }
  remarks.push(...unreadableRemarks(resource, list.unreadable))
  return { ok: true, value: list.records }
}

export function unreadableRemarks(resource: string, ids: readonly number[]): Remark[] {
  return ids.map((id) => ({ resource, id: String(id), reason: 'unreadable_row' }))
}

interface NumberedRow {
  readonly id: number
  readonly row: unknown
}

async function readPage(
  client: PrestaShopClient,
  resource: ListName,
  display: string,
  filters: Query,
  after: number,
  pageSize: number,
): Promise<Answer<readonly NumberedRow[]>> {
  return await askFor(client, resource, display, after, [
    ...filters,
    ['filter[id]', `>[${after}]`],
    ['limit', String(pageSize)],
  ])
}

/** The filters must name a field once at most: of two for the same one PHP heeds the last. */
async function askFor(
  client: PrestaShopClient,
  resource: ListName,
  display: string,
  after: number,
  filters: Query,
): Promise<Answer<readonly NumberedRow[]>> {
  const answer = await client.list(resource, [
    ['display', display],
    ...filters,
    ['sort', '[id_ASC]'],
  ])
  if (!answer.ok) return answer
  const rows: NumberedRow[] = []
  for (const row of answer.value) {
    const id = Number((row as { id?: unknown } | null)?.id)
    // Without rising ids there is no paging: the list would be read for ever, or in part.
    if (!Number.isSafeInteger(id) || id <= (rows.at(-1)?.id ?? after)) {
      const message = `The list ${resource} does not come in order of id.`
      return { ok: false, error: failure('unexpected_value', message, { resource }) }
    }
    rows.push({ id, row })
  }
  return { ok: true, value: rows }
}
