import type { Requisition, RequisitionLine } from '../../../../contract/entities'
import type { Article } from '../../../../domain/article'
import { isCalendarDate } from '../../../../domain/calendar'
import type { Company } from '../../../../domain/company'
import { MICRO_SCALE, parseDecimal, PERCENT_SCALE } from '../../../../domain/money/decimal'
import { rowAmount as amountOf } from '../../../../domain/money/row'
import {
  tryDocumentTotals,
  type DocumentTotals,
  type VatMode,
} from '../../../../domain/money/totals'
import type { PriceResolution } from '../../../../domain/pricing/rules'
import type { Changes, HandPrice, LineChange } from '../../../../domain/requisition/changes'
import {
  beyondLimits,
  type BeyondLimit,
  type EditLimits,
} from '../../../../domain/requisition/edit-limits'
import {
  priceByItself,
  priceToOrder,
  type QuotedPrice,
} from '../../../../domain/requisition/line-price'
import type { SetPrice } from '../../../../domain/requisition/intake-document'
import { WHOLE, type MinorUnits, type Milli } from '../../../../domain/units'
import type { Texts } from '../../../../language/texts'
import {
  priceKey,
  type AddedLine,
  type EditDraft,
  type HeadField,
  type LineDraft,
  type LineField,
} from '../../../state/edits'
import { readQuantity } from '../../customers/typed-quantity'

/** One cell of a line as it stands in its field. */
export interface EditedCell {
  readonly text: string
  readonly isChanged: boolean
  /** What stood there before; null where it is new. */
  readonly before: string | null
  readonly problem: string | null
}

export interface EditedLine {
  readonly id: string
  readonly articleId: string
  readonly article: Article | undefined
  readonly kind: 'kept' | 'changed' | 'added' | 'removed'
  readonly cells: Readonly<Record<LineField, EditedCell>>
  readonly price: QuotedPrice | null
  readonly rowAmount: MinorUnits | null
  /** A price that has to be asked for, since nobody was shown one for so many. */
  readonly unasked: { readonly articleId: string; readonly quantity: Milli } | null
}

/** A requisition as it would be with what has been typed. */
export interface EditedRequisition {
  readonly lines: readonly EditedLine[]
  /** Null where they are past what can be counted. */
  readonly totals: DocumentTotals | null
  readonly changes: Changes
  /** Undefined where it is as it was. */
  readonly internalComment: string | null | undefined
  readonly isChanged: boolean
  /** How many fields cannot be taken as they are. */
  readonly problems: number
}

/** What is known beside the requisition itself. */
export interface EditedContext {
  readonly articleOf: (id: string) => Article | undefined
  readonly company: Company | undefined
  readonly vatMode: VatMode
  readonly limits: EditLimits
  readonly user: SetPrice['by']
  readonly texts: Texts
}

/** What the typing comes to: each line with its price and amount, the sums, and what would be sent. */
export function editedRequisition(
  requisition: Requisition,
  draft: EditDraft,
  context: EditedContext,
): EditedRequisition {
  const read = [
    ...requisition.lines.map((line) => readLine(line, draft, context, requisition.currency)),
    ...draft.added.map((line) => readAdded(line, draft, context, requisition.currency)),
  ]
  const staying = read.filter(({ line }) => line.kind !== 'removed')
  const summed = tryDocumentTotals(
    staying.flatMap(({ line, quantity, vatRate }) =>
      line.price && quantity !== null
        ? [{ price: line.price.unitPrice, quantity, rebate: line.price.rebate, vatRate }]
        : [],
    ),
    { currency: requisition.currency, mode: context.vatMode },
  )
  const head = readHead(requisition, draft, context)
  const changes = { head: head.changes, lines: read.flatMap(({ change }) => change ?? []) }
  const isChanged =
    changes.lines.length > 0 ||
    Object.keys(head.changes).length > 0 ||
    head.internalComment !== undefined
  const wrong = staying.flatMap(({ line }) =>
    Object.values(line.cells).filter(({ problem }) => problem !== null),
  )
  return {
    lines: read.map(({ line }) => line),
    totals: summed.ok ? summed.totals : null,
    changes,
    internalComment: head.internalComment,
    isChanged,
    problems: wrong.length + head.problems + (staying.length === 0 ? 1 : 0) + (summed.ok ? 0 : 1),
  }
}

interface ReadLine {
  readonly line: EditedLine
  readonly change: LineChange | null
  readonly quantity: Milli | null
  readonly vatRate: number
}

function readLine(
  before: RequisitionLine,
  draft: EditDraft,
  context: EditedContext,
  currency: string,
): ReadLine {
  const typed = draft.lines.get(before.id) ?? {}
  if (draft.removed.has(before.id)) {
    const kept = compose(before, before, {}, draft, context, currency)
    return {
      ...kept,
      line: { ...kept.line, kind: 'removed' },
      change: { kind: 'removed', id: before.id },
    }
  }
  return compose(before, before, typed, draft, context, currency)
}

function readAdded(
  added: AddedLine,
  draft: EditDraft,
  context: EditedContext,
  currency: string,
): ReadLine {
  const article = context.articleOf(added.articleId)
  const unknown: PriceResolution = {
    kind: 'missing',
    reason: 'no_rule',
    listPrice: article?.listPrice ?? null,
    vatRate: article?.vatRate ?? 0,
  }
  const blank = {
    id: added.id,
    articleId: added.articleId,
    quantity: 0,
    shown: null,
    resolved: unknown,
    requestedDate: null,
  }
  return compose(blank, null, added, draft, context, currency)
}

type Known = Pick<
  RequisitionLine,
  'id' | 'articleId' | 'quantity' | 'shown' | 'set' | 'resolved' | 'requestedDate'
>

function compose(
  known: Known,
  before: Known | null,
  typed: LineDraft,
  draft: EditDraft,
  context: EditedContext,
  currency: string,
): ReadLine {
  const { texts } = context
  const article = context.articleOf(known.articleId)
  const quantity = readQuantityCell(before?.quantity ?? null, typed.quantity, article, texts)
  const isOtherQuantity = quantity.value !== before?.quantity
  const asked = quantity.value !== null && known.shown === null && isOtherQuantity
  const key = priceKey(known.articleId, quantity.value ?? 0)
  const found = asked ? draft.resolved.get(key) : undefined
  const resolved = found ?? known.resolved
  const own = { shown: known.shown, resolved }
  const prices = readPriceCells({ ...known, resolved }, before, typed, currency, context)
  const set = prices.set === undefined ? known.set : (prices.set ?? undefined)
  const price = priceToOrder({ set, ...own })
  const beyond =
    prices.set == null
      ? []
      : beyondLimits(
          [
            {
              id: known.id,
              set: prices.set,
              ...own,
              vatRate: resolved.vatRate,
              cost: article?.cost ?? null,
            },
          ],
          context.limits,
        )
  const date = readDateCell(
    before ? before.requestedDate : null,
    typed.date,
    before !== null,
    texts,
  )
  const change = changeOf(known.id, before === null ? known.articleId : null, {
    quantity: isOtherQuantity ? quantity.value : undefined,
    set: prices.set && handPriceOf(prices.set),
    isTakenBack: prices.set === null,
    requestedDate: date.value,
  })
  const limited = beyond[0] ? beyondWords(beyond[0], texts) : null
  return {
    line: {
      id: known.id,
      articleId: known.articleId,
      article,
      kind: before === null ? 'added' : change ? 'changed' : 'kept',
      cells: {
        quantity: quantity.cell,
        price: { ...prices.price, problem: prices.price.problem ?? limited },
        rebate: prices.rebate,
        date: date.cell,
      },
      price,
      rowAmount: rowAmountAt(price, quantity.value),
      unasked:
        asked && !found && !set ? { articleId: known.articleId, quantity: quantity.value } : null,
    },
    change,
    quantity: quantity.value,
    vatRate: resolved.vatRate,
  }
}

function changeOf(
  id: string,
  articleId: string | null,
  said: {
    readonly quantity: Milli | null | undefined
    readonly set: HandPrice | null | undefined
    readonly isTakenBack: boolean
    readonly requestedDate: string | null | undefined
  },
): LineChange | null {
  const fields = {
    ...(said.isTakenBack ? { set: null } : said.set && { set: said.set }),
    ...(said.requestedDate !== undefined && { requestedDate: said.requestedDate }),
  }
  if (articleId !== null) {
    return { kind: 'added', id, articleId, quantity: said.quantity ?? 0, ...fields }
  }
  const quantity = said.quantity == null ? {} : { quantity: said.quantity }
  return Object.keys({ ...quantity, ...fields }).length === 0
    ? null
    : { kind: 'changed', id, ...quantity, ...fields }
}

function readQuantityCell(
  before: Milli | null,
  typed: string | undefined,
  article: Article | undefined,
  texts: Texts,
): { readonly cell: EditedCell; readonly value: Milli | null } {
  const was = before === null ? null : texts.formats.quantity(before)
  if (typed === undefined && before !== null) {
    return { cell: untouched(was ?? ''), value: before }
  }
  const text = typed ?? ''
  const { quantity, error } = article
    ? readQuantity(text, article, texts)
    : { quantity: null, error: texts.t('lines.unknownArticle') }
  // An old quantity that its pack no longer divides may stand as it is.
  const problem = quantity !== null && quantity === before ? null : error
  return {
    cell: { text, isChanged: quantity !== before, before: was, problem },
    value: quantity,
  }
}

function readDateCell(
  before: string | null,
  typed: string | undefined,
  isOld: boolean,
  { t }: Texts,
): { readonly cell: EditedCell; readonly value: string | null | undefined } {
  if (typed === undefined) return { cell: untouched(before ?? ''), value: undefined }
  const date = typed.trim()
  const isDate = isDateOrEmpty(date)
  const value = date === '' ? null : date
  const isChanged = value !== before
  return {
    cell: {
      text: typed,
      isChanged,
      before: isOld ? (before ?? '') : null,
      problem: isDate ? null : t('edit.dateMalformed'),
    },
    value: isChanged && isDate ? value : undefined,
  }
}

export function isDateOrEmpty(text: string): boolean {
  return text === '' || isCalendarDate(text)
}

/** `set`: undefined as it was, null taken back. */
function readPriceCells(
  known: Known,
  before: Known | null,
  typed: LineDraft,
  currency: string,
  { texts, user }: EditedContext,
): {
  readonly price: EditedCell
  readonly rebate: EditedCell
  readonly set: SetPrice | null | undefined
} {
  const { t, formats } = texts
  const ordered = priceToOrder(known)
  const priceText = ordered ? formats.unitPrice(ordered.unitPrice.amount) : ''
  const rebateText = percentText(ordered?.rebate ?? 0, texts)
  const asPrice = (text: string) => readFigure(text, MICRO_SCALE, Number.MAX_SAFE_INTEGER)
  const asRebate = (text: string) => readFigure(text, PERCENT_SCALE, WHOLE)
  const isEmptied = typed.price !== undefined && typed.price.trim() === ''
  const price = isEmptied ? null : asPrice(typed.price ?? priceText)
  const rebate =
    typed.rebate === undefined ? (ordered?.rebate ?? 0) : asRebate(typed.rebate.trim() || '0')
  const isTouched = typed.price !== undefined || typed.rebate !== undefined
  let set: SetPrice | null | undefined
  if (isTouched && price !== null && rebate !== null) {
    set = {
      unitPrice: { amount: price, basis: ordered?.unitPrice.basis ?? 'net', currency },
      rebate,
      by: user,
    }
  } else if (isEmptied) set = null
  const own = priceByItself(known)
  if (set && own && isSamePrice(set, own)) set = null
  if (set && known.set && isSamePrice(set, known.set)) set = undefined
  if (set === null && !known.set) set = undefined
  const isChanged = set !== undefined
  const cell = (text: string, was: string, isOwn: boolean, problem: string | null): EditedCell => ({
    text,
    isChanged: isChanged && isOwn,
    before: before === null ? null : was,
    problem,
  })
  const isPriceWrong = typed.price !== undefined && !isEmptied && price === null
  const isRebateAlone = isTouched && !isEmptied && price === null && typed.price === undefined
  return {
    price: cell(
      typed.price ?? priceText,
      priceText,
      price !== ordered?.unitPrice.amount,
      isPriceWrong ? t('edit.priceMalformed') : isRebateAlone ? t('edit.priceFirst') : null,
    ),
    rebate: cell(
      typed.rebate ?? rebateText,
      rebateText,
      rebate !== (ordered?.rebate ?? 0),
      rebate === null ? t('edit.rebateMalformed') : null,
    ),
    set,
  }
}

function readFigure(text: string, scale: number, most: number): number | null {
  const parsed = parseDecimal(text, scale, 'typed')
  return parsed.ok && parsed.value >= 0 && parsed.value <= most ? parsed.value : null
}

function isSamePrice(a: QuotedPrice, b: QuotedPrice): boolean {
  return (
    a.unitPrice.amount === b.unitPrice.amount &&
    a.unitPrice.basis === b.unitPrice.basis &&
    a.rebate === b.rebate
  )
}

function handPriceOf({ unitPrice, rebate }: QuotedPrice): HandPrice {
  return { amount: unitPrice.amount, basis: unitPrice.basis, rebate }
}

function rowAmountAt(price: QuotedPrice | null, quantity: Milli | null): MinorUnits | null {
  if (!price || quantity === null) return null
  try {
    return amountOf({ price: price.unitPrice, quantity, rebate: price.rebate })
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function untouched(text: string): EditedCell {
  return { text, isChanged: false, before: null, problem: null }
}

/** A rate as it is typed: per cent without the sign. */
export function percentText(rate: number, { formats }: Texts): string {
  return formats.percent(rate, PERCENT_SCALE).replace(/\s*%$/u, '')
}

function beyondWords({ limit, value, allowed }: BeyondLimit, { t, formats }: Texts): string {
  const figures = { value: formats.percent(value), allowed: formats.percent(allowed) }
  return t(limit === 'discount' ? 'edit.beyondDiscount' : 'edit.beyondMargin', figures)
}

/** A head field as it stands before anything is typed. */
export function headText(requisition: Requisition, field: HeadField): string {
  switch (field) {
    case 'deliveryAddress':
      return requisition.deliveryAddress?.id ?? ''
    case 'partDeliveries':
      return requisition.partDeliveries === null ? '' : requisition.partDeliveries ? 'yes' : 'no'
    default:
      return requisition[field] ?? ''
  }
}

function readHead(
  requisition: Requisition,
  draft: EditDraft,
  { company }: EditedContext,
): {
  readonly changes: Changes['head']
  readonly internalComment: string | null | undefined
  readonly problems: number
} {
  const changes: Record<string, string | boolean | null> = {}
  let internalComment: string | null | undefined
  let problems = 0
  for (const [name, typed] of Object.entries(draft.head)) {
    const field = name as HeadField
    const text = typed.trim()
    if (text === headText(requisition, field).trim()) continue
    if (field === 'internalComment') internalComment = text || null
    else if (field === 'partDeliveries') changes[field] = text === '' ? null : text === 'yes'
    else if (field === 'requestedDate' && !isDateOrEmpty(text)) problems += 1
    else if (field !== 'deliveryAddress') changes[field] = text || null
    else if (text === '' || company?.addresses.some(({ id }) => id === text)) {
      changes[field] = text || null
    }
  }
  return { changes, internalComment, problems }
}
