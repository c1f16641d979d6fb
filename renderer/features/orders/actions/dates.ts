import { CalendarCheck, Save, Undo2 } from 'lucide-react'
import { hidden, possible } from '../../../actions/action'
import type { Action } from '../../../actions/action'
import { focusProblem } from '../../inbox/edit/focus-cell'
import {
  beginDates,
  confirmPossibility,
  datesProblem,
  leaveDates,
  openDates,
  openOrder,
  saveDates,
} from '../dates/confirming'

/** Opens the confirmed dates of the order's lines as fields. */
export const confirmDatesAction: Action = {
  id: 'orders.confirmDates',
  title: 'action.orders.confirmDates',
  group: 'decide',
  icon: CalendarCheck,
  keys: ['d'],
  when: confirmPossibility,
  run: (desk) => {
    const order = openOrder(desk)
    if (order) beginDates(desk, order)
  },
}

/** Promises the customer what has been typed. In the fields Enter does it too. */
export const saveDatesAction: Action = {
  id: 'orders.saveDates',
  title: 'action.orders.saveDates',
  group: 'decide',
  icon: Save,
  keys: ['Mod+Enter'],
  when: (desk) => (openDates(desk) ? possible : hidden),
  run: (desk) => {
    const open = openDates(desk)
    if (!open) return
    const problem = datesProblem(desk, open.order, open.draft)
    if (!problem) void saveDates(desk, open.order, open.draft).catch(desk.report)
    else {
      if (problem.kind === 'wrong') focusProblem()
      desk.toasts.tell({
        meaning: 'notice',
        text: problem.why,
        action: null,
        key: 'orders.saveDates',
      })
    }
  },
}

/** Out of the fields again; asks where something would be lost. */
export const leaveDatesAction: Action = {
  id: 'orders.leaveDates',
  title: 'action.orders.leaveDates',
  group: 'decide',
  icon: Undo2,
  keys: ['Escape'],
  when: (desk) => (openDates(desk) ? possible : hidden),
  run: (desk) => {
    const open = openDates(desk)
    if (open) leaveDates(desk, open.order, open.draft)
  },
}
