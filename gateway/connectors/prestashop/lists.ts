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
  const display = `[${resources[resource].display.join(',')}]`
  while (!progress.done) {
    const page = await readPage(client, resource, display, filters, progress.after, pageSize)
    if (!page.ok) return page.error
    const issues: string[] = []
    const read: [number, RecordOf<R>][] = []
    for (const { id, row } of page.value) {
      const parsed = resources[resource].schema.safeParse(row)
      if (parsed.success) read.push([id, parsed.data as RecordOf<R>])
      else issues.push(`${id}/${parsed.error.issues[0]?.path.join('/')}`)
    }
    // A row may be odd; a page of odd rows is another shop than we know how to read.
    if (issues.length >= 5 && issues.length > page.value.length / 2) {
      const message = `Most of ${resource} comes in an unknown shape, first at ${issues[0]}.`
      return failure('unexpected_value', message, { resource })
    }
    for (const [id, record] of read) progress.records[id] = record
    for (const { id } of page.value) {
      if (!(id in progress.records)) progress.unreadable.push(id)
      progress.after = id
    }
    progress.done = page.value.length === 0
  }
  return null
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
  const answer = await client.list(resource, [
    ['display', display],
    ...filters,
    ['filter[id]', `>[${after}]`],
    ['sort', '[id_ASC]'],
    ['limit', String(pageSize)],
  ])
  if (!answer.ok) return answer
  const rows: NumberedRow[] = []
  for (const row of answer.value) {
    const id = Number((row as { id?: unknown } | null)?.id)
    // Without rising ids there is no paging: the list would be read for ever, or in part.
    if (!Number.isSafeInteger(id) || id <= (rows.at(-1)?.id ?? after)) {
      const error = failure(
        'unexpected_value',
        `The list ${resource} does not come in order of id.`,
        {
          resource,
        },
      )
      return { ok: false, error }
    }
    rows.push({ id, row })
  }
  return { ok: true, value: rows }
}
