import { History } from 'lucide-react'
import { hidden, possible } from '../../../actions/action'
import type { Action } from '../../../actions/action'
import { listActions } from '../../../actions/list-actions'
import { canReachGateway } from '../../../state/console'
import { loadOlder } from '../load-older'
import { quotesOf, QUOTES } from '../quotes'

export const listKeys = listActions({
  screen: QUOTES,
  ids: (desk) => quotesOf(desk).view().ids,
  query: (desk) => quotesOf(desk).store.getState().query,
  setQuery: (desk, query) => quotesOf(desk).setQuery(query),
  leave: (desk) => {
    const { store } = quotesOf(desk)
    const { writing, compared } = store.getState()
    if (writing === null && compared === null) return false
    store.setState({ writing: null, compared: null })
    return true
  },
})

/** On to the quotes that only the gateway has. */
export const olderAction: Action = {
  id: 'quotes.older',
  title: 'action.quotes.older',
  group: 'list',
  icon: History,
  when: (desk) => {
    const { phase } = quotesOf(desk).store.getState().older
    if (phase.kind === 'end' || phase.kind === 'loading') return hidden
    if (canReachGateway(desk.console.getState())) return possible
    return { kind: 'disabled', why: ({ t }) => t('quotes.olderOffline') }
  },
  run: (desk) => void loadOlder(desk).catch(desk.report),
}
