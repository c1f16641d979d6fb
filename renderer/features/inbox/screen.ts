import { Inbox } from 'lucide-react'
import type { Screen } from '../../screen'
import { answerWithQuoteAction } from './actions/answer-with-quote'
import { approveAction } from './actions/approve'
import { askAgainAction } from './actions/ask-again'
import { claimAction, releaseAction } from './actions/claim'
import { chooseWarehouseAction } from './actions/choose-warehouse'
import { copyNumberAction } from './actions/copy-number'
import { backAction, openAction, searchAction } from './actions/focus'
import { nextAction, previousAction, showNewAction } from './actions/move'
import { openOrderAction } from './actions/open-order'
import { rejectAction } from './actions/reject'
import { returnAction } from './actions/return'
import { sendTextAction } from './actions/send-text'
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
    approveAction,
    askAgainAction,
    returnAction,
    rejectAction,
    sendTextAction,
    chooseWarehouseAction,
    claimAction,
    releaseAction,
    answerWithQuoteAction,
    openOrderAction,
    nextAction,
    previousAction,
    openAction,
    searchAction,
    showNewAction,
    backAction,
    copyNumberAction,
  ],
}
