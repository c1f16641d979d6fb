import type { Requisition } from '../../../contract/entities'
import type { CommandPayload } from '../../../contract/commands'
import { isAnsweredByBuyer, stepsOf, wantedNow } from '../../../domain/approval/steps'
import { betweenReminders } from '../../../domain/requisition/decide'
import { wholeNet } from '../../../domain/requisition/split'
import { awaitsDecision } from '../../../domain/requisition/states'
import { hidden, possible } from '../../actions/action'
import type { Possibility } from '../../actions/action'
import type { Desk } from '../../desk'
import { canReachGateway, signedInUser } from '../../state/console'
import { INBOX, type Writing } from '../../state/inbox'
import { validChoice } from '../../state/line-placement'
import { revalidationOf } from '../../state/revalidation'
import { isUnderway, pendingOf } from '../../state/sends'
import type { Send } from '../../state/sends'
import type { Texts } from '../../../language/texts'
import { wantedWords } from '../../wording/steps'
import { availabilityContextOf, buyerGroupOf } from './availability-context'
import { figuresSeen, figuresShown } from './figures'
import { focusList, keepFocus } from './focus'
import type { ChosenPart } from './part'
import { neighbourOf, select, selectedId } from './selection'
import { ownBeyond, ownLimit, skippableStep, stepsTakenBy } from './step-taking'

const no = (why: (texts: Texts) => string): Possibility => ({ kind: 'disabled', why })

/** Whether something is open of which not all has come yet: its buttons keep their place. */
function isOpening({ replica, navigation }: Desk): boolean {
  const open = navigation.store.getState().selected[INBOX]
  const held = open == null ? undefined : replica.requisitions.get(open)
  return held !== undefined && !held.hasWhole && awaitsDecision(held.head.state)
}

/** What a row knows of a requisition suffices to say whether it can be decided on at all. */
type Decidable = Pick<Requisition, 'id' | 'state' | 'claimedBy'>

/** What stands in the way of taking it over: everything but a colleague having it. */
export function claimPossibility(
  desk: Desk,
  requisition: Pick<Decidable, 'id' | 'state'> | undefined,
): Possibility {
  if (!requisition) return isOpening(desk) ? no(({ t }) => t('session.loadingReplica')) : hidden
  if (!awaitsDecision(requisition.state)) return hidden
  const user = signedInUser(desk.console.getState())
  if (!user?.roles.some((role) => role === 'rep' || role === 'approver')) {
    return no(({ t }) => t('decide.notAllowed'))
  }
  const pending = pendingOf(
    desk.sends.getState().byId,
    desk.console.getState().outbox,
    requisition.id,
  ).find((send) => isUnderway(send) && isDecision(send.type))
  if (pending) {
    return no(({ t }) => pendingSentence(pending, t))
  }
  return possible
}

/** What stands in the way of any decision on a requisition. */
export function decisionPossibility(desk: Desk, requisition: Decidable | undefined): Possibility {
  const free = claimPossibility(desk, requisition)
  if (free.kind !== 'possible') return free
  const claimedBy = requisition?.claimedBy
  if (claimedBy && claimedBy.id !== signedInUser(desk.console.getState())?.id) {
    return no(({ t }) => t('decide.claimedByOther', { name: claimedBy.name }))
  }
  return possible
}

/** An approval of which nobody knows what became; it is asked about, never given a second time. */
export function unknownApproval(desk: Desk, requisition: Requisition | undefined) {
  if (!requisition) return undefined
  return pendingOf(desk.sends.getState().byId, desk.console.getState().outbox, requisition.id).find(
    ({ type, phase }) => type === 'requisition.approve' && phase.kind === 'unknown',
  )
}

/** What stands in the way of approving, the gateway's own rules included: it has the last word. */
export function approvePossibility(
  desk: Desk,
  requisition: Requisition | undefined,
  isPart = false,
): Possibility {
  if (unknownApproval(desk, requisition)) return hidden
  const decision = decisionPossibility(desk, requisition)
  if (decision.kind !== 'possible' || !requisition) return decision
  const company = desk.replica.get('company', requisition.companyId)
  if (company?.status === 'blocked') return no(({ t }) => t('decide.blocked'))
  if (company?.status === 'closed') return no(({ t }) => t('decide.closed'))
  const { lines } = figuresShown(desk, requisition)
  if ([...lines.values()].some(({ figures }) => figures.price === null)) {
    return no(({ t }) => t('decide.priceMissing'))
  }
  if (isAnsweredByBuyer(requisition.steps)) {
    // The gateway says so too: what the customer says yes to is not made another thing by approving it.
    if (desk.warehouseChoices.refreshed(requisition).length > 0) {
      return no(({ t }) => t('error.customer_approves.prices'))
    }
    if (isPart) return no(({ t }) => t('error.customer_approves.parts'))
  }
  const step = stepPossibility(desk, requisition)
  if (step.kind !== 'possible') return step
  if (!canReachGateway(desk.console.getState())) return no(({ t }) => t('decide.approveOffline'))
  return possible
}

/** What stands in the way of taking the steps that are to be taken now: whose they are, and limits. */
function stepPossibility(desk: Desk, requisition: Requisition): Possibility {
  switch (stepsTakenBy(desk, requisition).kind) {
    case 'taken':
      return possible
    case 'not_yours': {
      const wanted = wantedNow(stepsOf(requisition))
      return no((texts) =>
        texts.t('decide.othersStep', {
          who: wantedWords(wanted, requisition.companyId, desk.replica, texts),
        }),
      )
    }
    case 'above_limit': {
      const beyond = ownBeyond(desk, requisition)
      if (beyond) {
        return no(({ t, formats }) =>
          t(`error.own_work.${beyond.limit}`, {
            value: formats.percent(beyond.value),
            allowed: formats.percent(beyond.allowed),
          }),
        )
      }
      const { totals } = figuresShown(desk, requisition)
      const { currency } = totals
      const limit = ownLimit(desk) ?? 0
      return no(({ t, formats }) =>
        t('decide.aboveLimit', {
          total: formats.money(wholeNet(totals.net, requisition.whole), currency),
          limit: formats.money(limit, currency),
        }),
      )
    }
  }
}

/** What stands in the way of letting another's step go. */
export function skipPossibility(desk: Desk, requisition: Requisition | undefined): Possibility {
  if (!requisition || !awaitsDecision(requisition.state)) return hidden
  if (skippableStep(desk, requisition) === null) return hidden
  const decision = decisionPossibility(desk, requisition)
  if (decision.kind !== 'possible') return decision
  return canReachGateway(desk.console.getState())
    ? possible
    : no(({ t }) => t('decide.skipOffline'))
}

/** What stands in the way of asking those whom it waits for once more. */
export function remindPossibility(desk: Desk, requisition: Requisition | undefined): Possibility {
  const { steps, reminder } = requisition ?? {}
  const free = claimPossibility(desk, requisition)
  if (!requisition || !steps || free.kind !== 'possible') return hidden
  if (stepsTakenBy(desk, requisition).kind !== 'not_yours') return hidden
  if (reminder && desk.clock.now() - Date.parse(reminder.at) < betweenReminders) {
    return no(({ t }) => t('decide.remindedLately'))
  }
  return canReachGateway(desk.console.getState())
    ? possible
    : no(({ t }) => t('decide.remindOffline'))
}

/** What stands in the way of taking an expired one up again. */
export function revivePossibility(desk: Desk, requisition: Decidable | undefined): Possibility {
  if (requisition?.state !== 'expired') return hidden
  const { sends, console } = desk
  const user = signedInUser(console.getState())
  if (!user?.roles.some((role) => role === 'rep' || role === 'approver')) return hidden
  const isOnItsWay = pendingOf(
    sends.getState().byId,
    console.getState().outbox,
    requisition.id,
  ).some((send) => send.type === 'requisition.revive' && isUnderway(send))
  if (isOnItsWay) return no(({ t }) => t('decide.reviving'))
  return canReachGateway(console.getState()) ? possible : no(({ t }) => t('decide.reviveOffline'))
}

/** What a decision that is on its way is waiting for. */
export function pendingSentence({ phase, type }: Send, t: Texts['t']): string {
  if (phase.kind === 'asking') return t('pending.asking')
  if (phase.kind === 'queued' && isDecision(type)) return t(`pending.queued.${type}`)
  return t(workingKey(type))
}

const decisionTypes = [
  'requisition.approve',
  'requisition.reject',
  'requisition.return',
  'requisition.skip_step',
  'requisition.split',
  'requisition.edit',
] as const
type DecisionType = (typeof decisionTypes)[number]
/** Those that the keys below send; an edit is sent by where it is written. */
type SentHere = Exclude<DecisionType, 'requisition.edit'>

export function isDecision(type: string): type is DecisionType {
  return decisionTypes.some((one) => one === type)
}

/** The words for a command that is on its way. */
export function workingKey(type: string) {
  switch (type) {
    case 'requisition.approve':
      return 'decide.approving'
    case 'requisition.reject':
      return 'decide.rejecting'
    case 'requisition.return':
      return 'decide.returning'
    case 'requisition.edit':
      return 'edit.saving'
    case 'requisition.split':
      return 'split.splitting'
    case 'requisition.release':
      return 'decide.releasing'
    case 'requisition.skip_step':
      return 'decide.skipping'
    case 'requisition.remind':
      return 'decide.reminding'
    case 'requisition.revive':
      return 'decide.reviving'
    default:
      return 'decide.claiming'
  }
}

/** Where the text of a decision is kept while it is written. */
export function draftKey(requisitionId: string, writing: Writing): string {
  return `requisition ${requisitionId} ${writing}`
}

/** @param part the lines that are approved; null for all of them */
export function approve(
  desk: Desk,
  requisition: Requisition,
  part: ChosenPart | null = null,
): Promise<void> {
  const approval = approvalOf(desk, part?.value ?? requisition)
  const payload = part ? { ...approval, lines: [...part.lineIds] } : approval
  return decide(desk, requisition, 'requisition.approve', payload)
}

/** Lets only some lines stay; the others become a requisition of their own. */
export function splitOff(desk: Desk, requisition: Requisition, part: ChosenPart): Promise<void> {
  const payload = { revision: requisition.revision, lines: [...part.lineIds] }
  return decide(desk, requisition, 'requisition.split', payload)
}

/** What an approval says: of which revision, on which figures, and from which warehouses. */
export function approvalOf(
  desk: Desk,
  requisition: Requisition,
): CommandPayload<'requisition.approve'> {
  return {
    revision: requisition.revision,
    warehouses: warehousesToSend(desk, requisition),
    ...refreshToSend(desk, requisition),
    seen: figuresSeen(desk, requisition) as CommandPayload<'requisition.approve'>['seen'],
  }
}

/** Left out where nothing was said of prices, here or at an earlier step. */
function refreshToSend({ warehouseChoices }: Desk, requisition: Requisition) {
  const own = new Set(requisition.lines.map(({ id }) => id))
  const refresh = warehouseChoices.refreshed(requisition).filter((id) => own.has(id))
  return refresh.length === 0 && !requisition.choices ? {} : { refresh: [...refresh] }
}

/** What was chosen here, where it can still be had; the gateway places the other lines. */
function warehousesToSend(desk: Desk, requisition: Requisition): Record<string, string> {
  const choices = desk.warehouseChoices.of(requisition)
  const context = availabilityContextOf(desk, buyerGroupOf(desk, requisition))
  return Object.fromEntries(
    requisition.lines.flatMap((line) => {
      const chosen = validChoice(line, choices, desk.stock.of(line.articleId), context)
      return chosen === null ? [] : [[line.id, chosen]]
    }),
  )
}

/**
 * Sends the text that was written, with what is proposed; it is closed and forgotten only when it is on
 * its way for certain.
 */
export function sendText(
  desk: Desk,
  requisition: Requisition,
  writing: Writing,
  text: string,
  proposal?: CommandPayload<'requisition.return'>['proposal'],
): Promise<void> {
  const { revision } = requisition
  switch (writing) {
    case 'reject':
      return decide(desk, requisition, 'requisition.reject', { revision, reason: text }, writing)
    case 'return': {
      const payload = { revision, message: text, ...(proposal && { proposal }) }
      return decide(desk, requisition, 'requisition.return', payload, writing)
    }
    case 'skip': {
      const skip = { revision, step: skippableStep(desk, requisition) ?? 0, reason: text }
      return decide(desk, requisition, 'requisition.skip_step', skip, writing)
    }
  }
}

async function decide<T extends SentHere>(
  desk: Desk,
  requisition: Requisition,
  type: T,
  payload: CommandPayload<T>,
  writing?: Writing,
): Promise<void> {
  const { id } = requisition
  const next = neighbourOf(desk, id)
  const result = await desk.commands.send({
    type,
    aggregateId: id,
    expectedVersion: desk.replica.versionOf('requisition', id),
    payload,
  })
  // Whoever pressed again meanwhile was told that it is on its way, under the action's id.
  desk.toasts.withdraw(decisionTypes)
  if (result.kind === 'refused' && result.error.code === 'figures_changed') {
    // A second press that was meant for the first must not approve what nobody has looked at.
    desk.decisionGuard.hold()
    revalidationOf(desk).setState(({ asked }) => ({ asked: asked + 1 }))
  }
  if (result.kind !== 'accepted' && result.kind !== 'queued') return
  if (writing !== undefined) desk.drafts.drop(draftKey(id, writing))
  // Decided, there is nothing left to change.
  desk.edits.drop(id)
  if (result.kind === 'accepted') tell(desk, requisition, type, result.result)
  // Whoever has gone on by themselves is left where they are.
  if (selectedId(desk) !== id) return
  if (writing !== undefined && desk.inbox.store.getState().writing === writing) {
    desk.inbox.setWriting(null)
    focusList()
  }
  // What was split is left in sight, with the way to the rest.
  if ('lines' in payload) desk.decisionGuard.hold()
  else if (next !== null) {
    select(desk, next)
    desk.decisionGuard.hold()
  }
  keepFocus()
}

const told = {
  'requisition.reject': 'outcome.toast.rejected',
  'requisition.return': 'outcome.toast.returned',
  'requisition.skip_step': 'outcome.toast.skipped',
} as const

function tell(
  desk: Desk,
  { number, companyId }: Requisition,
  type: SentHere,
  result: Readonly<Record<string, unknown>>,
): void {
  const company = desk.replica.get('company', companyId)?.name ?? companyId
  const rest = restIn(result)
  const openRest = rest && {
    title: ({ t }: Texts) => t('split.openRest'),
    run: () => desk.navigation.open('requisition', rest.id),
  }
  if (type === 'requisition.split') {
    desk.toasts.tell({
      meaning: 'good',
      text: ({ t }) => t('outcome.toast.split', { number, rest: rest?.number ?? '' }),
      action: openRest,
    })
    return
  }
  if (type !== 'requisition.approve') {
    const key = told[type]
    desk.toasts.tell({
      meaning: 'notice',
      text: ({ t }) => t(key, { number, company }),
      action: null,
    })
    return
  }
  const orderId = result['orderId']
  if (orderId === undefined) {
    desk.toasts.tell({
      meaning: 'good',
      text: ({ t }) => t('outcome.toast.stepApproved', { number, company }),
      action: openRest,
    })
    return
  }
  const orderNumber = result['orderNumber']
  const order = typeof orderNumber === 'string' ? orderNumber : ''
  if (rest) {
    desk.toasts.tell({
      meaning: 'good',
      text: ({ t }) => t('outcome.toast.orderedPart', { order, company, rest: rest.number }),
      action: openRest,
    })
    return
  }
  desk.toasts.tell({
    meaning: 'good',
    text: ({ t }) => t('outcome.toast.ordered', { order, company }),
    action:
      typeof orderId === 'string' && desk.navigation.canOpen('order')
        ? {
            title: ({ t }) => t('outcome.openOrder'),
            run: () => desk.navigation.open('order', orderId),
          }
        : null,
  })
}

/** What a split has made of the other lines; null where nothing was split. */
function restIn({ rest }: Readonly<Record<string, unknown>>) {
  if (typeof rest !== 'object' || rest === null) return null
  const { id, number } = rest as { readonly id?: unknown; readonly number?: unknown }
  return typeof id === 'string' && typeof number === 'string' ? { id, number } : null
}
