import { listActions } from '../../../actions/list-actions'
import { GROUPS, groupsOf } from '../groups'

export const listKeys = listActions({
  screen: GROUPS,
  ids: (desk) => groupsOf(desk).ids(),
  query: (desk) => groupsOf(desk).store.getState().query,
  setQuery: (desk, query) => groupsOf(desk).setQuery(query),
})
