import { listActions } from '../../../actions/list-actions'
import { customersOf, CUSTOMERS } from '../customers'

export const listKeys = listActions({
  screen: CUSTOMERS,
  ids: (desk) => customersOf(desk).view().ids,
  query: (desk) => customersOf(desk).store.getState().query,
  setQuery: (desk, query) => customersOf(desk).setQuery(query),
})
