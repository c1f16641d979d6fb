import { randomUUID } from 'node:crypto'
import type { CommandEnvelope } from '../../../contract/commands'
import type { Requisition } from '../../../contract/entities'
import { seenIn } from '../seen'

export interface HeldRequisition {
  readonly id: string
  readonly version: number
  readonly value: Requisition
}

/** What somebody decides on what their console shows; null when nothing waits for anybody. */
export type Choose = (
  requisitions: readonly HeldRequisition[],
  userId: string,
  random: () => number,
) => CommandEnvelope | null

/** One of those that wait for a decision. */
export function anyOpen(
  requisitions: readonly HeldRequisition[],
  random: () => number,
): HeldRequisition | null {
  const open = requisitions.filter(
    ({ value }) => value.state === 'submitted' || value.state === 'in_review',
  )
  return open[Math.floor(random() * open.length)] ?? null
}

/** A command about it, now and then decided on what is no longer so. */
export function commandOn(
  { id, version }: HeldRequisition,
  random: () => number,
  type: string,
  payload: CommandEnvelope['payload'],
): CommandEnvelope {
  const expectedVersion = random() < 0.05 ? Math.max(0, version - 1) : version
  return { id: randomUUID(), type, aggregateId: id, expectedVersion, payload }
}

export const chooseCommand: Choose = (requisitions, userId, random) => {
  const row = anyOpen(requisitions, random)
  if (!row) return null
  const { revision, claimedBy } = row.value
  const isMine = claimedBy?.id === userId
  const command = (type: string, payload: CommandEnvelope['payload']) =>
    commandOn(row, random, type, payload)
  const dice = random()
  if (dice < 0.1)
    return { ...command('requisition.mark_read', { revision }), expectedVersion: null }
  if (dice < 0.25) return command('requisition.claim', {})
  if (isMine && dice < 0.4) return command('requisition.release', {})
  if (dice < 0.5)
    return command('requisition.reject', { revision, reason: 'Utgår ur sortimentet.' })
  if (dice < 0.65) return command('requisition.return', { revision, message: 'Färre, tack.' })
  return command('requisition.approve', { revision, seen: seenIn(row.value) })
}
