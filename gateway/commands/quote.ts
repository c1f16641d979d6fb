import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import type { AuditType } from '../../contract/audit'
import type { CommandType } from '../../contract/commands'
import { refusal, type Refusal } from '../../contract/errors'
import type { Quote, QuoteHeadInput, QuoteLineInput } from '../../contract/quotes'
import { decidesFor, seesCompany } from '../../domain/access/rights'
import { addDays } from '../../domain/calendar'
import { decideQuote, type DecidedQuote, type QuoteDecision } from '../../domain/quote/decide'
import {
  counteredLines,
  editLines,
  MOST_QUOTE_LINES,
  type DraftLine,
} from '../../domain/quote/draft'
import type { EditedRevision } from '../../domain/requisition/decide'
import { isOpen } from '../../domain/requisition/states'
import { colleaguesOf } from '../approval/colleagues'
import { record } from '../audit/record'
import { ask, question, together } from '../database/together'
import { uuidOrNil } from '../database/uuid'
import { tellOffered } from '../mail/tell-customer'
import { end } from '../quotes/answer-quote'
import {
  decidable,
  keepVersion,
  quoteLocked,
  saveQuote,
  type LockedQuote,
} from '../quotes/aggregate'
import { quoteSent } from '../quotes/changes'
import { draftLine, judgeQuote, type JudgedQuote } from '../quotes/judge-quote'
import { beyondPriceLimits, ownWorkIn } from '../quotes/own-work'
import { shopToTell } from '../quotes/shop-to-tell'
import {
  requisitionLocked,
  requisitionWhereLocked,
  saveProgress,
  type LockedRequisition,
} from '../requisitions/aggregate'
import { withAuthor } from '../requisitions/edit'
import { partiesLocked, type IntakeParties } from '../requisitions/intake-facts'
import { databaseTime, type DatabaseTime } from '../seller/today'
import { requisitionReturned } from '../storefront/changes'
import { tellShop } from '../storefront/tell-shop'
import { writable } from '../writable'
import { handled, refused, type Handled, type Handler, type Handling } from './context'
import { notFound, ofOtherCompany, tooManyLines, unsound, wordQuoteRefusal } from './quote-refusals'

type QuoteCommand = Extract<CommandType, `quote.${string}`>

/** How long an offer stands where nobody says otherwise. */
const usualValidityDays = 30

export const quoteHandlers: { readonly [T in QuoteCommand]: Handler<T> } = {
  async 'quote.create'(handling) {
    const { tx, aggregateId: id, payload } = handling
    if (uuidOrNil(id) !== id) {
      return refused(refusal('invalid', 'A new quote needs a UUID of your own as aggregateId.'))
    }
    const { from } = payload
    const [requisition, twin] = await ask(
      tx,
      together(
        requisitionLocked(
          from.kind === 'requisition' ? from.requisitionId : uuidOrNil(''),
          sql<boolean>`true`,
        ),
        question(tx.selectFrom('quote').select('id').where('id', '=', id), ([row]) => row ?? null),
      ),
    )
    if (twin) {
      return refused(
        refusal('already_exists', 'There is already a quote of this id. Use a new UUID.', {
          aggregateId: id,
        }),
      )
    }
    if (from.kind === 'contact') return createFor(handling, from.contactId, null)
    const found = requisition.requisition
    const obstacle = await whyNotAnswered(handling, found, from)
    if (obstacle || !found) return refused(obstacle ?? notFound(from.requisitionId))
    return createFor(handling, found.value.contactId, found)
  },

  async 'quote.edit'(handling) {
    const { revision, head, lines, removed, answers } = handling.payload
    const answered = answers === undefined ? null : await answeredLocked(handling)
    return decideOn(handling, { kind: 'edit', revision }, async (locked, decided, time) => {
      const { value } = locked
      const obstacle = answered && whyNotTheirs(handling, answered, answers)
      if (obstacle) return refused(obstacle)
      const requisition =
        answered && value.requisition
          ? { ...value.requisition, revision: answered.value.revision }
          : value.requisition
      const put = lines.map(writtenLine)
      const drafted = editLines(value.lines.map(draftLine), { put, removed })
      if (drafted.length > MOST_QUOTE_LINES) return refused(tooManyLines())
      return rewrite(
        handling,
        locked,
        { ...value, ...said(head), requisition },
        drafted,
        decided,
        time,
        'quote.edited',
      )
    })
  },

  async 'quote.submit_for_review'(handling) {
    const { who, payload } = handling
    const opened = await open(handling)
    if (!opened.ok) return refused(opened.error)
    const { locked, time } = opened
    // Priced anew, so that what is reviewed is what goes out.
    const judged = await judge(handling, locked.value, locked.value.lines.map(draftLine), time)
    if (!judged.ok) return refused(judged.error)
    const { lines, totals, demanded, search } = judged.judged
    const priced = { ...locked, search, value: { ...locked.value, lines, totals } }
    const decision = {
      kind: 'submit_for_review',
      revision: payload.revision,
      demanded,
      submitter: { ...who.priceLimits, userId: who.user.id, approvalLimit: who.approvalLimit },
    } as const
    const edited = await ownWorkIn(handling.tx, priced.value, who.user.id)
    const verdict = settleOn(handling, priced, decision, time, edited)
    if (!verdict.ok) return refused(verdict.error)
    const { state } = verdict.decided
    const passed = { kind: 'passed', automatic: true, ...byAndAt(handling, time) } as const
    const value = { ...priced.value, review: state === 'ready' ? passed : null }
    return settle(handling, priced, value, verdict.decided, 'quote.submitted_for_review', {
      steps: verdict.decided.steps,
      net: totals.net,
    })
  },

  async 'quote.approve'(handling) {
    const { tx, who, now, payload } = handling
    const opened = await open(handling)
    if (!opened.ok) return refused(opened.error)
    const { locked, time } = opened
    const { value } = locked
    const { companyId, steps } = value
    const colleagues = await colleaguesOf(tx, who, { companyId, steps }, now)
    const decision = {
      kind: 'approve',
      revision: payload.revision,
      reviewer: {
        ...who.viewer,
        ...who.priceLimits,
        name: who.user.displayName,
        approvalLimit: who.approvalLimit,
        standsInFor: colleagues.standsInFor,
      },
      colleagues,
      at: time.now.toISOString(),
    } as const
    const edited = await ownWorkIn(tx, value, who.user.id)
    const verdict = settleOn(handling, locked, decision, time, edited)
    if (!verdict.ok) return refused(verdict.error)
    const { decided } = verdict
    const passed = { kind: 'passed', automatic: false, ...byAndAt(handling, time) } as const
    const review = decided.state === 'ready' ? passed : value.review
    return settle(handling, locked, { ...value, review }, decided, 'quote.approved', {
      steps: decided.steps,
    })
  },

  async 'quote.refuse'(handling) {
    const { revision, reason } = handling.payload
    return decideOn(handling, { kind: 'refuse', revision }, async (locked, decided, time) => {
      const review = { kind: 'refused', reason, ...byAndAt(handling, time) } as const
      return settle(handling, locked, { ...locked.value, review }, decided, 'quote.refused', {
        reason,
      })
    })
  },

  async 'quote.send'(handling) {
    const { tx } = handling
    const { revision } = handling.payload
    // What it answers is told of it too.
    const answered = await answeredLocked(handling)
    return decideOn(handling, { kind: 'send', revision }, async (locked, decided, time) => {
      const asked = locked.value.requisition?.revision ?? answered?.value.revision
      const obstacle = answered && whyNotTheirs(handling, answered, asked)
      if (obstacle) return refused(obstacle)
      const sent = byAndAt(handling, time)
      const value: Quote = { ...locked.value, sent, outcome: null, state: decided.state }
      keepVersion(tx, value)
      if (value.shopId !== null) tellShop(tx, value.shopId, quoteSent(value, sent))
      tellOffered(tx, 'quote.sent', value, locked.version + 1)
      if (answered && isOpen(answered.value.state)) returnAnswered(handling, answered, value, sent)
      return settle(handling, locked, value, decided, 'quote.sent', {
        validUntil: value.validUntil,
        totals: value.totals,
        lines: value.lines.length,
      })
    })
  },

  async 'quote.withdraw'(handling) {
    const { tx, origin } = handling
    const { revision, reason } = handling.payload
    return decideOn(handling, { kind: 'withdraw', revision }, async (locked, _decided, time) => {
      end(tx, locked, { kind: 'withdrawn', reason, ...byAndAt(handling, time) }, origin)
      return handled(locked.version + 1)
    })
  },

  async 'quote.new_version'(handling) {
    const { revision, withCounter } = handling.payload
    // As long as it is, nobody begins another answer to it.
    const answered = await answeredLocked(handling)
    return decideOn(handling, { kind: 'new_version', revision }, async (locked, decided, time) => {
      const { value } = locked
      const other = answered && (await whyAnswered(handling, answered.value.id))
      if (other) return refused(other)
      const { outcome } = value
      const drafted = value.lines.map(draftLine)
      const lines =
        withCounter && outcome?.kind === 'countered'
          ? counteredLines(drafted, outcome.lines.map(counterLine))
          : drafted
      // What is over is over: it stands anew from today.
      const { validUntil } = value
      const isPast = validUntil < time.today
      const next: Quote = {
        ...value,
        sent: null,
        review: null,
        // What the customer wants otherwise is at hand while the answer to it is written.
        outcome: outcome?.kind === 'countered' ? outcome : null,
        validUntil: isPast ? addDays(time.today, usualValidityDays) : validUntil,
      }
      return rewrite(handling, locked, next, lines, decided, time, 'quote.version_begun')
    })
  },
}

/** What a quote answers, locked before the quote, as everywhere; null where it answers nothing. */
function answeredLocked({
  tx,
  aggregateId,
}: Handling<QuoteCommand>): Promise<LockedRequisition | null> {
  const id = uuidOrNil(aggregateId)
  return ask(
    tx,
    requisitionWhereLocked(sql`r.id = (select requisition_id from quote where id = ${id})`),
  )
}

/** Check sight, right, version and rules, in that order. */
async function decideOn<T extends QuoteCommand>(
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
async function open({ tx, who, aggregateId }: Handling<QuoteCommand>): Promise<Opened> {
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

function settleOn(
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

/** Why an answer to what came in cannot be begun, or null. */
async function whyNotAnswered(
  handling: Handling<'quote.create'>,
  found: LockedRequisition | null,
  asked: { readonly requisitionId: string; readonly revision: number },
): Promise<Refusal | null> {
  const { who } = handling
  if (!found || !seesCompany(who.viewer, found.value.companyId))
    return notFound(asked.requisitionId)
  const { value, version } = found
  if (!decidesFor(who.viewer, value.companyId)) {
    return refusal('forbidden', 'You may see this requisition but not answer it.', {
      requisitionId: value.id,
    })
  }
  if (!isOpen(value.state)) {
    return refusal('already_decided', `It can no longer be answered: it is ${value.state}.`, {
      currentVersion: version,
      state: value.state,
      outcome: value.outcome,
    })
  }
  const notTheirs = whyNotTheirs(handling, found, asked.revision)
  if (notTheirs) return notTheirs
  return value.lines.length > MOST_QUOTE_LINES ? tooManyLines() : whyAnswered(handling, value.id)
}

/** Why a requisition that is locked gets no answer beside the one it has; null where it has no other open one. */
async function whyAnswered(
  { tx, aggregateId }: Handling<QuoteCommand>,
  requisitionId: string,
): Promise<Refusal | null> {
  const other = await tx
    .selectFrom('quote')
    .select(['id', 'number'])
    .where('requisition_id', '=', requisitionId)
    .where('id', '!=', aggregateId)
    // As the index of such quotes is defined.
    .where(sql<boolean>`state in ('draft', 'in_review', 'ready', 'sent', 'accepted', 'countered')`)
    .executeTakeFirst()
  if (!other) return null
  return refusal('already_exists', `It is being answered by quote ${other.number}.`, {
    quoteId: other.id,
    number: other.number,
  })
}

/** Why somebody who has seen a revision does not speak for what came in: it says something else, or a colleague has it. */
function whyNotTheirs(
  { who }: Handling<QuoteCommand>,
  { value, version }: LockedRequisition,
  seen: number | undefined,
): Refusal | null {
  if (value.revision !== seen) {
    return refusal('stale_version', 'The customer has sent a new revision. Look at it first.', {
      currentVersion: version,
      revision: value.revision,
    })
  }
  const { claimedBy } = value
  if (claimedBy && claimedBy.id !== who.user.id) {
    return refusal('claimed_by_other', `${claimedBy.name} is working on it. Take it over first.`, {
      by: claimedBy.name,
      at: claimedBy.at,
      currentVersion: version,
    })
  }
  return null
}

/** A draft for a contact, with the lines of what it answers. */
async function createFor(
  handling: Handling<'quote.create'>,
  contactId: string,
  answered: LockedRequisition | null,
): Promise<Handled> {
  const { tx, who, actor, aggregateId: id, origin } = handling
  const next = sql<{ number: number }>`select nextval('quote_number') as number`
  const [parties, time, number] = await ask(
    tx,
    together(
      partiesLocked(tx, contactId),
      databaseTime(),
      question(next, ([row]) => `Q-${row?.number}`),
    ),
  )
  if (answered && parties && parties.company.id !== answered.value.companyId) {
    return refused(ofOtherCompany(answered.value.state))
  }
  if (!parties || !seesCompany(who.viewer, parties.company.id)) return refused(notFound(contactId))
  const { company, contact } = parties
  if (!decidesFor(who.viewer, company.id)) {
    return refused(
      refusal('forbidden', 'You may see this customer but offer nothing to it.', { contactId }),
    )
  }
  const asked = answered?.value
  const head = {
    id,
    number,
    state: 'draft',
    revision: 1,
    requisition: asked
      ? {
          id: asked.id,
          number: asked.number,
          documentId: asked.shop.documentId,
          revision: asked.revision,
        }
      : null,
    shopId: asked ? asked.shop.id : await shopToTell(tx, company.id),
    validUntil: addDays(time.today, usualValidityDays),
    message: null,
    companyId: company.id,
    contactId: contact.id,
    currency: company.currency,
    deliveryAddress: asked?.deliveryAddress ?? null,
    yourReference: asked?.yourReference ?? null,
    purchaseOrderNumber: asked?.purchaseOrderNumber ?? null,
    goodsMark: asked?.goodsMark ?? null,
    freightTerms: asked?.freightTerms ?? null,
    partDeliveries: asked?.partDeliveries ?? null,
    requestedDate: asked?.requestedDate ?? null,
    comment: asked?.comment ?? null,
    createdAt: time.now.toISOString(),
    createdBy: actor,
    steps: [],
    review: null,
    sent: null,
    outcome: null,
  } satisfies Omit<Quote, 'lines' | 'totals'>
  const drafted = (asked?.lines ?? []).map((line): DraftLine => ({
    id: line.id,
    article: line.articleId,
    quantity: line.quantity,
    price: null,
    warehouse: line.warehouseId,
    requestedDate: line.requestedDate,
    comment: line.comment,
  }))
  const judged = await judgeQuote(tx, head, drafted, parties, time)
  if (!judged.ok) return refused(unsound(judged.problems))
  const { lines, totals, search } = judged.judged
  saveQuote(tx, { ...head, lines, totals }, 1, search)
  record(tx, [
    {
      type: 'quote.created',
      actor,
      aggregateKind: 'quote',
      aggregateId: id,
      version: 1,
      data: {
        number,
        companyId: company.id,
        contactId: contact.id,
        requisition: head.requisition,
        lines: lines.length,
        totals,
      },
      origin,
    },
  ])
  if (answered) claimAnswered(handling, answered, time)
  return handled(1, { quoteId: id, number })
}

/** Whoever writes the answer has the requisition, so that colleagues see it. */
function claimAnswered(
  { tx, who, actor, origin }: Handling<'quote.create'>,
  { value, version }: LockedRequisition,
  time: DatabaseTime,
): void {
  // With the customer nobody has it.
  if (value.state === 'returned' || value.claimedBy) return
  const claimedBy = { id: who.user.id, name: who.user.displayName, at: time.now.toISOString() }
  saveProgress(tx, value, { state: 'in_review', claimedBy }, version + 1)
  record(tx, [
    {
      type: 'requisition.claimed',
      actor,
      aggregateKind: 'requisition',
      aggregateId: value.id,
      version: version + 1,
      data: { before: null, revision: value.revision, from: value.state, to: 'in_review' },
      origin,
    },
  ])
}

/** What the quote answers is with the customer now. */
function returnAnswered(
  { tx, actor, origin }: Handling<'quote.send'>,
  { value, version }: LockedRequisition,
  quote: Quote,
  { by, at }: NonNullable<Quote['sent']>,
): void {
  const outcome = {
    kind: 'returned',
    message: quote.message ?? quote.number,
    by,
    at,
    quote: { id: quote.id, number: quote.number },
  } as const
  const returned = saveProgress(
    tx,
    value,
    { state: 'returned', claimedBy: null, outcome },
    version + 1,
  )
  record(tx, [
    {
      type: 'requisition.returned',
      actor,
      aggregateKind: 'requisition',
      aggregateId: value.id,
      version: version + 1,
      data: { outcome, revision: value.revision, from: value.state, to: 'returned' },
      origin,
    },
  ])
  tellShop(tx, returned.shop.id, requisitionReturned(returned, outcome))
}

type Judged =
  | { readonly ok: true; readonly judged: JudgedQuote }
  | { readonly ok: false; readonly error: Refusal }

/** The quote's lines as they would be, priced; its contact and company as they are now. */
async function judge(
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
async function rewrite(
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

function settle(
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

/** What an edit says of the head, without what it leaves as it is. */
function said(head: QuoteHeadInput): Partial<Quote> {
  return Object.fromEntries(Object.entries(head).filter(([, value]) => value !== undefined))
}

function writtenLine(line: QuoteLineInput): DraftLine {
  const { articleId, warehouseId, ...rest } = line
  return { ...rest, article: articleId, warehouse: warehouseId }
}

function counterLine({
  id,
  quantity,
  price,
}: Extract<NonNullable<Quote['outcome']>, { kind: 'countered' }>['lines'][number]) {
  return {
    id,
    quantity,
    price: price && {
      amount: price.unitPrice.amount,
      basis: price.unitPrice.basis,
      rebate: price.rebate,
    },
  }
}

function byAndAt({ actor }: Handling<QuoteCommand>, { now }: DatabaseTime) {
  return { by: actor, at: now.toISOString() }
}
