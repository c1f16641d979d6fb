import type { CommandPayload } from '../../../contract/commands'
import type { Quote, QuoteLine, QuoteLineInput } from '../../../contract/quotes'
import type { Article } from '../../../domain/article'
import { isCalendarDate } from '../../../domain/calendar'
import {
  MICRO_SCALE,
  MILLI_SCALE,
  parseDecimal,
  PERCENT_SCALE,
  printDecimal,
} from '../../../domain/money/decimal'
import { rowAmount } from '../../../domain/money/row'
import { tryDocumentTotals, type DocumentTotals } from '../../../domain/money/totals'
import type { PriceResolution } from '../../../domain/pricing/rules'
import { quantityRefusals, type QuantityRefusal } from '../../../domain/quantity'
import { WHOLE, type UnitPrice } from '../../../domain/units'

/** A row as it stands in its fields. */
export interface RowForm {
  readonly id: string
  readonly articleId: string
  readonly quantity: string
  /** By hand; empty is the company's own. */
  readonly price: string
  readonly rebate: string
  readonly requestedDate: string
  readonly comment: string
}
export type RowField = Exclude<keyof RowForm, 'id' | 'articleId'>

/** A quote as it stands in its fields. */
export interface QuoteForm {
  readonly validUntil: string
  readonly message: string
  readonly goodsMark: string
  readonly yourReference: string
  readonly rows: readonly RowForm[]
  /** Own prices of rows that are new, as the gateway told them. */
  readonly resolved: ReadonlyMap<string, PriceResolution>
}
export type HeadField = 'validUntil' | 'message' | 'goodsMark' | 'yourReference'

/** What is wrong with a field. */
export type FieldProblem =
  | 'empty'
  | 'malformed'
  | 'too_fine'
  | 'too_large'
  | 'below_minimum'
  | 'not_in_packs'
  | 'no_date'
  | 'past'

/** A row that was read: what would be sent of it, or what is wrong with which field. */
export interface ReadRow {
  readonly line: QuoteLineInput | null
  readonly problems: Readonly<Partial<Record<RowField, FieldProblem>>>
}

/** How figures are written in fields: as the language has them, and read back either way. */
export function typed(value: number, scale: number, language: 'sv' | 'en'): string {
  const text = printDecimal(value, scale)
  return language === 'sv' ? text.replace('.', ',') : text
}

/** The fields of a quote as it is. */
export function formOf(quote: Quote, language: 'sv' | 'en'): QuoteForm {
  return {
    validUntil: quote.validUntil,
    message: quote.message ?? '',
    goodsMark: quote.goodsMark ?? '',
    yourReference: quote.yourReference ?? '',
    rows: quote.lines.map((line) => rowOf(line, language)),
    resolved: new Map(),
  }
}

function rowOf(line: QuoteLine, language: 'sv' | 'en'): RowForm {
  const { byHand } = line
  return {
    id: line.id,
    articleId: line.articleId,
    quantity: typed(line.quantity, MILLI_SCALE, language),
    price: byHand ? typed(byHand.unitPrice.amount, MICRO_SCALE, language) : '',
    rebate: byHand && byHand.rebate !== 0 ? typed(byHand.rebate, PERCENT_SCALE, language) : '',
    requestedDate: line.requestedDate ?? '',
    comment: line.comment ?? '',
  }
}

const quantityProblems: { readonly [C in QuantityRefusal['code']]: FieldProblem } = {
  quantity_not_positive: 'below_minimum',
  quantity_too_large: 'too_large',
  quantity_precision: 'too_fine',
  quantity_below_minimum: 'below_minimum',
  quantity_not_pack_multiple: 'not_in_packs',
}

/** Reads a row as it would be sent. @param base the line as it was; absent of a new one */
export function readRow(
  form: RowForm,
  base: QuoteLine | undefined,
  article: Article | undefined,
  resolved: PriceResolution | undefined,
): ReadRow {
  const problems: Partial<Record<RowField, FieldProblem>> = {}
  const number = (field: RowField, scale: number): number | null => {
    const parsed = parseDecimal(form[field], scale, 'typed')
    if (parsed.ok) return parsed.value
    problems[field] =
      parsed.error.code === 'decimal_empty'
        ? 'empty'
        : parsed.error.code === 'decimal_too_fine'
          ? 'too_fine'
          : parsed.error.code === 'decimal_too_large'
            ? 'too_large'
            : 'malformed'
    return null
  }
  const quantity = number('quantity', MILLI_SCALE)
  const refusal = quantity !== null && article && quantityRefusals(quantity, article)[0]
  if (refusal) problems.quantity = quantityProblems[refusal.code]
  const own = resolved?.kind === 'priced' ? resolved : null
  const basis = base?.byHand?.unitPrice.basis ?? own?.unitPrice.basis ?? 'net'
  const isOwn = form.price.trim() === '' && form.rebate.trim() === ''
  let price: QuoteLineInput['price'] = null
  if (!isOwn) {
    const isRebateOnly = form.price.trim() === ''
    if (isRebateOnly && !own) problems.price = 'empty'
    const amount = isRebateOnly ? (own?.unitPrice.amount ?? null) : number('price', MICRO_SCALE)
    const rebate = form.rebate.trim() === '' ? 0 : number('rebate', PERCENT_SCALE)
    if (amount !== null && amount < 0) problems.price = 'malformed'
    if (rebate !== null && (rebate < 0 || rebate > WHOLE)) problems.rebate = 'too_large'
    if (amount !== null && rebate !== null) price = { amount, basis, rebate }
  }
  const requestedDate = form.requestedDate.trim()
  if (requestedDate !== '' && !isCalendarDate(requestedDate)) problems.requestedDate = 'no_date'
  if (Object.keys(problems).length > 0 || quantity === null) return { line: null, problems }
  return {
    problems,
    line: {
      id: form.id,
      articleId: form.articleId,
      quantity,
      price,
      warehouseId: base?.warehouseId ?? null,
      requestedDate: requestedDate === '' ? null : requestedDate,
      comment: form.comment.trim() || null,
    },
  }
}

/** What is wrong with the last day, or null. */
export function validityProblem(form: QuoteForm, today: string): FieldProblem | null {
  if (!isCalendarDate(form.validUntil.trim())) return 'no_date'
  return form.validUntil.trim() < today ? 'past' : null
}

/** What a read row comes to; null where it has no price or is wrong. */
export function amountOf(
  { line }: ReadRow,
  resolved: PriceResolution | undefined,
  currency: string,
): { readonly unitPrice: UnitPrice; readonly rebate: number; readonly amount: number } | null {
  const own = resolved?.kind === 'priced' ? resolved : null
  const price = line?.price
    ? { unitPrice: { ...line.price, currency }, rebate: line.price.rebate }
    : own
  if (!line || !price) return null
  const { unitPrice, rebate } = price
  try {
    const amount = rowAmount({ price: unitPrice, quantity: line.quantity, rebate })
    return { unitPrice, rebate, amount }
  } catch {
    return null
  }
}

/** The articles of the replica, by id. */
export type Articles = (id: string) => Article | undefined

/** The own price of a row as far as it is known here. */
export function resolvedOf(
  form: QuoteForm,
  base: QuoteLine | undefined,
  id: string,
): PriceResolution | undefined {
  return form.resolved.get(id) ?? base?.resolved
}

/** The sums as they would be, of the rows that can be read; what own prices are then, the gateway says. */
export function sumsOf(form: QuoteForm, base: Quote, articles: Articles): DocumentTotals {
  const { currency, totals } = base
  const before = new Map(base.lines.map((line) => [line.id, line]))
  const rows = form.rows.flatMap((row) => {
    const was = before.get(row.id)
    const article = articles(row.articleId)
    const resolved = resolvedOf(form, was, row.id)
    const read = readRow(row, was, article, resolved)
    const priced = amountOf(read, resolved, currency)
    if (!priced || !read.line) return []
    const vatRate = was?.vatRate ?? resolved?.vatRate ?? article?.vatRate ?? 0
    const { unitPrice, rebate } = priced
    return [{ price: unitPrice, quantity: read.line.quantity, rebate, vatRate }]
  })
  const summed = tryDocumentTotals(rows, { currency, mode: totals.mode })
  return summed.ok ? summed.totals : totals
}

/** What would be sent; null while something in it is wrong. */
export function readForm(
  form: QuoteForm,
  base: Quote,
  articles: Articles,
): CommandPayload<'quote.edit'> | null {
  if (!isCalendarDate(form.validUntil.trim())) return null
  const before = new Map(base.lines.map((line) => [line.id, line]))
  const lines: QuoteLineInput[] = []
  for (const row of form.rows) {
    const was = before.get(row.id)
    const resolved = resolvedOf(form, was, row.id)
    const { line } = readRow(row, was, articles(row.articleId), resolved)
    if (!line) return null
    if (!was || !sameLine(line, was)) lines.push(line)
  }
  const kept = new Set(form.rows.map(({ id }) => id))
  const head: CommandPayload<'quote.edit'>['head'] = {}
  const text = (value: string) => value.trim() || null
  if (form.validUntil.trim() !== base.validUntil) head.validUntil = form.validUntil.trim()
  if (text(form.message) !== base.message) head.message = text(form.message)
  if (text(form.goodsMark) !== base.goodsMark) head.goodsMark = text(form.goodsMark)
  if (text(form.yourReference) !== base.yourReference) {
    head.yourReference = text(form.yourReference)
  }
  return {
    revision: base.revision,
    head,
    lines,
    removed: base.lines.flatMap(({ id }) => (kept.has(id) ? [] : [id])),
  }
}

const headFields = ['validUntil', 'message', 'goodsMark', 'yourReference'] as const
const rowFields = [
  'id',
  'articleId',
  'quantity',
  'price',
  'rebate',
  'requestedDate',
  'comment',
] as const

/** Whether two forms are the same to the letter: a space that begins a word is one of it. */
export function isSameForm(a: QuoteForm, b: QuoteForm): boolean {
  return (
    headFields.every((field) => a[field] === b[field]) &&
    a.rows.length === b.rows.length &&
    a.rows.every((row, at) => rowFields.every((field) => row[field] === b.rows[at]?.[field]))
  )
}

function sameLine(line: QuoteLineInput, was: QuoteLine): boolean {
  const { byHand } = was
  const samePrice =
    line.price === null || byHand === null
      ? line.price === null && byHand === null
      : line.price.amount === byHand.unitPrice.amount &&
        line.price.basis === byHand.unitPrice.basis &&
        line.price.rebate === byHand.rebate
  return (
    samePrice &&
    line.quantity === was.quantity &&
    line.requestedDate === was.requestedDate &&
    line.comment === was.comment
  )
}
