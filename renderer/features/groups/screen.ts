import { Tags } from 'lucide-react'
import { mayDo } from '../../../domain/access/rights'
import { late } from '../../late'
import type { Screen } from '../../screen'
import { signedInUser } from '../../state/console'
import { listKeys } from './actions/list'
import { followSourceAction, saveAction } from './actions/write'
import { GROUPS } from './groups'

export const groupsScreen: Screen = {
  id: GROUPS,
  title: 'action.go.groups',
  icon: Tags,
  view: late(async () => (await import('./groups-view')).GroupsView),
  isAside: true,
  isAllowed: ({ console }) => {
    const user = signedInUser(console.getState())
    return user !== null && mayDo(user, 'set_customer_groups')
  },
  actions: [
    saveAction,
    followSourceAction,
    listKeys.next,
    listKeys.previous,
    listKeys.open,
    listKeys.search,
    listKeys.back,
  ],
}
