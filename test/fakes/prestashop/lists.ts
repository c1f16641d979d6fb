import type { Recording } from './recordings'

/** A row as the webservice would send it in full. */
export type WireRow = Record<string, unknown>
/** Resource → all its rows. */
export type WireLists = Record<string, WireRow[]>

const wholeLists = [
  '018-products-full-json',
  '066-list-stock_availables',
  '067-list-customers',
  '068-list-addresses',
  '079-list-specific_prices',
  '081-list-categories',
  '083-list-suppliers',
  '085-list-product_option_values',
  '087-list-taxes',
  '088-list-tax_rules',
  '090-list-currencies',
  '091-list-languages',
  '096-list-groups',
  '097-list-shops',
  '103-list-countries',
  '104-list-configurations',
]

/** What the shop held when it was recorded; a new copy each time, to be changed at will. */
export function recordedLists(recordings: readonly Recording[]): WireLists {
  const listIn = (name: string): WireLists => {
    const recording = recordings.find((candidate) => candidate.name === name)
    if (!recording) throw new Error(`${name} is not among the recordings`)
    return JSON.parse(recording.body) as WireLists
  }
  const lists: WireLists = Object.assign({}, ...wholeLists.map(listIn)) as WireLists
  const whole = listIn('027-combinations-full')['combinations'] ?? []
  const some = listIn('026-combinations-prices')['combinations'] ?? []
  // Of product 1 every field was recorded. The others' fields that were not are what they are in its
  // second combination, their associations are absent.
  const { associations: _, ...blank } = whole[1] ?? {}
  lists['combinations'] = some.map(({ gross: _gross, ...row }) => {
    return whole.find(({ id }) => id === row['id']) ?? { ...blank, ...row }
  })
  // Settings were recorded without their ids.
  lists['configurations'] = (lists['configurations'] ?? []).map((row, index) => ({
    id: index + 1,
    ...row,
  }))
  return lists
}

/** An answer that was not recorded, made of the lists by the rules that the recordings show. */
export interface MadeAnswer {
  readonly status: number
  readonly body: unknown
}

/** Answers `GET /api/<resource>?…&output_format=JSON` from the lists. */
export function answerFrom(lists: WireLists, resource: string, query: URLSearchParams): MadeAnswer {
  const rows = lists[resource]
  if (!rows) return refused(400, 27, `Resource of type "${resource}" does not exists.`)
  const shop = query.get('id_shop')
  if (shop !== null && !lists['shops']?.some(({ id }) => String(id) === shop)) {
    return { status: 302, body: null }
  }
  const language = query.get('language')
  if (language !== null && !lists['languages']?.some(({ id }) => String(id) === language)) {
    return refused(400, 81, 'language is not available')
  }
  const known = fieldsOf(rows)
  const filterable = known.filter(
    (field) => query.get('date') === '1' || !field.startsWith('date_'),
  )

  let selected = rows
  // Of several parameters with one name PHP knows the last.
  for (const [name, value] of new Map(query)) {
    const field = /^filter\[(.+)\]$/.exec(name)?.[1]
    if (field === undefined) continue
    if (rows.length > 0 && !filterable.includes(field)) {
      return refused(
        500,
        32,
        `This filter does not exist. The full list is: "${filterable.join('", "')}"`,
      )
    }
    selected = selected.filter((row) => textsOf(row[field]).some((own) => passes(own, value)))
  }
  const sorting = /^\[(.+)_(ASC|DESC)\]$/.exec(query.get('sort') ?? '')
  if (sorting) {
    const [, field = '', direction] = sorting
    if (rows.length > 0 && !filterable.includes(field)) {
      return refused(
        500,
        38,
        `Unable to filter by this field. However, these are available: ${filterable.join(', ')}`,
      )
    }
    const sign = direction === 'DESC' ? -1 : 1
    selected = [...selected].sort((a, b) => sign * compare(a[field], b[field]))
  }
  selected = limited(selected, query.get('limit'))

  const display = query.get('display')
  const fields = display && display !== 'full' ? parseDisplay(display) : null
  const unknown =
    fields && [...fields.keys()].find((field) => rows.length > 0 && !known.includes(field))
  if (unknown) {
    return refused(
      500,
      35,
      `Unable to display this field "${unknown}". However, these are available: ${known.join(', ')}`,
    )
  }
  const shown = selected.map((row) => {
    const said = language === null ? row : inLanguage(row, language)
    if (fields) return pick(said, fields)
    return display === 'full' ? said : { id: said['id'] }
  })
  return { status: 200, body: shown.length > 0 ? { [resource]: shown } : [] }
}

function refused(status: number, code: number, message: string): MadeAnswer {
  return { status, body: { errors: [{ code, message }] } }
}

/** Fields and associations, in the shop's order: rows that lack an association do not say so. */
function fieldsOf(rows: readonly WireRow[]): string[] {
  const names = rows.flatMap((row) => [
    ...Object.keys(row),
    ...Object.keys((row['associations'] as object | undefined) ?? {}),
  ])
  return [...new Set(names)].filter((name) => name !== 'associations')
}

/** A translated field passes in any of its languages. */
function textsOf(value: unknown): string[] {
  return Array.isArray(value)
    ? value.map((entry) => String((entry as { value: unknown }).value))
    : [String(value)]
}

function passes(own: string, filter: string): boolean {
  const match = /^([><!%]?)\[(.*)\](%?)$/.exec(filter)
  if (!match) return own === filter
  const [, sign = '', inside = '', after = ''] = match
  if (sign === '%' || after === '%') {
    const [a, b] = [own.toLowerCase(), inside.toLowerCase()]
    return sign && after ? a.includes(b) : sign ? a.endsWith(b) : a.startsWith(b)
  }
  switch (sign) {
    case '>':
      return compare(own, inside) > 0
    case '<':
      return compare(own, inside) < 0
    case '!':
      return own !== inside
  }
  const interval = /^([\d.: -]+),([\d.: -]+)$/.exec(inside)
  if (interval) return compare(own, interval[1]) >= 0 && compare(own, interval[2]) <= 0
  return inside.split('|').includes(own)
}

function compare(a: unknown, b: unknown): number {
  const [x, y] = [String(a), String(b)]
  const numbers = [x, y].every((text) => /^-?\d+(\.\d+)?$/.test(text))
  return numbers ? Number(x) - Number(y) : x < y ? -1 : x > y ? 1 : 0
}

/** `5` or `offset,count`; what is no number counts as 0, of which there are none. */
function limited(rows: readonly WireRow[], limit: string | null): WireRow[] {
  if (limit === null) return [...rows]
  const [first = 0, second] = limit.split(',').map((part) => Number.parseInt(part, 10) || 0)
  return second === undefined ? rows.slice(0, first) : rows.slice(first, first + second)
}

/** `[id,groups[id]]` → field or association → its fields. */
function parseDisplay(display: string): ReadonlyMap<string, readonly string[] | null> {
  const parts = display.slice(1, -1).match(/[^,[\]]+(?:\[[^\]]*\])?/g) ?? []
  return new Map(
    parts.map((part) => {
      const [name = '', inside] = part.split('[')
      return [name, inside === undefined ? null : inside.slice(0, -1).split(',')]
    }),
  )
}

/** In the shop's own order of fields, whatever the order asked for. */
function pick(row: WireRow, fields: ReadonlyMap<string, readonly string[] | null>): WireRow {
  const shown = Object.entries(row).filter(([name]) => fields.get(name) === null)
  const related = Object.entries(
    (row['associations'] as Record<string, WireRow[]> | undefined) ?? {},
  )
    .filter(([name]) => fields.get(name))
    .map(([name, entries]) => {
      const kept = fields.get(name) ?? []
      return [
        name,
        entries.map((entry) => Object.fromEntries(kept.map((field) => [field, entry[field]]))),
      ]
    })
  return {
    ...Object.fromEntries(shown),
    ...(related.length > 0 ? { associations: Object.fromEntries(related) as unknown } : {}),
  }
}

function inLanguage(row: WireRow, language: string): WireRow {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      const texts = Array.isArray(value) ? (value as { id: string; value: string }[]) : null
      return [name, texts ? (texts.find(({ id }) => id === language)?.value ?? '') : value]
    }),
  )
}
