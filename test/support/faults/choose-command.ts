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
export function chooseCommand(
  requisitions: readonly HeldRequisition[],
  userId: string,
  random: () => number,
): CommandEnvelope | null {
  const open = requisitions.filter(
    ({ value }) => value.state === 'submitted' || value.state === 'in_review',
  )
  const row = open[Math.floor(random() * open.length)]
  if (!row) return null
  const { revision, claimedBy } = row.value
  const isMine = claimedBy?.id === userId
  const command = (type: string, payload: CommandEnvelope['payload']): CommandEnvelope => ({
    id: randomUUID(),
    type,
    aggregateId: row.id,
    // Now and then decided on what is no longer so.
    expectedVersion: random() < 0.05 ? Math.max(0, row.version - 1) : row.version,
    payload,
  })
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
