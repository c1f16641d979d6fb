import type { Role } from '../../../domain/access/roles'
import { netOf, priceOf, type Said } from './said'
import { currentOf, type Act, type Person, type Requisition, type StepTaken } from './state'

type Command = Extract<Act, { kind: 'command' }>

/** Erik’s limit lies between the two sizes of a document; nobody else has one. */
const erikMayApprove = 10_000
/** Their limit for prices by hand is less than a cut. */
export const setsNoCut: readonly Person[] = ['erik', 'lars']

/** The rule asks of what lies between the small and the large ones, and of the parts of such a one. */
export function stepsFor(says: Said, whole: Requisition['whole'] = null): readonly StepTaken[] {
  if (!isInSteps(netOf(says)) && !whole?.inSteps) return []
  const open = { approval: null, skipped: null }
  return [
    { by: 'first', ...open },
    { by: 'approver', ...open },
  ]
}

function isInSteps(net: number): boolean {
  return net > 15_000 && net < 40_000
}

function isDone({ approval, skipped }: StepTaken): boolean {
  return approval !== null || skipped !== null
}

/** Erik and Karin come first, then an approver; what nobody's limit has reached is anybody's. */
function isTheirs({ by }: StepTaken, person: Person, roles: readonly Role[]): boolean {
  switch (by) {
    case 'first':
      return person === 'erik' || person === 'karin'
    case 'approver':
      return roles.includes('approver')
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

const anybody: StepTaken = { by: 'anybody', approval: null, skipped: null }

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
      if (next.some((one) => one.approval?.isWithinLimit)) return { steps: next, isOrdered: true }
      if (pending.by === 'anybody') return why ?? 'above_limit'
      return { steps: [...next, anybody], isOrdered: false }
    }
    steps = next
    hasTaken = true
  }
}

/** An approver may let go of those who come first, not being one of them. */
export function maySkip(
  { steps }: Requisition,
  { person, payload }: Command,
  roles: readonly Role[],
): boolean {
  const step = steps[Number(payload['step'])]
  const isPending = step !== undefined && step === steps.find((one) => !isDone(one))
  return (
    isPending && step.by === 'first' && roles.includes('approver') && !isTheirs(step, person, roles)
  )
}
