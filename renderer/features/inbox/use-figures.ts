import { useStore } from 'zustand'
import type { Requisition } from '../../../contract/entities'
import type { FigureChanges } from '../../../domain/requisition/figures'
import { useDesk, usePending, useReplica } from '../../desk-hooks'
import { revalidationOf } from '../../state/revalidation'
import { changesTold, figuresShown, type ShownFigures } from './figures'

/** The figures of the open requisition, followed as any of them changes. */
export function useFigures(requisition: Requisition): ShownFigures {
  const desk = useDesk()
  useStore(revalidationOf(desk), ({ answer }) => answer)
  useStore(desk.warehouseChoices.store)
  return useReplica(() => figuresShown(desk, requisition))
}

/** What the gateway said had changed when it last refused to approve; null when it did not. */
export function useChangesTold(requisitionId: string): FigureChanges | null {
  usePending(requisitionId)
  return changesTold(useDesk(), requisitionId)
}
