import type { CommandEnvelope } from '../../../contract/commands'
import type { Requisition } from '../../../contract/entities'
import { changesOf, type Change } from '../model/said'
import { seenIn } from '../seen'
import { anyOpen, commandOn, type Choose, type HeldRequisition } from './choose-command'

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

/** One that time has let go, and that may be taken up again. */
function anyExpired(
  requisitions: readonly HeldRequisition[],
  random: () => number,
): HeldRequisition | null {
  const expired = requisitions.filter(({ value }) => value.state === 'expired')
  return expired[Math.floor(random() * expired.length)] ?? null
}

/**
 * Everything that leads to an order by and by, or away from it: mostly steps are taken, and meanwhile
 * colleagues edit, split, propose otherwise, skip, remind, claim, reject and take up again.
 */
export const chooseForApproval: Choose = (requisitions, userId, random) => {
  const isColleagues = ({ claimedBy }: Requisition) => claimedBy !== null && claimedBy.id !== userId
  const first = anyOpen(requisitions, random)
  // What a colleague has is mostly left to them.
  const expired = random() < 0.02 ? anyExpired(requisitions, random) : null
  if (expired) {
    const { revision } = expired.value
    return commandOn(expired, random, 'requisition.revive', { revision })
  }
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
  if (dice < 0.2) {
    const step = Math.floor(random() * (row.value.steps?.length ?? 1))
    return command('skip_step', { revision, step, reason: 'Erik och Karin är borta.' })
  }
  const [line, ...others] = row.value.lines
  if (dice < 0.26 && line && others.length > 0) {
    const lines = [line.id]
    const part = { totals: { ...row.value.totals, net: line.rowAmount ?? 0 }, lines: [line] }
    return random() < 0.5
      ? command('split', { revision, lines })
      : command('approve', { revision, lines, seen: seenIn(part) })
  }
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
