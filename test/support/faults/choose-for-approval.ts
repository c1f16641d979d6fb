import type { CommandEnvelope } from '../../../contract/commands'
import type { Requisition } from '../../../contract/entities'
import { changesOf, type Change } from '../model/said'
import { seenIn } from '../seen'
import { anyOpen, commandOn, type Choose } from './choose-command'

const changes: readonly Change[] = [
  'comment',
  'reference',
  'small',
  'in steps',
  'large',
  'cut',
  'cut',
  'back',
]

/**
 * Everything that leads to an order by and by, or away from it: mostly steps are taken, and meanwhile
 * colleagues edit, propose otherwise, skip, remind, claim and reject.
 */
export const chooseForApproval: Choose = (requisitions, userId, random) => {
  const isColleagues = ({ claimedBy }: Requisition) => claimedBy !== null && claimedBy.id !== userId
  const first = anyOpen(requisitions, random)
  // What a colleague has is mostly left to them.
  const row =
    first && isColleagues(first.value) && random() < 0.8 ? anyOpen(requisitions, random) : first
  if (!row) return null
  const { revision, claimedBy } = row.value
  const isAnothers = isColleagues(row.value)
  const command = (type: string, payload: CommandEnvelope['payload']) =>
    commandOn(row, random, `requisition.${type}`, payload)
  const change = changes[Math.floor(random() * changes.length)] ?? 'comment'
  const changed = { revision, changes: changesOf(change) }
  // It is taken over now and then; who goes on all the same is told whose it is.
  if (isAnothers && random() < 0.25) return command('claim', {})
  const dice = random()
  if (dice < 0.06) return { ...command('mark_read', { revision }), expectedVersion: null }
  if (dice < 0.1) return command(claimedBy && !isAnothers ? 'release' : 'claim', {})
  if (dice < 0.13) return command('remind', { revision })
  if (dice < 0.2)
    return command('skip_step', { revision, step: 0, reason: 'Erik och Karin är borta.' })
  if (dice < 0.4) {
    const isComment = change === 'comment'
    return command('edit', { ...changed, ...(isComment && { internalComment: 'Ring Anna.' }) })
  }
  if (dice < 0.44) return command('reject', { revision, reason: 'Utgår ur sortimentet.' })
  if (dice < 0.48) return command('return', { revision, message: 'Färre, tack.' })
  if (dice < 0.56)
    return command('return', { revision, message: 'Så här?', proposal: changed.changes })
  return command('approve', { revision, seen: seenIn(row.value) })
}
