/**
 * Casts for what the webservice sends: nearly everything is a string, some ids are numbers, an empty
 * field is `""`, `"0"`, `null` or `false`, and dates without a value are zeros. Every cast takes its
 * own output as well, so that records kept between passes are parsed by the same schemas.
 */
import { z } from '../../../contract/zod'
import { MICRO_SCALE, parseDecimal, printDecimal } from '../../../domain/money/decimal'

/** A field that is empty; one that is missing is an error, lest a price turn 0 in silence. */
const nothing = (value: unknown) => value === null || value === '' || value === false

function cast<T>(expected: string, read: (value: unknown) => T | undefined) {
  return z.unknown().transform((value, context): T => {
    const result = read(value)
    if (result === undefined) {
      context.addIssue({ code: 'custom', message: `is not ${expected}` })
      return z.NEVER
    }
    return result
  })
}

/** `"5"` or 5 → 5; nothing → 0, as PrestaShop's own ids have it. */
export const integer = cast('a whole number', (value) => {
  if (nothing(value)) return 0
  if (typeof value !== 'number' && !(typeof value === 'string' && /^-?\d{1,15}$/.test(value))) {
    return undefined
  }
  const number = Number(value)
  return Number.isSafeInteger(number) ? (number === 0 ? 0 : number) : undefined
})

/** The id of a row: above 0, never absent. */
export const identifier = integer.refine((id) => id > 0, 'is not an id')

/** `"1"`, 1, true → true; `"0"`, nothing → false. */
export const flag = cast('0 or 1', (value) => {
  if (nothing(value) || value === '0' || value === 0) return false
  return value === '1' || value === 1 || value === true ? true : undefined
})

/** A decimal of at most six decimals in its shortest form: `"23.900000"` → `"23.9"`; nothing → `"0"`. */
export const decimal = cast('a decimal number', (value) => {
  if (nothing(value)) return '0'
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const parsed = parseDecimal(String(value), MICRO_SCALE)
  return parsed.ok ? printDecimal(parsed.value, MICRO_SCALE) : undefined
})

/** A line of text, trimmed; nothing → `""`. A missing name has been seen as `false`. */
export const text = cast('text', (value) => {
  if (nothing(value)) return ''
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : undefined
})

/** A shop-local `YYYY-MM-DD HH:MM:SS` without offset; zeros or nothing → null. */
export const moment = cast('a date and time', (value) => {
  if (nothing(value)) return null
  const match = typeof value === 'string' && /^(\d{4}-\d\d-\d\d)(?: (\d\d:\d\d:\d\d))?$/.exec(value)
  if (!match) return undefined
  const [, date = '', time = '00:00:00'] = match
  if (date === '0000-00-00') return null
  // A day that does not exist would slide into the next month.
  const parsed = new Date(`${date}T${time}Z`)
  if (Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== date) return undefined
  return `${date} ${time}`
})

const perLanguage = z.array(z.object({ id: integer, value: text }))
const byLanguage = z.record(z.string(), text)

/** Texts by language id. Where one language is active the shop sends a plain string: it gets key `""`. */
export const translated = cast<Readonly<Record<string, string>>>('a translated text', (value) => {
  if (nothing(value)) return {}
  if (typeof value === 'string') return { '': value.trim() }
  const list = perLanguage.safeParse(value)
  if (list.success) return Object.fromEntries(list.data.map(({ id, value: said }) => [id, said]))
  const record = byLanguage.safeParse(value)
  return record.success ? record.data : undefined
})

const references = z.array(z.union([z.number().int(), z.object({ id: integer })]))

/** The ids of an association, `[{"id":"3"}]` → [3]; absent when empty. */
export const idList = references
  .nullish()
  .transform((list): readonly number[] =>
    (list ?? []).map((entry) => (typeof entry === 'number' ? entry : entry.id)),
  )

/** Brings an association up beside the fields: `{associations:{groups}}` → `{groups}`. */
export function lifting(association: string) {
  return (row: unknown): unknown => {
    if (!row || typeof row !== 'object' || !('associations' in row)) return row
    const { associations, ...fields } = row as Record<string, unknown>
    if (!associations || typeof associations !== 'object') return fields
    return { ...fields, [association]: (associations as Record<string, unknown>)[association] }
  }
}
