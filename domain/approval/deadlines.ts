import { Temporal } from 'temporal-polyfill'
import type { WorkCalendar } from '../article'
import { addWorkingDays } from '../calendar'
import { awaitsDecision, type RequisitionState } from '../requisition/states'
import type { Instant } from '../units'
import { pendingSteps, type ApprovalStep, type StepInBrief } from './steps'

/** When something is done about what waits. Null is never. */
export interface Deadlines {
  /** Hours until a claim that nothing came of is let go. */
  readonly releaseHours: number | null
  /** Working days until those whom a step waits for are reminded of it. */
  readonly remindDays: number | null
  /** Working days until any approver may take a step that waits for somebody by name. */
  readonly escalateDays: number | null
  /** Days until what nobody has finished expires. */
  readonly expireDays: number | null
}

/** What a seller has who has set none. */
export const noDeadlines: Deadlines = {
  releaseHours: null,
  remindDays: null,
  escalateDays: null,
  expireDays: null,
}

/** Somebody, or time itself, has asked for what is to be decided. */
export interface Reminder {
  readonly at: Instant
  /** Null where it was time alone. */
  readonly by: { readonly id: string; readonly name: string } | null
}

/** A requisition as far as time has to do with it. */
export interface WaitingRequisition {
  readonly state: RequisitionState
  readonly receivedAt: Instant
  /** When people of the seller's last changed it. */
  readonly revisedAt?: Instant | undefined
  readonly steps?: readonly ApprovalStep[] | undefined
  readonly claimedBy: { readonly at: Instant } | null
  readonly reminder?: Reminder | undefined
  /** `quote`: the one that a returned requisition was answered with. */
  readonly outcome: { readonly at: Instant; readonly quote?: unknown } | null
}

/** What time has done to a requisition, of which several may be due at once; expiry stands alone. */
export type DueNow =
  | { readonly kind: 'expire' }
  | {
      readonly kind: 'nudge'
      readonly release: boolean
      readonly remind: boolean
      /** The steps with those escalated that waited too long; null where none did. */
      readonly escalated: readonly ApprovalStep[] | null
    }

export interface SellerTime {
  readonly now: Instant
  readonly timeZone: string
  readonly calendar: WorkCalendar
}

/**
 * Since when it waits for what it waits for now: since its last step was taken or skipped or it was last
 * changed, else since it came in; the customer since it was returned.
 */
export function waitingSince({
  state,
  receivedAt,
  revisedAt,
  steps,
  outcome,
}: Pick<WaitingRequisition, 'state' | 'receivedAt' | 'revisedAt' | 'outcome'> & {
  readonly steps?: readonly StepInBrief[] | null | undefined
}): Instant {
  if (state === 'returned') return outcome?.at ?? receivedAt
  const taken = (steps ?? []).flatMap(({ approvals, skipped }) => [
    ...approvals.map(({ at }) => at),
    ...(skipped ? [skipped.at] : []),
  ])
  return latest([receivedAt, ...(revisedAt ? [revisedAt] : []), ...taken])
}

/**
 * When a requisition expires; null where it never does. Finished ones never do, nor those that a quote
 * answers: that one has a last day of its own, and it, or a later version of it, may yet be accepted.
 */
export function expiresAt(
  requisition: Omit<WaitingRequisition, 'claimedBy' | 'reminder'>,
  { expireDays }: Deadlines,
): Instant | null {
  if (expireDays === null) return null
  const { state, outcome } = requisition
  if (!awaitsDecision(state) && (state !== 'returned' || outcome?.quote)) return null
  return hoursAfter(waitingSince(requisition), 24 * expireDays)
}

/** Whether it has been asked for what it waits for now, and not only for what it waited for before. */
export function standsReminded(
  requisition: Omit<WaitingRequisition, 'claimedBy' | 'steps'> & {
    readonly steps?: readonly StepInBrief[] | null | undefined
  },
): boolean {
  const { state, reminder } = requisition
  if (!awaitsDecision(state) || reminder === undefined) return false
  return isBy(waitingSince(requisition), reminder.at)
}

/**
 * What is to be done about a requisition now, and when to look at it again.
 * @returns `next` null where nothing is to come unless something happens to it
 */
export function dueNow(
  requisition: WaitingRequisition,
  deadlines: Deadlines,
  time: SellerTime,
): { readonly due: DueNow | null; readonly next: Instant | null } {
  const { now } = time
  const expiry = expiresAt(requisition, deadlines)
  if (expiry !== null && isBy(expiry, now)) return { due: { kind: 'expire' }, next: null }
  if (!awaitsDecision(requisition.state)) return { due: null, next: expiry }

  const since = waitingSince(requisition)
  const { claimedBy, steps } = requisition
  const { releaseHours, remindDays, escalateDays } = deadlines
  const release = claimedBy && releaseHours !== null ? hoursAfter(claimedBy.at, releaseHours) : null
  const isReminded = standsReminded(requisition)
  const remind =
    remindDays === null || isReminded ? null : workingDaysAfter(since, remindDays, time)
  const waiting = pendingSteps(steps ?? []).filter((step) => mayEscalate(step))
  const escalate =
    escalateDays === null || waiting.length === 0
      ? null
      : workingDaysAfter(since, escalateDays, time)
  const isDue = (at: Instant | null) => at !== null && isBy(at, now)
  const due: DueNow = {
    kind: 'nudge',
    release: isDue(release),
    remind: isDue(remind),
    escalated: isDue(escalate)
      ? (steps ?? []).map((step) => (waiting.includes(step) ? { ...step, escalatedAt: now } : step))
      : null,
  }
  const isAny = due.release || due.remind || due.escalated !== null
  const later = [expiry, release, remind, escalate].filter((at) => at !== null && !isDue(at))
  return { due: isAny ? due : null, next: earliest(later as readonly Instant[]) }
}

/** What waits for anybody has nobody else to go to. */
function mayEscalate({ by, escalatedAt }: ApprovalStep): boolean {
  return by.kind === 'users' && escalatedAt === undefined
}

/** The same time of day so many working days later, in the seller's time zone. */
function workingDaysAfter(
  since: Instant,
  days: number,
  { timeZone, calendar }: SellerTime,
): Instant {
  const local = Temporal.Instant.from(since).toZonedDateTimeISO(timeZone)
  const date = addWorkingDays(local.toPlainDate().toString(), days, calendar)
  const plainTime = local.toPlainTime()
  return Temporal.PlainDate.from(date)
    .toZonedDateTime({ timeZone, plainTime })
    .toInstant()
    .toString()
}

function hoursAfter(since: Instant, hours: number): Instant {
  return new Date(Date.parse(since) + hours * 3_600_000).toISOString()
}

/** Instants are compared as such: their texts may have fractions or not. */
function isBy(at: Instant, now: Instant): boolean {
  return Date.parse(at) <= Date.parse(now)
}

function latest([first, ...others]: readonly [Instant, ...Instant[]]): Instant {
  return others.reduce((last, at) => (isBy(at, last) ? last : at), first)
}

function earliest(instants: readonly Instant[]): Instant | null {
  return instants.reduce<Instant | null>(
    (first, at) => (first === null || isBy(at, first) ? at : first),
    null,
  )
}
