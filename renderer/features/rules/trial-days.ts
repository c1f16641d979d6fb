import { isCalendarDate } from '../../../domain/calendar'
import type { Desk } from '../../desk'
import { textsOf } from '../../texts'
import type { Trial } from './rules'

const DAY_MILLISECONDS = 86_400_000

/** The days that rules are tried on, both included, by the seller's calendar. */
export interface TrialDays {
  readonly from: string
  readonly to: string
  /** What is wrong with what was written. */
  readonly problem: 'malformed' | 'reversed' | null
}

export function trialDays(desk: Desk, { span, from, to }: Omit<Trial, 'answer'>): TrialDays {
  if (span !== null) return lastDays(desk, span)
  const [first, last] = [from.trim(), to.trim()]
  if (!isCalendarDate(first) || !isCalendarDate(last))
    return { from: first, to: last, problem: 'malformed' }
  return { from: first, to: last, problem: first > last ? 'reversed' : null }
}

/** Today and the days before it, so many in all. */
export function lastDays(desk: Desk, count: number): TrialDays {
  const { dateOf } = textsOf(desk).formats
  const today = dateOf(new Date(desk.clock.now()).toISOString())
  const from = new Date(Date.parse(`${today}T00:00:00Z`) - (count - 1) * DAY_MILLISECONDS)
  return { from: from.toISOString().slice(0, 10), to: today, problem: null }
}
