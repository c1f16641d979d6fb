import type { OutboxEntry } from '../../contract/console'
import type { Entries } from './entries'

/** Why a lane may not send now. */
export interface LanePauses {
  isPaused(aggregateId: string): boolean
}

/**
 * Which entries to send now. One lane per aggregate: its first unsettled command is under way or next,
 * and nothing behind it moves. A refused command has had its answer and stands aside, so it holds
 * nobody up; what was built on it carries the version it expected, and the gateway refuses that too.
 *
 * @param room how many more may be under way at the same time
 */
export function nextToSend(
  entries: Entries,
  room: number,
  pauses: LanePauses,
): readonly OutboxEntry[] {
  const taken = new Set<string>()
  const next: OutboxEntry[] = []
  for (const entry of entries) {
    if (entry.state === 'refused' || taken.has(entry.aggregateId)) continue
    taken.add(entry.aggregateId)
    if (entry.state === 'sending' || next.length >= room || pauses.isPaused(entry.aggregateId)) {
      continue
    }
    next.push(entry)
  }
  return next
}
