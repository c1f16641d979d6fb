import { listActions } from '../../../actions/list-actions'
import { USERS, usersOf } from '../users'

export const listKeys = listActions({
  screen: USERS,
  ids: (desk) => usersOf(desk).ids(),
  query: (desk) => usersOf(desk).store.getState().query,
  setQuery: (desk, query) => usersOf(desk).setQuery(query),
})
