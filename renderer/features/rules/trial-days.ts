import { addDays, isCalendarDate } from '../../../domain/calendar'
import type { Desk } from '../../desk'
import { todayAt } from '../../state/today'
import type { Trial } from './rules'

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
  const today = todayAt(desk)
  return { from: addDays(today, 1 - count), to: today, problem: null }
}
