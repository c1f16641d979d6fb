import { isCalendarDate } from '../calendar'
import { orderingRights, type Address, type Company, type CustomerGroup } from '../company'
import { quantityRefusals } from '../quantity'
import type { CalendarDate, Instant } from '../units'
import type {
  IntakeArticle,
  IntakeDocument,
  IntakeFacts,
  IntakeLine,
  IntakeProblem,
  IntakeRefusal,
  Sending,
} from './intake-document'
import type { RequisitionKind } from './states'

/** A document that nothing speaks against, with what it names. */
export interface SoundDocument<
  Line extends IntakeLine = IntakeLine,
  A extends IntakeArticle = IntakeArticle,
> {
  readonly kind: RequisitionKind
  readonly company: Company
  readonly group: CustomerGroup
  readonly lines: readonly { readonly line: Line; readonly article: A }[]
  /** An address written out has the id `''`. */
  readonly deliveryAddress: Address | null
}

export type Judgement<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusals: readonly IntakeRefusal[] }

/** The ordering right that sending in each kind takes. */
const rightFor = {
  list: 'lists',
  quote_request: 'lists',
  proposal: 'requisition',
} as const satisfies Record<RequisitionKind, CustomerGroup['orderingRight']>

/** A shop's clock may be ahead of ours by so much. */
const clockAheadMs = 24 * 3_600_000
/** No webshop sent anything before. */
const earliestSending = Date.parse('2000-01-01T00:00:00Z')

/**
 * Judges what a webshop sent in against who sent it and what it names: everything that is wrong, in
 * the order of the document, or the document with what it names at hand. A company on hold is let
 * in, since people decide about that; a blocked or closed one is not.
 */
export function judgeDocument<Line extends IntakeLine, A extends IntakeArticle>(
  document: IntakeDocument<Line>,
  sending: Sending,
  facts: IntakeFacts<A>,
): Judgement<SoundDocument<Line, A>> {
  const refusals: IntakeRefusal[] = []
  const refuse = (pointer: string, problem: IntakeProblem) => {
    refusals.push({ pointer, problem })
  }
  if (!isPlausible(sending.sentAt, sending.now)) {
    refuse('', { code: 'timestamp_out_of_range' })
  }
  const parties = judgeParties(document, sending.kind, facts, refuse)
  const address = judgeAddress(document.deliveryAddress, facts.company, refuse)
  judgeDate('/requestedDate', document.requestedDate, refuse)
  const lines = judgeLines(document.lines, facts, refuse)
  return refusals.length === 0 && parties
    ? { ok: true, value: { kind: sending.kind, ...parties, lines, deliveryAddress: address } }
    : { ok: false, refusals }
}

type Refuse = (pointer: string, problem: IntakeProblem) => void

/** Who it is from, and whether they may send that. */
export function judgeParties(
  document: Pick<IntakeDocument, 'currency'>,
  kind: RequisitionKind,
  { contact, company, group }: Pick<IntakeFacts, 'contact' | 'company' | 'group'>,
  refuse: Refuse,
): { readonly company: Company; readonly group: CustomerGroup } | null {
  if (!contact || !company || !group) {
    refuse('/contact', { code: 'unknown_contact' })
    return null
  }
  if (contact.status === 'disabled') refuse('/contact', { code: 'contact_disabled' })
  if (company.status === 'blocked') {
    refuse('/contact', { code: 'company_blocked', reason: company.statusReason })
  }
  if (company.status === 'closed') {
    refuse('/contact', { code: 'company_closed', reason: company.statusReason })
  }
  const needs = rightFor[kind]
  if (orderingRights.indexOf(group.orderingRight) < orderingRights.indexOf(needs)) {
    refuse('/contact', { code: 'ordering_right_too_low', has: group.orderingRight, needs })
  }
  if (document.currency !== company.currency) {
    refuse('/currency', { code: 'wrong_currency', currency: company.currency })
  }
  return { company, group }
}

/** The address that is meant: one of the company's by its key, or one written out. */
export function judgeAddress(
  sent: IntakeDocument['deliveryAddress'],
  company: Company | null,
  refuse: Refuse,
): Address | null {
  if (sent === null) return null
  if (typeof sent !== 'string') return { id: '', ...sent }
  // Whose addresses to look among is not known without a company, and that has been said already.
  if (!company) return null
  const found = company.addresses.find(({ id }) => id === sent)
  if (!found) refuse('/deliveryAddress', { code: 'unknown_address' })
  return found ?? null
}

function judgeLines<Line extends IntakeLine, A extends IntakeArticle>(
  lines: readonly Line[],
  { articles, warehouses }: IntakeFacts<A>,
  refuse: Refuse,
): { line: Line; article: A }[] {
  const sound: { line: Line; article: A }[] = []
  const facts = { articles, warehouses }
  const places = new Map<string, number>()
  for (const [index, line] of lines.entries()) {
    const at = `/lines/${index}`
    const first = places.get(line.id)
    if (first === undefined) places.set(line.id, index)
    else refuse(`${at}/id`, { code: 'duplicate_line_id', first })

    const article = judgeLine(line, facts, (field, problem) => refuse(`${at}/${field}`, problem))
    if (article) sound.push({ line, article })
  }
  return sound
}

/** Judges one line by itself; its article, where there is such a one. */
export function judgeLine<A extends IntakeArticle>(
  line: IntakeLine,
  { articles, warehouses }: Pick<IntakeFacts<A>, 'articles' | 'warehouses'>,
  refuse: (field: LineField, problem: IntakeProblem) => void,
): A | null {
  const article = articles.get(line.article)
  if (!article) refuse('article', { code: 'unknown_article' })
  // Of an article nobody knows only this can be said: some of it must be wanted.
  for (const problem of quantityRefusals(line.quantity, article ?? anyQuantity)) {
    refuse('quantity', problem)
  }
  if (line.warehouse !== null) {
    const warehouse = warehouses.get(line.warehouse)
    if (!warehouse) refuse('warehouse', { code: 'unknown_warehouse' })
    else if (!warehouse.openToWebshop) refuse('warehouse', { code: 'warehouse_not_open' })
  }
  if (line.requestedDate !== null && !isCalendarDate(line.requestedDate)) {
    refuse('requestedDate', { code: 'date_out_of_range' })
  }
  return article ?? null
}

/** What of a line can be wrong by itself. */
type LineField = 'article' | 'quantity' | 'warehouse' | 'requestedDate'

const anyQuantity = { precision: 3, packMultiple: 0, minimumQuantity: 0 } as const

function judgeDate(pointer: string, date: CalendarDate | null, refuse: Refuse): void {
  if (date !== null && !isCalendarDate(date)) refuse(pointer, { code: 'date_out_of_range' })
}

function isPlausible(sentAt: Instant, now: Instant): boolean {
  const sent = Date.parse(sentAt)
  return sent >= earliestSending && sent <= Date.parse(now) + clockAheadMs
}
