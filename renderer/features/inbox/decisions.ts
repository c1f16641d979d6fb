import type { Requisition } from '../../../contract/entities'
import type { CommandPayload } from '../../../contract/commands'
import { stepsOf, wantedNow } from '../../../domain/approval/steps'
import { openedWarehouses } from '../../../domain/availability/place-line'
import { awaitsDecision } from '../../../domain/requisition/states'
import { hidden, possible } from '../../actions/action'
import type { Possibility } from '../../actions/action'
import type { Desk } from '../../desk'
import { canReachGateway, signedInUser } from '../../state/console'
import { INBOX } from '../../state/inbox'
import { validChoice } from '../../state/line-placement'
import { isUnderway, pendingOf } from '../../state/sends'
import type { Send } from '../../state/sends'
import type { Texts } from '../../../language/texts'
import { wantedWords } from '../../wording/steps'
import { focusList, keepFocus } from './focus'
import { neighbourOf, select, selectedId } from './selection'
import { ownBeyond, ownLimit, stepsTakenBy } from './step-taking'

const no = (why: (texts: Texts) => string): Possibility => ({ kind: 'disabled', why })

/** Whether something is open of which not all has come yet: its buttons keep their place. */
function isOpening({ replica, navigation }: Desk): boolean {
  const open = navigation.store.getState().selected[INBOX]
  const held = open == null ? undefined : replica.requisitions.get(open)
  return held !== undefined && !held.hasWhole && awaitsDecision(held.head.state)
}

/** What stands in the way of taking it over: everything but a colleague having it. */
export function claimPossibility(desk: Desk, requisition: Requisition | undefined): Possibility {
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
export function decisionPossibility(desk: Desk, requisition: Requisition | undefined): Possibility {
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
export function approvePossibility(desk: Desk, requisition: Requisition | undefined): Possibility {
  if (unknownApproval(desk, requisition)) return hidden
  const decision = decisionPossibility(desk, requisition)
  if (decision.kind !== 'possible' || !requisition) return decision
  const company = desk.replica.get('company', requisition.companyId)
  if (company?.status === 'blocked') return no(({ t }) => t('decide.blocked'))
  if (company?.status === 'closed') return no(({ t }) => t('decide.closed'))
  if (requisition.lines.some(({ rowAmount }) => rowAmount === null)) {
    return no(({ t }) => t('decide.priceMissing'))
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
      const { net, currency } = requisition.totals
      const limit = ownLimit(desk) ?? 0
      return no(({ t, formats }) =>
        t('decide.aboveLimit', {
          total: formats.money(net, currency),
          limit: formats.money(limit, currency),
        }),
      )
    }
  }
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
  'requisition.edit',
] as const
type DecisionType = (typeof decisionTypes)[number]

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
    case 'requisition.release':
      return 'decide.releasing'
    default:
      return 'decide.claiming'
  }
}

/** Where the text of a decision is kept while it is written. */
export function draftKey(requisitionId: string, writing: 'reject' | 'return'): string {
  return `requisition ${requisitionId} ${writing}`
}

export function approve(desk: Desk, requisition: Requisition): Promise<void> {
  return decide(desk, requisition, 'requisition.approve', {
    revision: requisition.revision,
    warehouses: warehousesToSend(desk, requisition),
  })
}

/** What was chosen here, where it can still be had; the gateway places the other lines. */
function warehousesToSend(desk: Desk, requisition: Requisition): Record<string, string> {
  const choices = desk.warehouseChoices.of(requisition)
  const warehouses = openedWarehouses([...desk.replica.all('warehouse').values()])
  return Object.fromEntries(
    requisition.lines.flatMap((line) => {
      const chosen = validChoice(line, choices, desk.stock.of(line.articleId), { warehouses })
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
  writing: 'reject' | 'return',
  text: string,
  proposal?: CommandPayload<'requisition.return'>['proposal'],
): Promise<void> {
  const { revision } = requisition
  if (writing === 'reject') {
    return decide(desk, requisition, 'requisition.reject', { revision, reason: text }, writing)
  }
  const payload = { revision, message: text, ...(proposal && { proposal }) }
  return decide(desk, requisition, 'requisition.return', payload, writing)
}

async function decide<T extends DecisionType>(
  desk: Desk,
  requisition: Requisition,
  type: T,
  payload: CommandPayload<T>,
  writing?: 'reject' | 'return',
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
  if (next !== null) {
    select(desk, next)
    desk.decisionGuard.hold()
  }
  keepFocus()
}

function tell(
  desk: Desk,
  { number, companyId }: Requisition,
  type: DecisionType,
  result: Readonly<Record<string, unknown>>,
): void {
  const company = desk.replica.get('company', companyId)?.name ?? companyId
  if (type !== 'requisition.approve') {
    const key = type === 'requisition.reject' ? 'outcome.toast.rejected' : 'outcome.toast.returned'
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
      action: null,
    })
    return
  }
  const told = result['orderNumber']
  const order = typeof told === 'string' ? told : ''
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
