import type { CommandType } from '../../contract/commands'
import { refusal } from '../../contract/errors'
import { changeStockDisplay, stockDisplayId, stockDisplayLocked } from '../stock/display'
import { handled, refused, type Handler } from './context'
import { unknownGroups } from './unknown-groups'

type StockDisplayCommand = Extract<CommandType, `stock_display.${string}`>

export const stockDisplayHandlers: { readonly [T in StockDisplayCommand]: Handler<T> } = {
  async 'stock_display.set'({ tx, actor, origin, aggregateId, expectedVersion, payload }) {
    if (aggregateId !== stockDisplayId) {
      return refused(refusal('not_found', `The one display there is, is “${stockDisplayId}”.`))
    }
    const { display, version } = await stockDisplayLocked(tx)
    if (expectedVersion !== null && expectedVersion !== version) {
      return refused(
        refusal('stale_version', 'It has been changed since you saw it.', {
          currentVersion: version,
          expectedVersion,
        }),
      )
    }
    // A group that is gone may go on standing there, or nothing else could be changed.
    const stood = new Set(display.groups.map(({ groupId }) => groupId))
    const added = payload.groups.map(({ groupId }) => groupId).filter((id) => !stood.has(id))
    const unknown = await unknownGroups(tx, added, '/payload/groups')
    if (unknown) return refused(unknown)
    return handled(await changeStockDisplay(tx, payload, { actor, origin }))
  },
}
