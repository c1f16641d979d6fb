import { IdCard } from 'lucide-react'
import { mayDo } from '../../../domain/access/rights'
import type { Screen } from '../../screen'
import { signedInUser } from '../../state/console'
import { listKeys } from './actions/list'
import { addAction, saveAction } from './actions/write'
import { USERS } from './users'
import { UsersView } from './users-view'

export const usersScreen: Screen = {
  id: USERS,
  title: 'action.go.users',
  icon: IdCard,
  view: UsersView,
  isAside: true,
  isAllowed: ({ console }) => {
    const user = signedInUser(console.getState())
    return user !== null && mayDo(user, 'manage_users')
  },
  shows: 'user',
  actions: [
    addAction,
    saveAction,
    listKeys.next,
    listKeys.previous,
    listKeys.open,
    listKeys.search,
    listKeys.back,
  ],
}
