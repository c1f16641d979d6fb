import { Scale } from 'lucide-react'
import { mayDo } from '../../../domain/access/rights'
import { late } from '../../late'
import type { Screen } from '../../screen'
import { signedInUser } from '../../state/console'
import { listKeys } from './actions/list'
import {
  duplicateAction,
  moveDownAction,
  moveUpAction,
  newAction,
  putInForceAction,
  removeAction,
  switchAction,
  tryAction,
} from './actions/write'
import { RULES } from './rules'

export const rulesScreen: Screen = {
  id: RULES,
  title: 'action.go.rules',
  icon: Scale,
  view: late(async () => (await import('./rules-view')).RulesView),
  isAside: true,
  isAllowed: ({ console }) => {
    const user = signedInUser(console.getState())
    return user !== null && mayDo(user, 'try_policy')
  },
  actions: [
    newAction,
    tryAction,
    putInForceAction,
    switchAction,
    duplicateAction,
    moveUpAction,
    moveDownAction,
    removeAction,
    listKeys.next,
    listKeys.previous,
    listKeys.open,
    listKeys.search,
    listKeys.back,
  ],
}
