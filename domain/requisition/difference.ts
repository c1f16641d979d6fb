import type { PriceResolution } from '../pricing/rules'
import type { CalendarDate, Milli } from '../units'
import type { EditableHead } from './changes'
import { priceToOrder, type QuotedPrice } from './line-price'

/** What of a line is told when it has changed. */
export interface LineFigures {
  readonly articleId: string
  readonly quantity: Milli
  /** What it is ordered at; null while there is no price. */
  readonly price: QuotedPrice | null
  readonly warehouseId: string | null
  readonly requestedDate: CalendarDate | null
  readonly comment: string | null
}

/** A line before and after; null where it was not or is no more. */
export interface LineDifference {
  readonly lineId: string
  readonly before: LineFigures | null
  readonly after: LineFigures | null
}

/** What one revision has otherwise than another. */
export interface Difference {
  readonly lines: readonly LineDifference[]
  readonly head: Partial<{
    readonly [Field in keyof EditableHead]: {
      readonly before: EditableHead[Field]
      readonly after: EditableHead[Field]
    }
  }>
}

interface Compared extends EditableHead {
  readonly lines: readonly (Omit<LineFigures, 'price'> & {
    readonly id: string
    readonly set?: QuotedPrice | undefined
    readonly shown: QuotedPrice | null
    readonly resolved: PriceResolution
  })[]
}

const headFields = [
  'deliveryAddress',
  'yourReference',
  'purchaseOrderNumber',
  'goodsMark',
  'freightTerms',
  'partDeliveries',
  'requestedDate',
] as const satisfies readonly (keyof EditableHead)[]

/** What has changed from one revision to another, line by line, in the order of the later one. */
export function differenceOf(before: Compared, after: Compared): Difference {
  const were = new Map(before.lines.map((line) => [line.id, figuresOf(line)]))
  const lines: LineDifference[] = []
  for (const line of after.lines) {
    const was = were.get(line.id) ?? null
    were.delete(line.id)
    const is = figuresOf(line)
    if (!was || !isSame(was, is)) lines.push({ lineId: line.id, before: was, after: is })
  }
  for (const [lineId, was] of were) lines.push({ lineId, before: was, after: null })
  const head = Object.fromEntries(
    headFields
      .filter((field) => !isSame(before[field], after[field]))
      .map((field) => [field, { before: before[field], after: after[field] }]),
  )
  return { lines, head }
}

function figuresOf(line: Compared['lines'][number]): LineFigures {
  const { articleId, quantity, warehouseId, requestedDate, comment } = line
  const price = priceToOrder(line)
  return {
    articleId,
    quantity,
    price: price && {
      // One by one, in this order: what was set by hand carries more.
      unitPrice: {
        amount: price.unitPrice.amount,
        basis: price.unitPrice.basis,
        currency: price.unitPrice.currency,
      },
      rebate: price.rebate,
    },
    warehouseId,
    requestedDate,
    comment,
  }
}

function isSame(a: unknown, b: unknown): boolean {
  return textOf(a) === textOf(b)
}

/** As JSON with its keys in order: what has been in the database has lost its own. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
