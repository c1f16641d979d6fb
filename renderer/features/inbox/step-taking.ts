import type { Requisition } from '../../../contract/entities'
import { approveSteps, skipStep, stepsOf, type StepsTaken } from '../../../domain/approval/steps'
import { documentMargin } from '../../../domain/money/margin'
import { beyondOwn, type BeyondOwn } from '../../../domain/requisition/decide'
import { largestHandDiscount } from '../../../domain/requisition/edit-limits'
import { priceToOrder } from '../../../domain/requisition/line-price'
import { wholeNet } from '../../../domain/requisition/split'
import type { Desk } from '../../desk'
import { signedInUser } from '../../state/console'
import { todayAt } from '../../state/today'
import { stepPartiesOf } from '../../state/wanted'
import { figuresShown } from './figures'

/** What the user may approve up to, as the feed last told; null is no limit. */
export function ownLimit({ replica, console }: Desk): number | null {
  const user = signedInUser(console.getState())
  // So that a limit an admin has just changed counts at once.
  return (replica.get('user', user?.id ?? '') ?? user)?.approvalLimit ?? null
}

/**
 * Which limit of their own a requisition that the user has had a part in goes beyond; null for none. By
 * what is known here: the gateway keeps the margin as it was when the revision was made.
 */
export function ownBeyond({ replica, console }: Desk, requisition: Requisition): BeyondOwn | null {
  const signedIn = signedInUser(console.getState())
  const user = replica.get('user', signedIn?.id ?? '') ?? signedIn
  const { editedBy = [], lines } = requisition
  if (!user) return null
  return beyondOwn(
    {
      byUserIds: editedBy.map(({ id }) => id),
      discount: largestHandDiscount(lines),
      margin: marginOf(replica, lines),
    },
    {
      userId: user.id,
      discountLimit: user.discountLimit ?? null,
      marginFloor: user.marginFloor ?? null,
    },
  )
}

/** Null as soon as one line has no price or no known cost. */
function marginOf(replica: Desk['replica'], lines: Requisition['lines']): number | null {
  const rows = lines.flatMap((line) => {
    const price = priceToOrder(line)
    const cost = replica.get('article', line.articleId)?.cost ?? null
    if (!price || !cost) return []
    const { quantity, vatRate } = line
    return [{ price: price.unitPrice, quantity, rebate: price.rebate, vatRate, cost }]
  })
  if (rows.length < lines.length) return null
  const margin = documentMargin(rows)
  return margin.kind === 'known' ? margin.margin : null
}

/** What approving now would come to, by the gateway's own rules; it has the last word. */
export function stepsTakenBy(desk: Desk, requisition: Requisition): StepsTaken {
  const { replica, console } = desk
  const { companyId, receivedAt } = requisition
  const net = wholeNet(figuresShown(desk, requisition).document.net, requisition.whole)
  const user = signedInUser(console.getState())
  if (!user) return { kind: 'not_yours' }
  const limit = ownLimit(desk)
  const { person, context } = stepPartiesOf(replica, user.id, companyId, todayAt(desk))
  const approver = {
    ...person,
    name: user.displayName,
    withinLimit: (limit === null || net <= limit) && ownBeyond(desk, requisition) === null,
  }
  return approveSteps(stepsToTake(desk, requisition), approver, context, receivedAt)
}

/** The steps as the gateway will take them: anew where other lines are ordered at the price of now than were. */
function stepsToTake({ warehouseChoices }: Desk, requisition: Requisition) {
  const steps = stepsOf(requisition)
  const [before, now] = [
    requisition.choices?.refresh ?? [],
    warehouseChoices.refreshed(requisition),
  ]
  const isAsBefore = before.length === now.length && now.every((id) => before.includes(id))
  return isAsBefore ? steps : steps.map((step) => ({ ...step, approvals: [] }))
}

/** Whether others have steps to take after the user has approved. */
export function leavesSteps(desk: Desk, requisition: Requisition): boolean {
  const taken = stepsTakenBy(desk, requisition)
  return taken.kind === 'taken' && !taken.isLast
}

/** The step the user could let go, as its place in the list; null where there is none. */
export function skippableStep(desk: Desk, requisition: Requisition): number | null {
  const { replica, console } = desk
  const user = signedInUser(console.getState())
  if (!user) return null
  const steps = stepsOf(requisition)
  const { companyId, receivedAt: at } = requisition
  const { person, context } = stepPartiesOf(replica, user.id, companyId, todayAt(desk))
  const skip = { by: { id: user.id, name: user.displayName }, at, reason: '' }
  const place = steps.findIndex((_step, index) => skipStep(steps, index, person, context, skip).ok)
  return place === -1 ? null : place
}
