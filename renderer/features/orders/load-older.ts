import type { Desk } from '../../desk'
import { ask } from '../../services/queries'
import { ordersOf, statesOf } from './orders'
import type { OlderOrders } from './orders'

/** Rows asked for at a time; the most that the gateway gives. */
const PAGE = 200
/** Pages that hold nothing new before someone is asked whether to go on. */
const MOST_PAGES = 10

/**
 * Asks the gateway for orders that the replica does not hold, by what is searched for now. Its list
 * begins with the newest, which are here already, so pages are read until one brings something new.
 * An answer that comes after the search was changed is left out.
 */
export async function loadOlder(desk: Desk): Promise<void> {
  const { store } = ordersOf(desk)
  const { filter, query, companyId, older } = store.getState()
  if (older.phase.kind === 'loading' || older.phase.kind === 'end') return

  const loading: OlderOrders = { ...older, phase: { kind: 'loading' } }
  store.setState({ older: loading })
  // Whoever changes the search begins anew, with another object.
  const isWanted = () => store.getState().older === loading
  const keep = (next: OlderOrders) => {
    if (isWanted()) store.setState({ older: next })
  }

  const known = new Set(older.rows.map(({ id }) => id))
  let { rows, next } = older
  for (let page = 0; page < MOST_PAGES && isWanted(); page += 1) {
    const answer = await ask(desk, 'order.search', {
      text: query,
      companyId,
      states: filter === 'all' ? [] : [...statesOf(filter)],
      after: next,
      limit: PAGE,
    })
    if (!answer.ok) return keep({ rows, next, phase: { kind: 'failed', error: answer.error } })
    const added = answer.value.rows.filter(({ id }) => !known.has(id))
    for (const { id } of added) known.add(id)
    rows = [...rows, ...added]
    next = answer.value.next
    if (next === null) return keep({ rows, next, phase: { kind: 'end' } })
    if (added.some(({ id }) => desk.replica.get('order', id) === undefined)) break
  }
  keep({ rows, next, phase: { kind: 'more' } })
}
