import { FileSignature } from 'lucide-react'
import { late } from '../../late'
import type { Screen } from '../../screen'
import { seesCustomers } from '../../state/sight'
import { listKeys, olderAction } from './actions/list'
import {
  compareAction,
  copyNumberAction,
  openCompanyAction,
  openOrderAction,
  openSourceAction,
  savePdfAction,
} from './actions/open'
import {
  addLineAction,
  approveAction,
  newVersionAction,
  refuseAction,
  saveAction,
  sendAction,
  sendWritingAction,
  submitAction,
  takeCounterAction,
  withdrawAction,
} from './actions/write'
import { QUOTES } from './quotes'

export const quotesScreen: Screen = {
  id: QUOTES,
  title: 'action.go.quotes',
  icon: FileSignature,
  view: late(async () => (await import('./quotes-view')).QuotesView),
  isAllowed: seesCustomers,
  shows: 'quote',
  actions: [
    // Before what has the same key: while words are written it is theirs.
    sendWritingAction,
    saveAction,
    submitAction,
    approveAction,
    refuseAction,
    sendAction,
    takeCounterAction,
    newVersionAction,
    withdrawAction,
    addLineAction,
    compareAction,
    openSourceAction,
    openOrderAction,
    openCompanyAction,
    savePdfAction,
    listKeys.next,
    listKeys.previous,
    listKeys.open,
    listKeys.search,
    olderAction,
    listKeys.back,
    copyNumberAction,
  ],
}
