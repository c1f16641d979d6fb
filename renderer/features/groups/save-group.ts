import type { SendResult } from '../../../contract/console'
import type { CustomerGroup } from '../../../domain/company'
import type { Desk } from '../../desk'
import { pendingOf } from '../../state/sends'
import type { Send } from '../../state/sends'
import { untilVersion } from '../../state/until-version'
import { mergeGroup, readGroup, valuesOf } from './group-form'
import { groupsOf, type GroupProblem } from './groups'

/** Sets what was written of a group. A conflict has to be settled first. */
export async function saveGroup(desk: Desk, group: CustomerGroup): Promise<void> {
  const groups = groupsOf(desk)
  const draft = groups.store.getState().drafts.get(group.id)
  if (!draft || draft.isBusy) return
  const merged = mergeGroup(draft.base, draft.values, valuesOf(group))
  if (merged.conflicts.length > 0) return
  const read = readGroup(merged.values)
  const failed = { isTried: true, isBusy: false, failures: draft.failures + 1 }
  if (!read.ok) return groups.putDraft(group.id, { ...draft, ...failed, problem: null })
  groups.putDraft(group.id, { ...draft, isTried: true, isBusy: true, problem: null })
  const result = await desk.commands.send({
    type: 'customer_group.set',
    aggregateId: group.id,
    expectedVersion: desk.replica.versionOf('customer_group', group.id),
    payload: read.payload,
  })
  if (result.kind === 'accepted') {
    // The fields show what was written until the change itself has come back.
    await untilVersion(desk.replica, 'customer_group', group.id, result.version)
    groups.putDraft(group.id, null)
    desk.toasts.tell({
      meaning: 'good',
      text: ({ t }) => t('group.saved', { name: group.name }),
      action: null,
    })
    return
  }
  const now = groups.store.getState().drafts.get(group.id)
  if (now) groups.putDraft(group.id, { ...now, ...failed, problem: problemOf(result) })
}

/** Gives right and limits of a group back to its source. How it went is followed by the command itself. */
export async function followSource(desk: Desk, group: CustomerGroup): Promise<void> {
  const result = await desk.commands.send({
    type: 'customer_group.follow_source',
    aggregateId: group.id,
    expectedVersion: desk.replica.versionOf('customer_group', group.id),
    payload: {},
  })
  if (result.kind !== 'accepted') return
  desk.toasts.tell({
    meaning: 'good',
    text: ({ t }) => t('group.followed', { name: group.name }),
    action: null,
  })
}

/** What was sent about a group, while nobody knows what became of it. */
export function unknownSend(desk: Desk, groupId: string): Send | undefined {
  return pendingOf(desk.sends.getState().byId, [], groupId).find(
    ({ phase }) => phase.kind === 'unknown',
  )
}

function problemOf(result: Exclude<SendResult, { kind: 'accepted' }>): GroupProblem | null {
  switch (result.kind) {
    case 'refused':
      return { kind: 'refused', error: result.error }
    case 'offline':
      return { kind: 'offline' }
    // It never waits, and nobody hears the answer once the session has ended.
    case 'queued':
    case 'unanswered':
      return null
  }
}
