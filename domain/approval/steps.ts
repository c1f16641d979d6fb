import { decidesFor, type Viewer } from '../access/rights'
import type { Instant } from '../units'
import { keyOf, type DemandedStep, type Grounds } from './evaluate'
import type { StepTaker } from './policy'

/** Somebody's part in a step: a user's, in a buyer step a contact's. */
export interface StepApproval {
  readonly by: { readonly id: string; readonly name: string }
  /** Whom they stood in for, where they did. */
  readonly for?: { readonly id: string } | undefined
  readonly at: Instant
  /** The total was within what this person may approve by themselves. */
  readonly withinLimit: boolean
}

/** A step of one requisition's approval, and what has come of it so far. */
export interface ApprovalStep {
  readonly tier: number
  readonly by: StepTaker
  readonly because: readonly Grounds[]
  readonly approvals: readonly StepApproval[]
  /** It waited too long for those who are named: since then any approver may take it. */
  readonly escalatedAt?: Instant | undefined
  /** An approver has let it go; nobody has approved in its place. */
  readonly skipped?: StepSkip | undefined
}

/** Who let a step go, and why. */
export interface StepSkip {
  readonly by: { readonly id: string; readonly name: string }
  readonly at: Instant
  readonly reason: string
}

/** A step without why it is demanded. */
export type StepInBrief = Omit<ApprovalStep, 'because'>

/** Whether a step is the customer's own to take. */
export function isBuyers({ by }: Pick<ApprovalStep, 'by'>): boolean {
  return by.kind === 'buyer'
}

/** Where no rule demands anything but a person has to decide: whoever decides for the company, once. */
const oneDecision: ApprovalStep = {
  tier: 1,
  by: { kind: 'deciders' },
  because: [],
  approvals: [],
}

/** The steps of a requisition that a person has to decide on. */
export function stepsOf(requisition: {
  readonly steps?: readonly ApprovalStep[] | undefined
}): readonly ApprovalStep[] {
  return requisition.steps ?? [oneDecision]
}

/** The steps as a policy demands them, before anybody has taken one. */
export function untaken(demanded: readonly DemandedStep[]): readonly ApprovalStep[] {
  return demanded.map(untakenOf)
}

function untakenOf(step: DemandedStep): ApprovalStep {
  return { ...step, approvals: [] }
}

/**
 * The steps a revision demands, with the approvals that were given to the one before it, for where
 * nothing material has changed: a step is the same by its tier and who is to take it. Whatever else was
 * added to them stays as well. Somebody has to be left to say the last word: what has all its approvals
 * but is not ordered is asked for once more.
 */
export function carriedOver(
  demanded: readonly DemandedStep[],
  before: readonly ApprovalStep[],
): readonly ApprovalStep[] {
  if (demanded.length === 0) return []
  const known = new Map(before.map((step) => [keyOf(step.tier, step.by), step]))
  const added = before.filter(({ because }) => because.length === 0)
  const steps = [
    ...demanded.map((step) => {
      const { because: _because, ...come } = known.get(keyOf(step.tier, step.by)) ?? untakenOf(step)
      return { ...come, tier: step.tier, because: step.because }
    }),
    ...added,
  ]
  if (!steps.every(isDone)) return steps
  const tier = Math.max(...steps.map((step) => step.tier))
  return [...steps, { ...oneDecision, tier }]
}

/** Whether nothing more is asked for in a step: it has all the approvals it wants, or was skipped. */
export function isDone(step: StepInBrief): boolean {
  return step.skipped !== undefined || isApproved(step)
}

function isApproved({ by, approvals }: StepInBrief): boolean {
  if (by.kind !== 'users' || by.need === 'any') return approvals.length > 0
  return by.userIds.every((id) => approvals.some((approval) => placeOf(approval) === id))
}

/** Whose place an approval fills. */
function placeOf(approval: StepApproval): string {
  return (approval.for ?? approval.by).id
}

/** The steps that are to be taken now: those of the lowest tier that is not done. */
export function pendingSteps<S extends StepInBrief>(steps: readonly S[]): readonly S[] {
  const open = steps.filter((step) => !isDone(step))
  const tier = Math.min(...open.map((step) => step.tier))
  return open.filter((step) => step.tier === tier)
}

/** What steps are about, and who could take them. */
export interface StepContext {
  readonly companyId: string
  /** Users who are active and decide for the company. */
  readonly canDecide: (userId: string) => boolean
  /** Those of them who are approvers. */
  readonly approverIds: readonly string[]
}

/** Who is wanted for a step: of named users those who have not approved yet. */
export type Wanted =
  'deciders' | 'approvers' | 'buyer' | Omit<Extract<StepTaker, { userIds: unknown }>, 'kind'>

/** Who is wanted for a step as it now stands. */
export function wantedFor({ by, approvals }: StepInBrief): Wanted {
  if (by.kind !== 'users') return by.kind
  const left = by.userIds.filter((id) => !approvals.some((approval) => placeOf(approval) === id))
  return { userIds: left, need: by.need }
}

/** Who takes steps. */
export interface StepPerson extends Viewer {
  /** Users who have handed their steps over to this person for now. */
  readonly standsInFor: ReadonlySet<string>
}

/**
 * Whose place a person may take in each of the steps that are to be taken now: their own, or that of
 * somebody they stand in for. Where nobody who is named can decide any more, or they were waited for too
 * long, any approver takes it.
 *
 * What two people were to look at is not for one alone: nobody takes another's place in a requisition
 * where they have a part themselves, or are still to have one. Of those who have gone that
 * is let go where it is so of every approver, since a requisition must not wait for people there are not.
 */
export function placesFor<S extends StepInBrief>(
  steps: readonly S[],
  person: StepPerson,
  context: StepContext,
): ReadonlyMap<S, string> {
  const none = new Map<S, string>()
  // Whoever is named must be one of those who decide: a rule opens no doors.
  if (!decidesFor(person, context.companyId)) return none
  const own = person.userId
  const parts = steps.filter((step) => hasPart(step, own))
  const isNobodyElse = context.approverIds.every(
    (id) => steps.some((step) => hasPart(step, id)) || isStillNamed(steps, id),
  )
  const pending = pendingSteps(steps)
  const meant = pending.filter((step) => !hasPart(step, own) && isMeant(wantedFor(step), person))
  if (meant.length > 0) {
    const hadAnothers = parts.some(
      (step) => !step.approvals.some((one) => isOwnPlace(step.by, one, own)),
    )
    return hadAnothers && !isNobodyElse ? none : new Map(meant.map((step) => [step, own]))
  }
  const isFree = parts.length === 0 && !isStillNamed(steps, own)
  for (const step of pending) {
    const wanted = wantedFor(step)
    const absent = isFree ? absentOf(wanted, person) : null
    const gone = isFree || isNobodyElse ? goneOf(step, person, context) : null
    const place = absent ?? gone
    // One of them is enough at a time.
    if (place !== null) return new Map([[step, place]])
  }
  return none
}

function hasPart({ approvals }: StepInBrief, userId: string): boolean {
  // A contact's key is no user's id: it is made by the seller's books, not by us.
  return approvals.some(({ by }) => by.id === userId)
}

function isMeant(wanted: Wanted, { userId, roles }: StepPerson): boolean {
  if (wanted === 'buyer') return false
  if (wanted === 'deciders') return true
  return wanted === 'approvers' ? roles.includes('approver') : wanted.userIds.includes(userId)
}

function isOwnPlace(taker: StepTaker, approval: StepApproval, userId: string): boolean {
  if (approval.by.id !== userId || approval.for !== undefined) return false
  return taker.kind !== 'users' || taker.userIds.includes(userId)
}

function isStillNamed(steps: readonly StepInBrief[], userId: string): boolean {
  return steps.some((step) => {
    const wanted = isDone(step) ? 'deciders' : wantedFor(step)
    return typeof wanted !== 'string' && wanted.userIds.includes(userId)
  })
}

/** Somebody wanted for whom a person stands in. */
function absentOf(wanted: Wanted, { standsInFor }: StepPerson): string | null {
  if (typeof wanted === 'string') return null
  return wanted.userIds.find((id) => standsInFor.has(id)) ?? null
}

/**
 * Somebody wanted whose place is an approver's to take, since none of those wanted can decide any more
 * or they were waited for too long.
 */
function goneOf(
  step: StepInBrief,
  { roles }: StepPerson,
  { canDecide }: StepContext,
): string | null {
  const wanted = wantedFor(step)
  if (typeof wanted === 'string') return null
  if (step.escalatedAt === undefined && wanted.userIds.some(canDecide)) return null
  return roles.includes('approver') ? (wanted.userIds[0] ?? null) : null
}

/** Why a step may not be skipped. */
export type SkipProblem =
  /** There is no such step, or it is not to be taken now. */
  | 'not_pending'
  /** It waits for whoever decides or approves, so whoever wants it gone can take it. */
  | 'not_named'
  /** Only approvers let another's step go. */
  | 'not_approver'
  /** They can approve it themselves. */
  | 'own_step'
  /** Nobody would be asked any more: what is ordered, somebody has approved last. */
  | 'last_step'

/** The steps with one of them skipped, or why it may not be. `at` is its place in the list. */
export function skipStep(
  steps: readonly ApprovalStep[],
  at: number,
  person: StepPerson,
  context: StepContext,
  skip: StepSkip,
):
  | { readonly ok: true; readonly steps: readonly ApprovalStep[] }
  | { readonly ok: false; readonly problem: SkipProblem } {
  const refuse = (problem: SkipProblem) => ({ ok: false, problem }) as const
  const step = steps[at]
  if (!step || !pendingSteps(steps).includes(step)) return refuse('not_pending')
  if (step.by.kind !== 'users' && !isBuyers(step)) return refuse('not_named')
  if (!person.roles.includes('approver') || !decidesFor(person, context.companyId)) {
    return refuse('not_approver')
  }
  if (placesFor(steps, person, context).has(step)) return refuse('own_step')
  const next = steps.map((one) => (one === step ? { ...one, skipped: skip } : one))
  if (!next.every(isDone)) return { ok: true, steps: next }
  // What the customer's own people were to answer for, one of the seller's then does.
  if (isBuyers(step)) return { ok: true, steps: [...next, { ...oneDecision, tier: step.tier }] }
  return refuse('last_step')
}

/** Who is wanted now, for each step that is to be taken. */
export function wantedNow(steps: readonly StepInBrief[]): readonly Wanted[] {
  return pendingSteps(steps).map(wantedFor)
}

export type StepsTaken =
  | { readonly kind: 'taken'; readonly steps: readonly ApprovalStep[]; readonly isLast: boolean }
  /** None of the steps to be taken now is this person's. */
  | { readonly kind: 'not_yours' }
  /** It would be ordered, and the total is above the limit of everybody who has approved it. */
  | { readonly kind: 'above_limit' }

/** Somebody who approves. */
export interface StepApprover extends StepPerson {
  readonly name: string
  readonly withinLimit: boolean
}

/**
 * The steps after a person has approved: every pending one that is theirs, and on through the tiers for
 * as long as they may go on. A rule can ask more people but lets nobody past their own limit: where all
 * that rules demand is approved and the total is above the limit of everyone who did, one step more is
 * added, for somebody whose limit reaches.
 */
export function approveSteps(
  steps: readonly ApprovalStep[],
  person: StepApprover,
  context: StepContext,
  at: Instant,
): StepsTaken {
  let now = steps
  for (;;) {
    const next = takePending(now, person, context, at)
    if (next === now) return now === steps ? { kind: 'not_yours' } : taken(now)
    if (next.every(isDone)) {
      const isCovered = isWithinLimits(next)
      if (isCovered) return { kind: 'taken', steps: next, isLast: true }
      const [first, ...others] = pendingSteps(now)
      if (first && [first, ...others].every(({ because }) => because.length > 0)) {
        return taken([...next, { ...oneDecision, tier: first.tier }])
      }
      return now === steps ? { kind: 'above_limit' } : taken(now)
    }
    now = next
  }
}

/**
 * Whether the total is within what one of the seller's people who approved may approve alone. Whom of the
 * customer's it was says nothing of that; where only they were asked, nobody's limit is in question.
 */
function isWithinLimits(steps: readonly ApprovalStep[]): boolean {
  const own = steps.filter((step) => !isBuyers(step)).flatMap(({ approvals }) => approvals)
  return own.length === 0 || own.some(({ withinLimit }) => withinLimit)
}

/** One of the customer's people, who may take a buyer step. */
export interface Buyer {
  readonly id: string
  readonly name: string
}

/** Which of the customer's people has answered for it; null where none was asked, or none has yet. */
export function buyerOf(steps: readonly ApprovalStep[] | undefined): Buyer | null {
  const given = (steps ?? []).filter(isBuyers).flatMap(({ approvals }) => approvals)
  return given.at(-1)?.by ?? null
}

/** Whether one of the customer's own people is to answer for it, or has: not where that was let go. */
export function isAnsweredByBuyer(steps: readonly StepInBrief[] | undefined): boolean {
  return (steps ?? []).some((step) => isBuyers(step) && step.skipped === undefined)
}

/**
 * The steps after one of the customer's people has approved each buyer step that is to be taken now; null
 * where there is none. With `asksSeller` one of the seller's people has the last word, where none of them
 * is still to be asked: what speaks against it the customer cannot answer for.
 */
export function approveAsBuyer(
  steps: readonly ApprovalStep[],
  { id, name }: Buyer,
  at: Instant,
  asksSeller: boolean,
): Extract<StepsTaken, { kind: 'taken' }> | null {
  const mine = pendingSteps(steps).filter(isBuyers)
  if (mine.length === 0) return null
  const next = steps.map((step) =>
    mine.includes(step)
      ? { ...step, approvals: [...step.approvals, { by: { id, name }, at, withinLimit: true }] }
      : step,
  )
  if (!next.every(isDone)) return { kind: 'taken', steps: next, isLast: false }
  if (!asksSeller && isWithinLimits(next)) return { kind: 'taken', steps: next, isLast: true }
  const tier = Math.max(...next.map((step) => step.tier))
  return { kind: 'taken', steps: [...next, { ...oneDecision, tier }], isLast: false }
}

function taken(steps: readonly ApprovalStep[]): StepsTaken {
  return { kind: 'taken', steps, isLast: false }
}

/** The very same steps where none of those to be taken now is the person's. */
function takePending(
  steps: readonly ApprovalStep[],
  person: StepApprover,
  context: StepContext,
  at: Instant,
): readonly ApprovalStep[] {
  const { userId, name, withinLimit } = person
  const places = placesFor(steps, person, context)
  if (places.size === 0) return steps
  return steps.map((step) => {
    const place = places.get(step)
    if (place === undefined) return step
    const standIn = place === userId ? {} : { for: { id: place } }
    const approval = { by: { id: userId, name }, ...standIn, at, withinLimit }
    return { ...step, approvals: [...step.approvals, approval] }
  })
}
