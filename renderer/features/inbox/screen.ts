import { Inbox } from 'lucide-react'
import type { Screen } from '../../screen'
import { answerWithQuoteAction } from './actions/answer-with-quote'
import { attachAction, goToAttachmentsAction } from './actions/attach'
import { approveAction } from './actions/approve'
import { askAgainAction } from './actions/ask-again'
import { bulkApproveAction, bulkRejectAction, bulkResultsAction } from './actions/bulk'
import { claimAction, releaseAction } from './actions/claim'
import { chooseWarehouseAction } from './actions/choose-warehouse'
import { editAction, leaveEditAction, proposeAction, saveEditAction } from './actions/edit'
import { copyNumberAction } from './actions/copy-number'
import { backAction, openAction, searchAction } from './actions/focus'
import { nextAction, previousAction, showNewAction } from './actions/move'
import { nextChangeAction } from './actions/next-change'
import { openOrderAction } from './actions/open-order'
import { pickAction, pickAllAction, pickNextAction, pickPreviousAction } from './actions/pick'
import { rejectAction } from './actions/reject'
import { reviveAction } from './actions/revive'
import { remindAction } from './actions/remind'
import { returnAction } from './actions/return'
import { sendTextAction } from './actions/send-text'
import { skipStepAction } from './actions/skip-step'
import { goToMarksAction, markLineAction, openOtherPartAction, splitAction } from './actions/split'
import { InboxView } from './inbox-view'
import { INBOX } from '../../state/inbox'
import { seesCustomers } from '../../state/sight'
import { inboxView } from './selection'

export const inboxScreen: Screen = {
  id: INBOX,
  title: 'action.go.inbox',
  icon: Inbox,
  view: InboxView,
  count: (desk) => inboxView(desk).counts.to_decide,
  isAllowed: seesCustomers,
  shows: 'requisition',
  actions: [
    bulkApproveAction,
    bulkRejectAction,
    approveAction,
    askAgainAction,
    returnAction,
    rejectAction,
    sendTextAction,
    editAction,
    saveEditAction,
    proposeAction,
    leaveEditAction,
    goToMarksAction,
    markLineAction,
    splitAction,
    chooseWarehouseAction,
    nextChangeAction,
    claimAction,
    releaseAction,
    remindAction,
    skipStepAction,
    reviveAction,
    answerWithQuoteAction,
    attachAction,
    goToAttachmentsAction,
    openOrderAction,
    openOtherPartAction,
    nextAction,
    previousAction,
    pickAction,
    pickNextAction,
    pickPreviousAction,
    pickAllAction,
    bulkResultsAction,
    openAction,
    searchAction,
    showNewAction,
    backAction,
    copyNumberAction,
  ],
}
