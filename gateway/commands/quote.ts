import { sql } from 'kysely'
import { refusal } from '../../contract/errors'
import type { Quote, QuoteHeadInput, QuoteLineInput } from '../../contract/quotes'
import { decidesFor, seesCompany } from '../../domain/access/rights'
import { addDays } from '../../domain/calendar'
import {
  counteredLines,
  editLines,
  MOST_QUOTE_LINES,
  type DraftLine,
} from '../../domain/quote/draft'
import { isOpen } from '../../domain/requisition/states'
import { colleaguesOf } from '../approval/colleagues'
import { record } from '../audit/record'
import { ask, question, together } from '../database/together'
import { uuidOrNil } from '../database/uuid'
import { tellOffered } from '../mail/tell-customer'
import { end } from '../quotes/answer-quote'
import { keepVersion, saveQuote } from '../quotes/aggregate'
import { quoteSent } from '../quotes/changes'
import { draftLine, judgeQuote } from '../quotes/judge-quote'
import { ownWorkIn } from '../quotes/own-work'
import { shopToTell } from '../quotes/shop-to-tell'
import { requisitionLocked, type LockedRequisition } from '../requisitions/aggregate'
import { partiesLocked } from '../requisitions/intake-facts'
import { databaseTime } from '../seller/today'
import { tellShop } from '../storefront/tell-shop'
import { handled, refused, type Handled, type Handler, type Handling } from './context'
import {
  answeredLocked,
  claimAnswered,
  returnAnswered,
  whyAnswered,
  whyNotAnswered,
  whyNotTheirs,
} from './quote-answered'
import { notFound, ofOtherCompany, tooManyLines, unsound } from './quote-refusals'
import {
  byAndAt,
  decideOn,
  judge,
  open,
  rewrite,
  settle,
  settleOn,
  type QuoteCommand,
} from './quote-writing'

/** How long an offer stands where nobody says otherwise. */
const usualValidityDays = 30

export const quoteHandlers: { readonly [T in QuoteCommand]: Handler<T> } = {
  async 'quote.create'(handling) {
    const { tx, aggregateId: id, payload } = handling
    if (uuidOrNil(id) !== id) {
      return refused(refusal('invalid', 'A new quote needs a UUID of your own as aggregateId.'))
    }
    const { from } = payload
    const [found, twin] = await ask(
      tx,
      together(
        requisitionLocked(from.kind === 'requisition' ? from.requisitionId : uuidOrNil('')),
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
