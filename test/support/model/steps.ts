import type { Role } from '../../../domain/access/roles'
import { netOf, priceOf, type Said } from './said'
import type { Contact } from './said'
import {
  currentOf,
  type Act,
  type Person,
  type Requisition,
  type StepTaken,
  type When,
} from './state'

type Command = Extract<Act, { kind: 'command' }>

/** Erik’s limit lies between the two sizes of a document; nobody else has one. */
const erikMayApprove = 10_000
/** Their limit for prices by hand is less than a cut. */
export const setsNoCut: readonly Person[] = ['erik', 'lars']

/** The rules ask of what lies between the small and the large ones or above them, and of the parts of such a one. */
export function stepsFor(says: Said, whole: Requisition['whole'] = null): readonly StepTaken[] {
  const { inSteps, bought } = demandedOf(says, whole)
  return [...(inSteps ? [open('first'), open('approver')] : []), ...(bought ? [open('buyer')] : [])]
}

function open(by: StepTaken['by']): StepTaken {
  return { by, approval: null, skipped: null }
}

/** Which of the two rules ask. */
export function demandedOf(
  says: Said,
  whole: Requisition['whole'],
): { readonly inSteps: boolean; readonly bought: boolean } {
  const net = netOf(says)
  return {
    inSteps: (net > 15_000 && net < 40_000) || whole?.inSteps === true,
    bought: net > 60_000 || whole?.bought === true,
  }
}

/** Whether somebody of the customer's is to answer now. */
export function awaitsBuyer({ state, steps }: Requisition): boolean {
  const isOpen = state === 'submitted' || state === 'in_review'
  return isOpen && steps.find((one) => !isDone(one))?.by === 'buyer'
}

/** What the shop is told of it: who is asked of each revision, when it is their turn, and when no longer. */
export function askedOf(before: Requisition, now: Requisition): readonly string[] {
  const isNew = now.revisions.length > before.revisions.length || !awaitsBuyer(before)
  if (awaitsBuyer(now)) return isNew ? ['awaits_buyer'] : []
  const isOpen = now.state === 'submitted' || now.state === 'in_review'
  return isOpen && awaitsBuyer(before) ? ['awaits_no_buyer'] : []
}

export function isDone({ approval, skipped }: StepTaken): boolean {
  return approval !== null || skipped !== null
}

/** Erik and Karin come first, then an approver; what nobody's limit has reached is anybody's. */
function isTheirs({ by }: StepTaken, person: Person, roles: readonly Role[]): boolean {
  switch (by) {
    case 'first':
      return person === 'erik' || person === 'karin'
    case 'approver':
      return roles.includes('approver')
    case 'buyer':
      return false
    case 'anybody':
      return true
  }
}

/** Whether a person may decide on so much, with all that was split off. */
export function isWithinLimit(
  { whole }: Pick<Requisition, 'whole'>,
  says: Said,
  person: Person,
): boolean {
  return person !== 'erik' || netOf(says) + (whole?.others ?? 0) <= erikMayApprove
}

/** Why a person goes beyond what is theirs to approve alone; null where they do not. */
function beyond(requisition: Requisition, person: Person): 'above_limit' | 'own_work' | null {
  const says = currentOf(requisition)
  if (!isWithinLimit(requisition, says, person)) return 'above_limit'
  const isOwn = requisition.authors.includes(person) && setsNoCut.includes(person)
  return isOwn && priceOf(says) === 'cut' ? 'own_work' : null
}

const anybody = open('anybody')

/** Whether somebody of ours who has approved may do so alone; where none of ours was asked, none needs to. */
function isCovered(steps: readonly StepTaken[]): boolean {
  const ours = steps.flatMap(({ by, approval }) => (by !== 'buyer' && approval ? [approval] : []))
  return ours.length === 0 || ours.some(({ isWithinLimit: within }) => within)
}

/**
 * The steps when somebody of the customer's has approved: ordered where that was the last of it and none
 * of ours has had a hand in it.
 */
export function stepsAfterBuyer(
  { steps, authors, whole }: Requisition,
  by: Contact,
  given: When,
): { readonly steps: readonly StepTaken[]; readonly isOrdered: boolean } {
  const pending = steps.find((one) => !isDone(one))
  const approval = { by, isWithinLimit: true, given }
  const next = steps.map((one) => (one === pending ? { ...one, approval } : one))
  if (!next.every(isDone)) return { steps: next, isOrdered: false }
  const isOrdered = authors.length === 0 && whole === null && isCovered(next)
  return { steps: isOrdered ? next : [...next, anybody], isOrdered }
}

/** The steps with one let go; what somebody of the customer's was to answer for, one of ours then does. */
export function stepsWithout(
  steps: readonly StepTaken[],
  at: number,
  skipped: When,
): readonly StepTaken[] {
  const next = steps.map((one, place) => (place === at ? { ...one, skipped } : one))
  return next.every(isDone) ? [...next, anybody] : next
}

/** The steps when a person has approved, and on for as long as they are theirs; or why it is refused. */
export function stepsAfter(
  requisition: Requisition,
  { person, when }: Command,
  roles: readonly Role[],
): { readonly steps: readonly StepTaken[]; readonly isOrdered: boolean } | string {
  const why = beyond(requisition, person)
  const approval = { by: person, isWithinLimit: why === null, given: when }
  let steps = requisition.steps.length > 0 ? requisition.steps : [anybody]
  let hasTaken = false
  for (;;) {
    const at = steps.findIndex((one) => !isDone(one))
    const pending = steps[at]
    if (!pending || !isTheirs(pending, person, roles)) {
      return hasTaken ? { steps, isOrdered: false } : 'not_your_step'
    }
    const next = steps.map((one) => (one === pending ? { ...one, approval } : one))
    if (next.every(isDone)) {
      if (isCovered(next)) return { steps: next, isOrdered: true }
      if (pending.by === 'anybody') return why ?? 'above_limit'
      return { steps: [...next, anybody], isOrdered: false }
    }
    steps = next
    hasTaken = true
  }
}

/** An approver may let go of those who come first, not being one of them, and of the customer's. */
export function maySkip(
  { steps }: Requisition,
  { person, payload }: Command,
  roles: readonly Role[],
): boolean {
  const step = steps[Number(payload['step'])]
  const isPending = step !== undefined && step === steps.find((one) => !isDone(one))
  if (!isPending || !roles.includes('approver')) return false
  return (step.by === 'first' || step.by === 'buyer') && !isTheirs(step, person, roles)
}
