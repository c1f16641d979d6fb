import type { CommandType } from '../../contract/commands'
import { refusal } from '../../contract/errors'
import { changeDeadlines, deadlinesId, deadlinesLocked } from '../approval/deadlines'
import { handled, refused, type Handler } from './context'

type DeadlinesCommand = Extract<CommandType, `deadlines.${string}`>

export const deadlinesHandlers: { readonly [T in DeadlinesCommand]: Handler<T> } = {
  async 'deadlines.set'({ tx, actor, origin, aggregateId, expectedVersion, payload }) {
    if (aggregateId !== deadlinesId) {
      return refused(refusal('not_found', `The deadlines there are, are “${deadlinesId}”.`))
    }
    const { version } = await deadlinesLocked(tx)
    if (expectedVersion !== null && expectedVersion !== version) {
      return refused(
        refusal('stale_version', 'They have been changed since you saw them.', {
          currentVersion: version,
          expectedVersion,
        }),
      )
    }
    return handled(await changeDeadlines(tx, payload, { actor, origin }))
  },
}
