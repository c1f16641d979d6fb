import { isCalendarDate } from '../calendar'
import type { Address } from '../company'
import type { CalendarDate, Currency, MicroUnits, Milli, Ppm, UnitPrice } from '../units'
import { LARGEST_DOCUMENT } from './document-size'
import type {
  IntakeArticle,
  IntakeFacts,
  IntakeLine,
  IntakeProblem,
  SetPrice,
} from './intake-document'
import type { QuotedPrice } from './line-price'
import { judgeAddress, judgeLine } from './judge-document'

/** What one of the seller's people may change beside the lines. */
export interface EditableHead {
  readonly deliveryAddress: Address | null
  readonly yourReference: string | null
  readonly purchaseOrderNumber: string | null
  readonly goodsMark: string | null
  readonly freightTerms: string | null
  readonly partDeliveries: boolean | null
  readonly requestedDate: CalendarDate | null
}

/** A line as a revision has it, apart from what was made of it. */
export interface ContentLine {
  /** It never changes. */
  readonly id: string
  readonly articleId: string
  readonly quantity: Milli
  readonly shown: QuotedPrice | null
  readonly set?: SetPrice | undefined
  readonly warehouseId: string | null
  readonly requestedDate: CalendarDate | null
  readonly comment: string | null
}

/** What is changed of a requisition's content. */
export interface ContentBefore extends EditableHead {
  readonly currency: Currency
  readonly lines: readonly ContentLine[]
}

/** A price set by hand, in the document's currency, before its rebate. */
export interface HandPrice {
  readonly amount: MicroUnits
  readonly basis: UnitPrice['basis']
  readonly rebate: Ppm
}

/** What may be said of a line; what is left out stays as it is. `set: null` takes a hand-set price back. */
interface LineFields {
  readonly quantity?: Milli | undefined
  readonly set?: HandPrice | null | undefined
  readonly warehouseId?: string | null | undefined
  readonly requestedDate?: CalendarDate | null | undefined
  readonly comment?: string | null | undefined
}

export type LineChange =
  | ({ readonly kind: 'changed'; readonly id: string } & LineFields)
  | ({
      readonly kind: 'added'
      readonly id: string
      readonly articleId: string
      readonly quantity: Milli
    } & LineFields)
  | { readonly kind: 'removed'; readonly id: string }

/** Everything that is changed at once. A delivery address is one of the company's by its key, or written out. */
export interface Changes {
  readonly head: {
    readonly [Field in keyof EditableHead]?:
      | (Field extends 'deliveryAddress'
          ? string | Omit<Address, 'id'> | null
          : EditableHead[Field])
      | undefined
  }
  readonly lines: readonly LineChange[]
}

/** Everything as it is. */
export const noChanges: Changes = { head: {}, lines: [] }

/** A changed line with where in the changes it is spoken of; null where it is as it was. */
export interface RevisedLine extends IntakeLine {
  readonly comment: string | null
  readonly changedAt: number | null
}

export interface RevisedContent<A extends IntakeArticle> {
  readonly head: EditableHead
  readonly lines: readonly { readonly line: RevisedLine; readonly article: A }[]
}

export type ChangeProblem =
  | IntakeProblem
  | { readonly code: 'unknown_line' }
  | { readonly code: 'line_named_twice'; readonly first: number }
  | { readonly code: 'line_exists' }
  | { readonly code: 'no_lines' }
  | { readonly code: 'too_many_lines'; readonly most: number }

/** `pointer` is a JSON pointer (RFC 6901) into the changes. */
export interface ChangeRefusal {
  readonly pointer: string
  readonly problem: ChangeProblem
}

export type Changed<A extends IntakeArticle> =
  | { readonly ok: true; readonly content: RevisedContent<A> }
  | { readonly ok: false; readonly refusals: readonly ChangeRefusal[] }

/**
 * A revision's content with changes made to it, or everything that is wrong with them. What is changed
 * is judged by the rules for a document from a shop; what is left as it is has been judged before.
 *
 * @param by who sets the prices that are set
 */
export function applyChanges<A extends IntakeArticle>(
  before: ContentBefore,
  changes: Changes,
  facts: Pick<IntakeFacts<A>, 'articles' | 'warehouses' | 'company'>,
  by: SetPrice['by'],
): Changed<A> {
  const refusals: ChangeRefusal[] = []
  const refuse = (pointer: string, problem: ChangeProblem) => {
    refusals.push({ pointer, problem })
  }
  const head = headAfter(before, changes.head, facts.company, refuse)
  const lines = linesAfter(before, changes.lines, by, refuse)
  if (lines.length === 0) refuse('/lines', { code: 'no_lines' })
  if (lines.length > LARGEST_DOCUMENT) {
    refuse('/lines', { code: 'too_many_lines', most: LARGEST_DOCUMENT })
  }
  const found = lines.flatMap((line) => {
    const change = line.changedAt === null ? undefined : changes.lines[line.changedAt]
    const article = judgeLine(line, facts, (field, problem) => {
      if (change && isSaid(change, field)) {
        refuse(`/lines/${line.changedAt}/${fieldNames[field]}`, problem)
      }
    })
    return article ? [{ line, article }] : []
  })
  if (refusals.length > 0) return { ok: false, refusals }
  if (found.length < lines.length) throw new Error('An article of a requisition has gone.')
  return { ok: true, content: { head, lines: found } }
}

const fieldNames = {
  article: 'articleId',
  quantity: 'quantity',
  warehouse: 'warehouseId',
  requestedDate: 'requestedDate',
} as const

function isSaid(change: LineChange, field: keyof typeof fieldNames): boolean {
  return (change as Readonly<Record<string, unknown>>)[fieldNames[field]] !== undefined
}

type Refuse = (pointer: string, problem: ChangeProblem) => void

function headAfter(
  before: EditableHead,
  { deliveryAddress, ...said }: Changes['head'],
  company: Parameters<typeof judgeAddress>[1],
  refuse: Refuse,
): EditableHead {
  const { requestedDate } = said
  if (requestedDate && !isCalendarDate(requestedDate)) {
    refuse('/head/requestedDate', { code: 'date_out_of_range' })
  }
  const known = <T>(value: T | undefined, old: T): T => (value === undefined ? old : value)
  return {
    deliveryAddress:
      deliveryAddress === undefined
        ? before.deliveryAddress
        : judgeAddress(deliveryAddress, company, (pointer, problem) =>
            refuse(`/head${pointer}`, problem),
          ),
    yourReference: known(said.yourReference, before.yourReference),
    purchaseOrderNumber: known(said.purchaseOrderNumber, before.purchaseOrderNumber),
    goodsMark: known(said.goodsMark, before.goodsMark),
    freightTerms: known(said.freightTerms, before.freightTerms),
    partDeliveries: known(said.partDeliveries, before.partDeliveries),
    requestedDate: known(requestedDate, before.requestedDate),
  }
}

function linesAfter(
  { lines, currency }: ContentBefore,
  changes: readonly LineChange[],
  by: SetPrice['by'],
  refuse: Refuse,
): readonly RevisedLine[] {
  const there = new Set(lines.map(({ id }) => id))
  const spokenOf = new Map<string, number>()
  const added: RevisedLine[] = []
  for (const [at, change] of changes.entries()) {
    const first = spokenOf.get(change.id)
    if (first !== undefined) refuse(`/lines/${at}/id`, { code: 'line_named_twice', first })
    else spokenOf.set(change.id, at)
    if (change.kind !== 'added') {
      if (!there.has(change.id)) refuse(`/lines/${at}/id`, { code: 'unknown_line' })
      continue
    }
    if (there.has(change.id)) refuse(`/lines/${at}/id`, { code: 'line_exists' })
    const { id, articleId, quantity } = change
    const blank = { shown: null, warehouseId: null, requestedDate: null, comment: null }
    added.push(lineAfter({ id, articleId, quantity, ...blank }, change, at, currency, by))
  }
  const kept = lines.flatMap((line) => {
    const at = spokenOf.get(line.id) ?? null
    const change = at === null ? undefined : changes[at]
    if (change?.kind === 'removed') return []
    return change?.kind === 'changed'
      ? [lineAfter(line, change, at, currency, by)]
      : [lineAfter(line, {}, null, currency, by)]
  })
  return [...kept, ...added]
}

function lineAfter(
  line: ContentLine,
  said: LineFields,
  changedAt: number | null,
  currency: Currency,
  by: SetPrice['by'],
): RevisedLine {
  const { shown } = line
  const set = setAfter(line.set, said.set, currency, by)
  return {
    id: line.id,
    article: line.articleId,
    quantity: said.quantity ?? line.quantity,
    price: shown && {
      amount: shown.unitPrice.amount,
      basis: shown.unitPrice.basis,
      rebate: shown.rebate,
    },
    ...(set && { set }),
    warehouse: said.warehouseId === undefined ? line.warehouseId : said.warehouseId,
    requestedDate: said.requestedDate === undefined ? line.requestedDate : said.requestedDate,
    comment: said.comment === undefined ? line.comment : said.comment,
    changedAt,
  }
}

/** Whoever set a price first has set it, also where somebody says the same again. */
function setAfter(
  before: SetPrice | undefined,
  said: HandPrice | null | undefined,
  currency: Currency,
  by: SetPrice['by'],
): SetPrice | undefined {
  if (said === undefined) return before
  if (said === null) return undefined
  const { amount, basis, rebate } = said
  const isSame =
    before?.unitPrice.amount === amount &&
    before.unitPrice.basis === basis &&
    before.rebate === rebate
  return isSame ? before : { unitPrice: { amount, basis, currency }, rebate, by }
}
