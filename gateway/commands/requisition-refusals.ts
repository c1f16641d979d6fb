import type { RequisitionOutcome } from '../../contract/entities'
import { refusal, type Refusal } from '../../contract/errors'
import { inBrief } from '../../contract/outcome'
import type { SkipProblem } from '../../domain/approval/steps'
import type { DecisionRefusal } from '../../domain/requisition/decide'
import type { LockedRequisition } from '../requisitions/aggregate'
import { aboveLimit, ownWork } from './limit-refusals'

/** Who has made the current revision, and when. */
export interface Maker {
  readonly by: string
  readonly kind: 'user' | 'contact' | 'system'
  readonly at: string | null
}

/** What somebody may not see is not there for them. */
export function notFound(aggregateId: string): Refusal {
  return refusal('not_found', 'There is no such requisition, or you may not see it.', {
    aggregateId,
  })
}

/** What one of the customer's own people says yes to is not made another thing by approving it. */
export function ofCustomer(what: 'prices' | 'parts'): Refusal {
  const message =
    what === 'prices'
      ? 'One of the customer’s people approves these prices. Change the lines, and they are asked anew.'
      : 'One of the customer’s people approves it whole. Split it first, and they are asked for each part.'
  return refusal('customer_approves', message, { what })
}

/**
 * Why a requisition is not decided on, with what a console needs to show it.
 * @param maker who has made the revision that is current, where it is another than was decided on
 */
export function wordDecisionRefusal(
  why: DecisionRefusal,
  { value, version }: LockedRequisition,
  maker: Maker | null,
): Refusal {
  switch (why.kind) {
    case 'already_decided': {
      const { outcome } = value
      return refusal('already_decided', alreadyDecided(outcome), {
        currentVersion: version,
        state: why.state,
        outcome: inBrief(outcome),
      })
    }
    case 'wrong_state':
      return refusal('wrong_state', `Nothing can be decided while it is ${why.state}.`, {
        state: why.state,
        currentVersion: version,
      })
    case 'not_expired':
      return refusal('wrong_state', `It has not expired: it is ${why.state}.`, {
        state: why.state,
        currentVersion: version,
      })
    case 'other_revision':
      return refusal(
        'stale_version',
        maker?.kind === 'user'
          ? `${maker.by} has changed it. Look at it before you decide.`
          : 'The customer has sent a new revision. Look at it before you decide.',
        {
          currentVersion: version,
          revision: why.revision,
          ...(maker && { madeBy: maker }),
        },
      )
    case 'claimed_by_other':
      return refusal('claimed_by_other', `${why.by} is working on it. Take it over first.`, {
        by: why.by,
        at: value.claimedBy?.at ?? null,
        currentVersion: version,
      })
    case 'not_your_step':
      return refusal(
        'not_your_step',
        'Others have to approve it first, or it is not yours to approve.',
        {
          pending: why.pending.map(({ tier, by }) => ({ tier, by })),
          currentVersion: version,
        },
      )
    case 'reminded_lately':
      return refusal('reminded_lately', 'They have been reminded within the hour.', { at: why.at })
    case 'cannot_skip':
      return refusal('cannot_skip', cannotSkip(why.problem), {
        problem: why.problem,
        currentVersion: version,
      })
    case 'not_claimed':
      return refusal('wrong_state', 'Nobody has claimed it.', {
        state: value.state,
        currentVersion: version,
      })
    case 'above_limit':
      return aboveLimit(why, value.currency)
    case 'own_work':
      return ownWork(why, version)
    case 'price_missing':
      return refusal(
        'price_missing',
        'Some lines have no price, so there is nothing to order them at.',
        {
          lineIds: why.lineIds.slice(0, 100),
        },
      )
    case 'company_blocked':
      return refusal('company_blocked', 'The company is blocked. Nothing can be ordered for it.', {
        companyId: value.companyId,
      })
    case 'company_closed':
      return refusal('company_closed', 'The company is closed. Nothing can be ordered for it.', {
        companyId: value.companyId,
      })
  }
}

function cannotSkip(problem: SkipProblem): string {
  switch (problem) {
    case 'not_pending':
      return 'There is no such step, or it is not its turn.'
    case 'not_named':
      return 'The step waits for nobody in particular: approve it yourself, or reject it.'
    case 'not_approver':
      return 'Only an approver can let another’s step go.'
    case 'own_step':
      return 'It is yours to approve.'
    case 'last_step':
      return 'It is the last step that is left, and somebody has to approve it.'
  }
}

function alreadyDecided(outcome: RequisitionOutcome | null): string {
  if (!outcome) return 'It has already been decided.'
  const who = outcome.by.name
  switch (outcome.kind) {
    case 'ordered':
      return `${who} was first: it became order ${outcome.orderNumber} at ${outcome.at}.`
    case 'rejected':
      return `${who} was first and rejected it at ${outcome.at}.`
    case 'returned':
      return `${who} was first and returned it to the customer at ${outcome.at}.`
    case 'withdrawn':
      return `${who} withdrew it at ${outcome.at}.`
    case 'expired':
      return `It expired at ${outcome.at}.`
  }
}
