import { createStore } from 'zustand/vanilla'
import type { Requisition } from '../../../contract/entities'
import type { Desk } from '../../desk'
import { perDesk } from '../../state/per-desk'
import { changesTold, figuresShown, isChanged, lineChangesTold } from './figures'

/** The changed line that was last gone to; another object each time, also of the same line. */
export interface ChangeInSight {
  readonly requisitionId: string
  readonly lineId: string
}

export const changeInSight = perDesk(() =>
  createStore<{ readonly at: ChangeInSight | null }>(() => ({ at: null })),
)

/** Lines that are other than proposed, or than they were when approving was tried, in their order. */
export function changedLines(desk: Desk, requisition: Requisition): readonly string[] {
  const told = changesTold(desk, requisition.id)
  return [...figuresShown(desk, requisition).lines].flatMap(([id, line]) =>
    isChanged(line, lineChangesTold(told, id)) ? [id] : [],
  )
}

/** Goes to the next changed line, and after the last to the first again. */
export function goToNextChange(desk: Desk, requisition: Requisition): void {
  const changed = changedLines(desk, requisition)
  const store = changeInSight(desk)
  const { at } = store.getState()
  const last = at?.requisitionId === requisition.id ? at.lineId : ''
  const next = changed[changed.indexOf(last) + 1] ?? changed[0]
  if (next !== undefined) store.setState({ at: { requisitionId: requisition.id, lineId: next } })
}
