import { isDeepStrictEqual } from 'node:util'
import type { AuditType } from '../../contract/audit'
import type { CommandType } from '../../contract/commands'
import { refusal, type Refusal } from '../../contract/errors'
import type { Quote } from '../../contract/quotes'
import { decidesFor, seesCompany } from '../../domain/access/rights'
import { decideQuote, type DecidedQuote, type QuoteDecision } from '../../domain/quote/decide'
import type { DraftLine } from '../../domain/quote/draft'
import type { EditedRevision } from '../../domain/requisition/decide'
import { record } from '../audit/record'
import { ask, together } from '../database/together'
import { uuidOrNil } from '../database/uuid'
import { decidable, quoteLocked, saveQuote, type LockedQuote } from '../quotes/aggregate'
import { draftLine, judgeQuote, type JudgedQuote } from '../quotes/judge-quote'
import { beyondPriceLimits } from '../quotes/own-work'
import { withAuthor } from '../requisitions/edit'
import { partiesLocked, type IntakeParties } from '../requisitions/intake-facts'
import { databaseTime, type DatabaseTime } from '../seller/today'
import { writable } from '../writable'
import { handled, refused, type Handled, type Handling } from './context'
import { notFound, ofOtherCompany, unsound, wordQuoteRefusal } from './quote-refusals'

/** What is done to a quote, or begins one. */
export type QuoteCommand = Extract<CommandType, `quote.${string}`>

/** Check sight, right, version and rules, in that order. */
export async function decideOn<T extends QuoteCommand>(
  handling: Handling<T>,
  decision: QuoteDecision,
  carryOut: (locked: LockedQuote, decided: DecidedQuote, time: DatabaseTime) => Promise<Handled>,
): Promise<Handled> {
  const opened = await open(handling)
  if (!opened.ok) return refused(opened.error)
  const { locked, time } = opened
  const verdict = settleOn(handling, locked, decision, time)
  return verdict.ok ? carryOut(locked, verdict.decided, time) : refused(verdict.error)
}

type Opened =
  | { readonly ok: true; readonly locked: LockedQuote; readonly time: DatabaseTime }
  | { readonly ok: false; readonly error: Refusal }

/** The quote, locked, if it is theirs to write. */
export async function open({ tx, who, aggregateId }: Handling<QuoteCommand>): Promise<Opened> {
  const [locked, time] = await ask(
    tx,
    together(quoteLocked(uuidOrNil(aggregateId)), databaseTime()),
  )
  // What someone may not see does not exist for them.
  if (!locked || !seesCompany(who.viewer, locked.value.companyId)) {
    return { ok: false, error: notFound(aggregateId) }
  }
  if (!decidesFor(who.viewer, locked.value.companyId)) {
    return {
      ok: false,
      error: refusal('forbidden', 'You may see this quote but not write it.', { aggregateId }),
    }
  }
  return { ok: true, locked, time }
}

/** What a decision on a quote that is opened leads to, or why it may not be taken. */
export function settleOn(
  { expectedVersion }: Handling<QuoteCommand>,
  locked: LockedQuote,
  decision: QuoteDecision,
  { today }: DatabaseTime,
  edited?: EditedRevision,
):
  | { readonly ok: true; readonly decided: DecidedQuote }
  | { readonly ok: false; readonly error: Refusal } {
  const verdict = decideQuote({ ...decidable(locked), edited }, decision, today)
  if (verdict.kind === 'already') throw new Error('Only a customer says the same again.')
  if (verdict.kind === 'refused')
    return { ok: false, error: wordQuoteRefusal(verdict.refusal, locked) }
  if (expectedVersion !== null && expectedVersion !== locked.version) {
    return {
      ok: false,
      error: refusal('stale_version', 'It has changed since you saw it. Look at it again.', {
        currentVersion: locked.version,
        expectedVersion,
        state: locked.value.state,
      }),
    }
  }
  return { ok: true, decided: verdict.decided }
}

type Judged =
  | { readonly ok: true; readonly judged: JudgedQuote }
  | { readonly ok: false; readonly error: Refusal }

/** The quote's lines as they would be, priced; its contact and company as they are now. */
export async function judge(
  { tx }: Handling<QuoteCommand>,
  head: Quote,
  drafted: readonly DraftLine[],
  time: DatabaseTime,
): Promise<Judged> {
  const parties: IntakeParties | null = await ask(tx, partiesLocked(tx, head.contactId))
  if (!parties) throw new Error(`Quote ${head.number} is for a contact that there is none of.`)
  if (parties.company.id !== head.companyId) return { ok: false, error: ofOtherCompany(head.state) }
  const judged = await judgeQuote(tx, head, drafted, parties, time)
  return judged.ok ? judged : { ok: false, error: unsound(judged.problems) }
}

/** Write other content, priced, into a draft. */
export async function rewrite(
  handling: Handling<QuoteCommand>,
  locked: LockedQuote,
  head: Quote,
  drafted: readonly DraftLine[],
  decided: DecidedQuote,
  time: DatabaseTime,
  type: AuditType,
): Promise<Handled> {
  const judged = await judge(handling, head, drafted, time)
  if (!judged.ok) return refused(judged.error)
  const { tx, who, payload } = handling
  const { lines, totals, search } = judged.judged
  const before = locked.value
  const given = 'lines' in payload ? payload.lines : []
  const tooFar = await beyondPriceLimits(tx, { before: before.lines, after: lines, given }, who)
  if (tooFar) return refused(tooFar)
  const isReviewVoid = before.state !== 'draft'
  const isRewritten = !isDeepStrictEqual(before.lines.map(draftLine), drafted)
  const by = { id: who.user.id, name: who.user.displayName }
  const value = {
    ...head,
    lines,
    totals,
    review: isReviewVoid ? null : head.review,
    ...(isRewritten && { editedBy: withAuthor(before.editedBy, by) }),
  }
  return settle(handling, { ...locked, search }, value, decided, type, {
    before: written(before),
    after: written(value),
  })
}

/** Write what was decided, and tell the audit. */
export function settle(
  { tx, actor, origin }: Handling<QuoteCommand>,
  locked: LockedQuote,
  value: Quote,
  { state, revision, steps }: DecidedQuote,
  type: AuditType,
  data: Readonly<Record<string, unknown>>,
): Handled {
  const version = locked.version + 1
  saveQuote(tx, { ...value, state, revision, steps: writable(steps) }, version, locked.search)
  record(tx, [
    {
      type,
      actor,
      aggregateKind: 'quote',
      aggregateId: value.id,
      version,
      data: { ...data, revision, from: locked.value.state, to: state },
      origin,
    },
  ])
  return handled(version)
}

/** What an edit may have changed, for the audit. */
function written({ lines, totals, validUntil, message, requisition, ...head }: Quote) {
  const { yourReference, purchaseOrderNumber, goodsMark, freightTerms, requestedDate } = head
  return {
    validUntil,
    message,
    yourReference,
    purchaseOrderNumber,
    goodsMark,
    freightTerms,
    requestedDate,
    answers: requisition?.revision ?? null,
    net: totals.net,
    lines: lines.map(draftLine),
  }
}

/** Who decides, and when by the database's clock. */
export function byAndAt({ actor }: Handling<QuoteCommand>, { now }: DatabaseTime) {
  return { by: actor, at: now.toISOString() }
}
