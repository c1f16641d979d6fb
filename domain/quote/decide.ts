import {
  approveSteps,
  pendingSteps,
  untaken,
  type ApprovalStep,
  type StepPerson,
} from '../approval/steps'
import type { DemandedStep } from '../approval/evaluate'
import type { Company } from '../company'
import {
  beyondOwn,
  type BeyondOwn,
  type Colleagues,
  type Decider,
  type EditedRevision,
} from '../requisition/decide'
import { isOpen, type RequisitionState } from '../requisition/states'
import type { CalendarDate, Instant, MinorUnits } from '../units'
import type { QuoteState } from './states'

/** What is looked at of a quote before anything is done about it. */
export interface DecidableQuote {
  readonly state: QuoteState
  readonly revision: number
  /** Whether the present revision has gone out to the customer. */
  readonly wasSent: boolean
  /** The last day on which it can be accepted. */
  readonly validUntil: CalendarDate
  readonly net: MinorUnits
  readonly lineCount: number
  /** Lines that nobody has a price for. */
  readonly unpricedLineIds: readonly string[]
  readonly companyId: string
  readonly companyStatus: Company['status']
  /** Of the requisition that it answers; null where it answers none. */
  readonly requisitionState: RequisitionState | null
  /** Whether the customer has sent another revision of that than the one it answers. */
  readonly isRequisitionRevised: boolean
  /** What its internal review demands; empty outside a review. */
  readonly steps: readonly ApprovalStep[]
  /** What people of ours have made of its lines; absent where nobody has. */
  readonly edited?: EditedRevision | undefined
}

/** How far somebody's own word reaches; see `Decider`. */
type Reach = Pick<Decider, 'userId' | 'approvalLimit' | 'discountLimit' | 'marginFloor'>

/** One of ours who reviews a quote. */
export interface Reviewer extends StepPerson, Reach {
  readonly name: string
}

export type QuoteDecision =
  | { readonly kind: 'edit'; readonly revision: number }
  /** `demanded`: what the seller's rules ask for, of the quote as it is submitted. */
  | {
      readonly kind: 'submit_for_review'
      readonly revision: number
      readonly demanded: readonly DemandedStep[]
      readonly submitter: Reach
    }
  | {
      readonly kind: 'approve'
      readonly revision: number
      readonly reviewer: Reviewer
      readonly colleagues: Colleagues
      readonly at: Instant
    }
  | { readonly kind: 'refuse'; readonly revision: number }
  | { readonly kind: 'send'; readonly revision: number }
  | { readonly kind: 'withdraw'; readonly revision: number }
  | { readonly kind: 'new_version'; readonly revision: number }
  /** By the customer. */
  | { readonly kind: 'accept'; readonly revision: number }
  | { readonly kind: 'counter'; readonly revision: number }
  | { readonly kind: 'decline'; readonly revision: number }

export type QuoteRefusal =
  | { readonly kind: 'wrong_state'; readonly state: QuoteState }
  | { readonly kind: 'other_revision'; readonly revision: number }
  | { readonly kind: 'no_lines' }
  | { readonly kind: 'price_missing'; readonly lineIds: readonly string[] }
  | { readonly kind: 'validity_past'; readonly validUntil: CalendarDate }
  | { readonly kind: 'company_blocked' }
  | { readonly kind: 'company_closed' }
  /** What it answers has become an order by another way. */
  | { readonly kind: 'requisition_ordered' }
  /** What it answers was withdrawn or rejected, or has expired. */
  | { readonly kind: 'requisition_closed'; readonly state: RequisitionState }
  /** The customer has asked for something else since. */
  | { readonly kind: 'requisition_revised' }
  | { readonly kind: 'not_your_step'; readonly pending: readonly ApprovalStep[] }
  | { readonly kind: 'above_limit'; readonly limit: MinorUnits; readonly total: MinorUnits }
  /** They would be the only one to approve what they wrote themselves, beyond what they may alone. */
  | ({ readonly kind: 'own_work' } & BeyondOwn)

/** What a decision leads to. */
export interface DecidedQuote {
  readonly state: QuoteState
  readonly revision: number
  /** As they stand from now on. */
  readonly steps: readonly ApprovalStep[]
}

export type QuoteVerdict =
  | { readonly kind: 'decided'; readonly decided: DecidedQuote }
  /** The customer has said the same before. */
  | { readonly kind: 'already' }
  | { readonly kind: 'refused'; readonly refusal: QuoteRefusal }

/**
 * What is to become of a quote, or why nothing is. `accepted` is what a customer's word makes of it;
 * the caller places the order and makes it `ordered` in the same transaction.
 *
 * @param today in the seller's time zone, by the database's clock
 */
export function decideQuote(
  quote: DecidableQuote,
  decision: QuoteDecision,
  today: CalendarDate,
): QuoteVerdict {
  const { state, revision } = quote
  // What the customer said twice is not judged by what has happened since.
  if (isSaidBefore(quote, decision)) return { kind: 'already' }
  if (decision.revision !== revision) return refuse({ kind: 'other_revision', revision })
  if (!fromStates[decision.kind].includes(state)) return refuse({ kind: 'wrong_state', state })
  switch (decision.kind) {
    case 'edit':
    case 'refuse':
      return to('draft', revision)
    case 'submit_for_review': {
      const obstacle = obstacleTo(quote, today)
      if (obstacle) return refuse(obstacle)
      const steps = untaken(reviewOf(quote, decision))
      return to(steps.length === 0 ? 'ready' : 'in_review', revision, steps)
    }
    case 'approve':
      return approve(quote, decision)
    case 'send': {
      const obstacle = obstacleTo(quote, today)
      return obstacle ? refuse(obstacle) : to('sent', revision, quote.steps)
    }
    case 'withdraw':
      return to('withdrawn', revision)
    case 'new_version':
      return to('draft', quote.wasSent ? revision + 1 : revision)
    case 'accept': {
      const obstacle = obstacleTo(quote, today)
      if (obstacle) return refuse(obstacle)
      // Who asks for something else has let the offer go: one order must not be two different ones.
      if (quote.isRequisitionRevised) return refuse({ kind: 'requisition_revised' })
      return to('accepted', revision, quote.steps)
    }
    case 'counter':
    case 'decline':
      if (today > quote.validUntil) {
        return refuse({ kind: 'validity_past', validUntil: quote.validUntil })
      }
      return to(decision.kind === 'counter' ? 'countered' : 'declined', revision, quote.steps)
  }
}

/**
 * Whether a quote that nobody has answered is over. Only one that is with the customer expires: what
 * came of any other is somebody's doing, and stays.
 */
export function isExpired(
  { state, validUntil }: Pick<DecidableQuote, 'state' | 'validUntil'>,
  today: CalendarDate,
): boolean {
  return state === 'sent' && today > validUntil
}

/**
 * The steps a quote's review takes: what the rules demand, and where they demand nothing a colleague's
 * word for what is beyond the submitter's own.
 */
function reviewOf(
  quote: DecidableQuote,
  { demanded, submitter }: Extract<QuoteDecision, { kind: 'submit_for_review' }>,
): readonly DemandedStep[] {
  if (demanded.length > 0 || isWithin(quote, submitter)) return demanded
  return [{ tier: 1, by: { kind: 'deciders' }, because: [] }]
}

/** Whether somebody's word for it is enough: the total, and the prices where they are their own work. */
function isWithin({ net, edited }: DecidableQuote, person: Reach): boolean {
  const { approvalLimit: limit } = person
  return (limit === null || net <= limit) && beyondOwn(edited, person) === null
}

/** The states each decision can be taken in. */
const fromStates: Readonly<Record<QuoteDecision['kind'], readonly QuoteState[]>> = {
  // What is written anew has to be reviewed anew.
  edit: ['draft', 'in_review', 'ready'],
  submit_for_review: ['draft'],
  approve: ['in_review'],
  refuse: ['in_review'],
  send: ['ready'],
  withdraw: ['draft', 'in_review', 'ready', 'sent', 'countered'],
  new_version: ['countered', 'declined', 'expired', 'withdrawn'],
  accept: ['sent'],
  counter: ['sent'],
  decline: ['sent'],
}

function isSaidBefore(quote: DecidableQuote, { kind, revision }: QuoteDecision): boolean {
  if (revision !== quote.revision) return false
  return (
    (kind === 'accept' && quote.state === 'ordered') ||
    (kind === 'decline' && quote.state === 'declined')
  )
}

/** Why it can neither go out nor be ordered, or null. */
function obstacleTo(quote: DecidableQuote, today: CalendarDate): QuoteRefusal | null {
  if (quote.lineCount === 0) return { kind: 'no_lines' }
  if (quote.unpricedLineIds.length > 0) {
    return { kind: 'price_missing', lineIds: quote.unpricedLineIds }
  }
  if (today > quote.validUntil) return { kind: 'validity_past', validUntil: quote.validUntil }
  if (quote.companyStatus === 'closed') return { kind: 'company_closed' }
  if (quote.companyStatus === 'blocked') return { kind: 'company_blocked' }
  const { requisitionState: answered } = quote
  if (answered === null || isOpen(answered)) return null
  return answered === 'ordered'
    ? { kind: 'requisition_ordered' }
    : { kind: 'requisition_closed', state: answered }
}

function approve(
  quote: DecidableQuote,
  { reviewer, colleagues, at }: Extract<QuoteDecision, { kind: 'approve' }>,
): QuoteVerdict {
  const { approvalLimit: limit } = reviewer
  const withinLimit = isWithin(quote, reviewer)
  const context = { companyId: quote.companyId, ...colleagues }
  const taken = approveSteps(quote.steps, { ...reviewer, withinLimit }, context, at)
  switch (taken.kind) {
    case 'not_yours':
      return refuse({ kind: 'not_your_step', pending: pendingSteps(quote.steps) })
    case 'above_limit': {
      const beyond = beyondOwn(quote.edited, reviewer)
      if (beyond && (limit === null || quote.net <= limit)) {
        return refuse({ kind: 'own_work', ...beyond })
      }
      return refuse({ kind: 'above_limit', limit: limit ?? 0, total: quote.net })
    }
    case 'taken':
      return to(taken.isLast ? 'ready' : 'in_review', quote.revision, taken.steps)
  }
}

function to(
  state: QuoteState,
  revision: number,
  steps: readonly ApprovalStep[] = [],
): QuoteVerdict {
  return { kind: 'decided', decided: { state, revision, steps } }
}

function refuse(refusal: QuoteRefusal): QuoteVerdict {
  return { kind: 'refused', refusal }
}
