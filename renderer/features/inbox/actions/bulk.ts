import { CheckCheck, ClipboardList, X } from 'lucide-react'
import { hidden, possible } from '../../../actions/action'
import type { Action, Possibility } from '../../../actions/action'
import type { Desk } from '../../../desk'
import { isOver, isProblem } from '../../../services/bulk'
import { canReachGateway } from '../../../state/console'
import { focusResults } from '../focus'

/** More are not decided on in one go: nobody could look through what they are asked to confirm. */
export const BULK_AT_MOST = 500

function whenPicked(desk: Desk): Possibility {
  const { size } = desk.picked.store.getState().ids
  if (size === 0 || desk.inbox.store.getState().writing !== null) return hidden
  const { run } = desk.bulk.store.getState()
  if (run && !isOver(run)) return { kind: 'disabled', why: ({ t }) => t('bulk.underway') }
  if (run?.rows.some(isProblem)) {
    return { kind: 'disabled', why: ({ t }) => t('bulk.dismissFirst') }
  }
  if (size > BULK_AT_MOST) {
    return {
      kind: 'disabled',
      why: ({ t, formats }) => t('bulk.tooMany', { limit: formats.integer(BULK_AT_MOST) }),
    }
  }
  if (!canReachGateway(desk.console.getState())) {
    return { kind: 'disabled', why: ({ t }) => t('bulk.offline') }
  }
  return possible
}

/** Shows what approving all that is picked would come to, and asks. */
export const bulkApproveAction: Action = {
  id: 'bulk.approve',
  title: 'action.bulk.approve',
  group: 'decide',
  icon: CheckCheck,
  keys: ['a'],
  when: whenPicked,
  run: ({ navigation }) => navigation.show('bulk_approve'),
}

export const bulkRejectAction: Action = {
  id: 'bulk.reject',
  title: 'action.bulk.reject',
  group: 'decide',
  icon: X,
  keys: ['r'],
  when: whenPicked,
  run: ({ navigation }) => navigation.show('bulk_reject'),
}

/** What has become of each of those that were decided on together. */
export const bulkResultsAction: Action = {
  id: 'bulk.results',
  title: 'action.bulk.results',
  group: 'list',
  icon: ClipboardList,
  keys: ['b'],
  when: ({ bulk }) => (bulk.store.getState().run ? possible : hidden),
  run: ({ bulk }) => {
    bulk.show(true)
    focusResults()
  },
}
