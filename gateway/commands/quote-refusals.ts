import { refusal, type Refusal } from '../../contract/errors'
import type { QuoteRefusal } from '../../domain/quote/decide'
import { MOST_QUOTE_LINES } from '../../domain/quote/draft'
import type { LockedQuote } from '../quotes/aggregate'
import type { QuoteProblem } from '../quotes/judge-quote'
import { aboveLimit, ownWork } from './limit-refusals'

/** What somebody may not see is not there for them. */
export function notFound(aggregateId: string): Refusal {
  return refusal('not_found', 'There is no such thing, or you may not see it.', { aggregateId })
}

/** Nothing is offered to a company at the prices of another. */
export function ofOtherCompany(state: string): Refusal {
  return refusal('wrong_state', 'Its contact belongs to another company by now.', { state })
}

/** More than a quote can have. */
export function tooManyLines(): Refusal {
  return refusal('invalid', `A quote has at most ${MOST_QUOTE_LINES} lines.`, {
    issues: [{ pointer: '/payload/lines', message: `at most ${MOST_QUOTE_LINES}` }],
  })
}

/** So many problems are told; whoever mends them is told the rest. */
const toldProblems = 100

/** What is wrong in its lines and its head, each with where. */
export function unsound(problems: readonly QuoteProblem[]): Refusal {
  return refusal('quote_unsound', 'Something in it cannot be as it is, and nothing was changed.', {
    problems: problems
      .slice(0, toldProblems)
      .map(({ lineId, field, problem }) => ({ lineId, field, ...problem })),
  })
}

/** Why a quote is not decided on, with what a console needs to show it. */
export function wordQuoteRefusal(why: QuoteRefusal, { value, version }: LockedQuote): Refusal {
  const currentVersion = version
  switch (why.kind) {
    case 'wrong_state': {
      const { outcome } = value
      return outcome
        ? refusal('already_decided', `${outcome.by.name} was first: it is ${why.state}.`, {
            currentVersion,
            state: why.state,
            outcome,
          })
        : refusal('wrong_state', `That cannot be done while it is ${why.state}.`, {
            state: why.state,
            currentVersion,
          })
    }
    case 'other_revision':
      return refusal('stale_version', 'There is a newer version of it. Look at that one.', {
        currentVersion,
        revision: why.revision,
      })
    case 'no_lines':
      return refusal('quote_empty', 'There is nothing in it to offer.')
    case 'price_missing':
      return refusal('price_missing', 'Some lines have no price, so there is nothing to offer.', {
        lineIds: why.lineIds.slice(0, 100),
      })
    case 'validity_past':
      return refusal('validity_past', `It would not be valid any more: until ${why.validUntil}.`, {
        validUntil: why.validUntil,
      })
    case 'company_blocked':
      return refusal('company_blocked', 'The company is blocked. Nothing can be offered to it.', {
        companyId: value.companyId,
      })
    case 'company_closed':
      return refusal('company_closed', 'The company is closed. Nothing can be offered to it.', {
        companyId: value.companyId,
      })
    case 'requisition_ordered':
      return refusal('requisition_ordered', 'What it answers has become an order meanwhile.', {
        requisition: value.requisition,
      })
    case 'requisition_closed':
      return refusal('requisition_closed', `What it answers is ${why.state}. Offer it anew.`, {
        requisition: value.requisition,
        state: why.state,
      })
    case 'requisition_revised':
      throw new Error('Only what a customer accepts is refused for that.')
    case 'not_your_step':
      return refusal('not_your_step', 'Others have to approve it, or it is not yours to approve.', {
        pending: why.pending.map(({ tier, by }) => ({ tier, by })),
        currentVersion,
      })
    case 'above_limit':
      return aboveLimit(why, value.currency)
    case 'own_work':
      return ownWork(why, currentVersion)
  }
}
