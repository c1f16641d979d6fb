import type { Requisition } from '../../../../contract/entities'
import type { RequisitionBrief } from '../../../../contract/replica-items'
import { wantedNow, type Wanted } from '../../../../domain/approval/steps'
import { awaitsDecision } from '../../../../domain/requisition/states'
import type { Texts } from '../../../../language/texts'
import type { Desk } from '../../../desk'
import type { BulkKind } from '../../../services/bulk'
import { signedInUser } from '../../../state/console'
import { todayAt } from '../../../state/today'
import { stepContextOf, waitsFor } from '../../../state/wanted'
import { wantedWords } from '../../../wording/steps'
import { approvalWarning } from '../approval-warning'
import { approvePossibility, decisionPossibility } from '../decisions'
import { stepsTakenBy } from '../step-taking'

type Words = (texts: Texts) => string

/** What deciding on one of many would come to, by the gateway's own rules; it has the last word. */
export type Outlook =
  | { readonly kind: 'ordered'; readonly warning: Words | null }
  /** One's own step is taken; then it waits for others. */
  | { readonly kind: 'step'; readonly wanted: readonly Wanted[]; readonly warning: Words | null }
  | { readonly kind: 'rejected' }
  | { readonly kind: 'left_out'; readonly why: Words }
  /** Not all of it has come from the disk yet. */
  | { readonly kind: 'reading' }

/**
 * What deciding on all of these would come to, in the order given. What is ordered first counts against
 * the customer's credit when the next of theirs is looked at.
 */
export function outlooks(
  desk: Desk,
  ids: readonly string[],
  kind: BulkKind,
): ReadonlyMap<string, Outlook> {
  const ahead = new Map<string, number>()
  const found = new Map<string, Outlook>()
  for (const id of ids) {
    const brief = desk.replica.get('requisition', id)
    if (!brief || !awaitsDecision(brief.state)) {
      found.set(
        id,
        leftOut(({ t }) => t('bulk.decided')),
      )
      continue
    }
    if (kind === 'reject') {
      const possibility = decisionPossibility(desk, brief)
      const isFree = possibility.kind === 'possible'
      found.set(id, isFree ? { kind: 'rejected' } : barred(possibility))
      continue
    }
    const whole = desk.replica.requisition(id)
    const outlook = whole
      ? approvalOutlook(desk, whole, ahead.get(whole.companyId) ?? 0)
      : withoutAll(desk, id)
    found.set(id, outlook)
    if (whole && outlook.kind === 'ordered') {
      ahead.set(whole.companyId, (ahead.get(whole.companyId) ?? 0) + whole.totals.gross)
    }
  }
  return found
}

function approvalOutlook(desk: Desk, requisition: Requisition, ahead: number): Outlook {
  const possibility = approvePossibility(desk, requisition)
  if (possibility.kind !== 'possible') return barred(possibility)
  const warning = approvalWarning(desk, requisition, ahead)
  const taken = stepsTakenBy(desk, requisition)
  return taken.kind === 'taken' && !taken.isLast
    ? { kind: 'step', wanted: wantedNow(taken.steps), warning }
    : { kind: 'ordered', warning }
}

function withoutAll({ replica }: Desk, id: string): Outlook {
  return replica.requisitions.get(id)?.isMissing === true
    ? leftOut(({ t }) => t('inbox.missing'))
    : { kind: 'reading' }
}

function barred(possibility: ReturnType<typeof decisionPossibility>): Outlook {
  return leftOut(
    possibility.kind === 'disabled' ? possibility.why : ({ t }) => t('bulk.alreadyAsked'),
  )
}

function leftOut(why: Words): Outlook {
  return { kind: 'left_out', why }
}

/** What is picked, as the bar below the list tells it. */
export interface PickedSummary {
  readonly count: number
  readonly sums: readonly { readonly currency: string; readonly net: number }[]
  /** Those that wait for this user. */
  readonly yours: number
  /** The others by why they are not theirs to decide, the most frequent first. */
  readonly others: readonly { readonly why: Words; readonly count: number }[]
}

/** Sums up what is picked, by what rows know of it. */
export function pickedSummary(desk: Desk): PickedSummary {
  const sums = new Map<string, number>()
  const others = new Map<string, { readonly why: Words; count: number }>()
  let count = 0
  let yours = 0
  for (const id of desk.picked.store.getState().ids) {
    const brief = desk.replica.get('requisition', id)
    if (!brief) continue
    count += 1
    sums.set(brief.currency, (sums.get(brief.currency) ?? 0) + brief.net)
    const other = whyNotYours(desk, brief)
    if (!other) {
      yours += 1
      continue
    }
    const known = others.get(other.key)
    if (known) known.count += 1
    else others.set(other.key, { why: other.why, count: 1 })
  }
  return {
    count,
    sums: [...sums].map(([currency, net]) => ({ currency, net })),
    yours,
    others: [...others.values()].sort((a, b) => b.count - a.count),
  }
}

function whyNotYours(
  desk: Desk,
  brief: RequisitionBrief,
): { readonly key: string; readonly why: Words } | null {
  const { replica, clock } = desk
  const user = signedInUser(desk.console.getState())
  if (!awaitsDecision(brief.state)) {
    return { key: 'decided', why: ({ t }) => t('bulk.why.decided') }
  }
  const { claimedBy, companyId, steps } = brief
  if (claimedBy && claimedBy.id !== user?.id) {
    const { name } = claimedBy
    return { key: `claimed ${name}`, why: ({ t }) => t('bulk.why.claimed', { name }) }
  }
  if (!user || !stepContextOf(replica, companyId).canDecide(user.id)) {
    return { key: 'not yours', why: ({ t }) => t('bulk.why.notYours') }
  }
  if (steps !== null && !waitsFor(replica, brief, user.id, todayAt({ replica, clock }))) {
    const wanted = wantedNow(steps)
    return {
      key: `wanted ${JSON.stringify(wanted)}`,
      why: (texts) =>
        texts.t('bulk.why.others', { who: wantedWords(wanted, companyId, replica, texts) }),
    }
  }
  return null
}
