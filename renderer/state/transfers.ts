import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { ChosenFile } from '../../contract/attachments'
import type { Refusal } from '../../contract/errors'

/** How far a file has come on its way to a requisition. What is attached is no transfer any more. */
export type TransferPhase =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'sending' }
  /** All of it is there; that it is attached has not come back yet. `version` once it has been said. */
  | { readonly kind: 'attaching'; readonly version: number | null }
  /** Null where there was no connection. It can be tried again under the same id. */
  | { readonly kind: 'failed'; readonly error: Refusal | null }

/** A file under way; its id is that of the attachment it becomes. */
export interface Transfer extends ChosenFile {
  readonly requisitionId: string
  /** Bytes that are on their way or have come through. */
  readonly sent: number
  readonly phase: TransferPhase
}

export interface TransfersState {
  /** In the order they were chosen in. */
  readonly transfers: readonly Transfer[]
}
export type TransfersStore = StoreApi<TransfersState>

export function createTransfersStore(): TransfersStore {
  return createStore<TransfersState>(() => ({ transfers: [] }))
}

/** Changes one that is there. */
export function changeTransfer(
  store: TransfersStore,
  id: string,
  change: Partial<Pick<Transfer, 'sent' | 'phase'>>,
): void {
  store.setState(({ transfers }) => ({
    transfers: transfers.map((one) => (one.id === id ? { ...one, ...change } : one)),
  }))
}

/** Takes away those that are not kept. */
export function keepTransfers(store: TransfersStore, isKept: (one: Transfer) => boolean): void {
  const { transfers } = store.getState()
  if (!transfers.every(isKept)) store.setState({ transfers: transfers.filter(isKept) })
}
