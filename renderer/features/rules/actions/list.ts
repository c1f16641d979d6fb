import { listActions } from '../../../actions/list-actions'
import { RULES, rulesOf } from '../rules'

export const listKeys = listActions({
  screen: RULES,
  ids: (desk) => rulesOf(desk).ids(),
  query: (desk) => rulesOf(desk).store.getState().query,
  setQuery: (desk, query) => rulesOf(desk).setQuery(query),
})
