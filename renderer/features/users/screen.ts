import { IdCard } from 'lucide-react'
import { mayDo } from '../../../domain/access/rights'
import { late } from '../../late'
import type { Screen } from '../../screen'
import { signedInUser } from '../../state/console'
import { listKeys } from './actions/list'
import { addAction, handOverAction, saveAction } from './actions/write'
import { USERS } from './users'

export const usersScreen: Screen = {
  id: USERS,
  title: 'action.go.users',
  icon: IdCard,
  view: late(async () => (await import('./users-view')).UsersView),
  isAside: true,
  isAllowed: ({ console }) => {
    const user = signedInUser(console.getState())
    return user !== null && mayDo(user, 'manage_users')
  },
  shows: 'user',
  actions: [
    addAction,
    saveAction,
    handOverAction,
    listKeys.next,
    listKeys.previous,
    listKeys.open,
    listKeys.search,
    listKeys.back,
  ],
}
