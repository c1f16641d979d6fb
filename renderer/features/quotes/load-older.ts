import type { Desk } from '../../desk'
import { ask } from '../../services/queries'
import { quotesOf, statesOf } from './quotes'
import type { OlderQuotes } from './quotes'

/** Rows asked for at a time; the most that the gateway gives. */
const PAGE = 200
/** Pages that hold nothing new before someone is asked whether to go on. */
const MOST_PAGES = 10

/**
 * Asks the gateway for quotes that the replica does not hold, by what is searched for now. Pages are
 * read until one brings something new; an answer that comes after the search was changed is left out.
 */
export async function loadOlder(desk: Desk): Promise<void> {
  const { store } = quotesOf(desk)
  const { filter, query, companyId, older } = store.getState()
  if (older.phase.kind === 'loading' || older.phase.kind === 'end') return

  const loading: OlderQuotes = { ...older, phase: { kind: 'loading' } }
  store.setState({ older: loading })
  // Whoever changes the search begins anew, with another object.
  const isWanted = () => store.getState().older === loading
  const keep = (next: OlderQuotes) => {
    if (isWanted()) store.setState({ older: next })
  }

  const known = new Set(older.rows.map(({ id }) => id))
  let { rows, next } = older
  for (let page = 0; page < MOST_PAGES && isWanted(); page += 1) {
    const answer = await ask(desk, 'quote.search', {
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
    if (added.some(({ id }) => desk.replica.get('quote', id) === undefined)) break
  }
  keep({ rows, next, phase: { kind: 'more' } })
}
