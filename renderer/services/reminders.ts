import { standsReminded } from '../../domain/approval/deadlines'
import { awaitsDecision } from '../../domain/requisition/states'
import type { Clock } from '../state/clock'
import { signedInUser, type ConsoleStore } from '../state/console'
import type { Navigation } from '../state/navigation'
import type { DeltaOf, Replica } from '../state/replica'
import { todayAt } from '../state/today'
import type { Toasts } from '../state/toasts'
import { waitsFor } from '../state/wanted'

/** What was asked for longer ago stands in the list already when the desk catches up, in milliseconds. */
const LATELY = 5 * 60_000

/** Tells whoever is signed in when a colleague asks for what waits for them. */
export function followReminders({
  replica,
  console,
  clock,
  navigation,
  toasts,
}: {
  readonly replica: Replica
  readonly console: ConsoleStore
  readonly clock: Clock
  readonly navigation: Navigation
  readonly toasts: Toasts
}): void {
  const tell = (delta: DeltaOf<'requisition'>) => {
    // What is taken up from the disk or comes in has nothing before it, and is not read for this: a
    // start brings thousands.
    if (!delta.wasHere || !delta.isHere) return
    const { id, before, after } = delta
    if (!before || !after || !awaitsDecision(after.state)) return
    const { reminder, companyId, number } = after
    if (!reminder?.by || reminder.at === before.reminder?.at) return
    const userId = signedInUser(console.getState())?.id ?? null
    const { name } = reminder.by
    if (
      reminder.by.id === userId ||
      clock.now() - Date.parse(reminder.at) > LATELY ||
      !standsReminded(after) ||
      !waitsFor(replica, after, userId, todayAt({ replica, clock }))
    ) {
      return
    }
    const company = replica.get('company', companyId)?.name ?? companyId
    toasts.tell({
      key: `reminder ${id}`,
      meaning: 'notice',
      text: ({ t }) => t('waiting.told', { name, number, company }),
      action: {
        title: ({ t }) => t('waiting.open'),
        run: () => navigation.open('requisition', id),
      },
    })
  }
  replica.observe((deltas) => {
    for (const delta of deltas ?? []) if (delta.kind === 'requisition') tell(delta)
  })
}
