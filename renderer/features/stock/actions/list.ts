import { listActions } from '../../../actions/list-actions'
import { stockOf, STOCK } from '../stock'

export const listKeys = listActions({
  screen: STOCK,
  ids: (desk) => stockOf(desk).view().ids,
  query: (desk) => stockOf(desk).store.getState().query,
  setQuery: (desk, query) => stockOf(desk).setQuery(query),
})
