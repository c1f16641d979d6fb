import type { Quote } from '../../../contract/quotes'
import { decidesFor, mayDo, type Deed } from '../../../domain/access/rights'
import { approveSteps, pendingSteps, wantedFor } from '../../../domain/approval/steps'
import { workOf } from '../../../domain/quote/own-work'
import { isUnsent } from '../../../domain/quote/states'
import { beyondOwn, type BeyondOwn } from '../../../domain/requisition/decide'
import { hidden, possible, type Possibility } from '../../actions/action'
import type { Desk } from '../../desk'
import { canReachGateway, signedInUser } from '../../state/console'
import { isUnderway, pendingOf } from '../../state/sends'
import { todayAt } from '../../state/today'
import { stepPartiesOf } from '../../state/wanted'
import { wantedWords } from '../../wording/steps'
import { quotesOf, QUOTES } from './quotes'

/** The quote that is open, as the replica has it. */
export function openQuote({ navigation, replica }: Desk): Quote | undefined {
  const id = navigation.store.getState().selected[QUOTES] ?? null
  return id === null ? undefined : replica.get('quote', id)
}

/** Whether the signed-in user may do something for a company, by their roles and accounts. */
export function mayFor(desk: Desk, companyId: string, deed: Deed): boolean {
  const user = signedInUser(desk.console.getState())
  if (!user || !mayDo(user, deed)) return false
  const { person } = stepPartiesOf(desk.replica, user.id, companyId, todayAt(desk))
  return decidesFor(person, companyId)
}

/** Whether its fields can be written in. */
export function mayWrite(desk: Desk, quote: Quote): boolean {
  return isUnsent(quote.state) && mayFor(desk, quote.companyId, 'draft_quote')
}

/** Whether something about the quote is on its way, so that nothing more is sent of it. */
export function isBusy(desk: Desk, quoteId: string): boolean {
  const { byId } = desk.sends.getState()
  return pendingOf(byId, desk.console.getState().outbox, quoteId).some(isUnderway)
}

/** What an action about the open quote waits for, given its states and its deed. */
export function possibleIn(
  desk: Desk,
  states: readonly Quote['state'][],
  deed: Deed,
  { isOnline = true }: { readonly isOnline?: boolean } = {},
): Possibility {
  const quote = openQuote(desk)
  if (!quote || !states.includes(quote.state)) return hidden
  if (!mayFor(desk, quote.companyId, deed)) return hidden
  if (isBusy(desk, quote.id)) return { kind: 'disabled', why: ({ t }) => t('quote.busy') }
  if (isOnline && !canReachGateway(desk.console.getState())) {
    return { kind: 'disabled', why: ({ t }) => t('quote.offline') }
  }
  return possible
}

/** Whether the user has a step of the open quote's review to take now. */
export function reviewPossibility(desk: Desk): Possibility {
  const possibility = possibleIn(desk, ['in_review'], 'send_quote')
  const quote = openQuote(desk)
  const user = signedInUser(desk.console.getState())
  if (possibility.kind !== 'possible' || !quote || !user) return possibility
  const limit = (desk.replica.get('user', user.id) ?? user).approvalLimit ?? null
  const { person, context } = stepPartiesOf(desk.replica, user.id, quote.companyId, todayAt(desk))
  const isBelowLimit = limit === null || quote.totals.net <= limit
  const beyond = ownBeyond(desk, quote, user.id)
  const withinLimit = isBelowLimit && beyond === null
  const approver = { ...person, name: user.displayName, withinLimit }
  const taken = approveSteps(quote.steps, approver, context, quote.createdAt)
  switch (taken.kind) {
    case 'taken':
      return possible
    case 'above_limit':
      if (isBelowLimit && beyond) {
        return {
          kind: 'disabled',
          why: ({ t, formats }) =>
            t(`error.own_work.${beyond.limit}`, {
              value: formats.percent(beyond.value),
              allowed: formats.percent(beyond.allowed),
            }),
        }
      }
      return {
        kind: 'disabled',
        why: ({ t, formats }) =>
          t('decide.aboveLimit', {
            total: formats.money(quote.totals.net, quote.currency),
            limit: formats.money(limit ?? 0, quote.currency),
          }),
      }
    case 'not_yours':
      return {
        kind: 'disabled',
        why: (texts) =>
          texts.t('decide.othersStep', {
            who: wantedWords(
              pendingSteps(quote.steps).map(wantedFor),
              quote.companyId,
              desk.replica,
              texts,
            ),
          }),
      }
  }
}

/** Which limit of their own it goes beyond as the user's own work, by what is known here; null for none. */
function ownBeyond({ replica, console }: Desk, quote: Quote, userId: string): BeyondOwn | null {
  const user = replica.get('user', userId) ?? signedInUser(console.getState())
  const cost = (id: string) => replica.get('article', id)?.cost ?? null
  const { discountLimit = null, marginFloor = null } = user ?? {}
  return beyondOwn(workOf(quote, userId, cost), { userId, discountLimit, marginFloor })
}

/** What is written in the open quote and has not been saved. */
export function hasUnsaved(desk: Desk): boolean {
  const quote = openQuote(desk)
  return quote !== undefined && quotesOf(desk).store.getState().drafts.has(quote.id)
}
