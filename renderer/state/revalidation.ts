import { createStore } from 'zustand/vanilla'
import type { Refusal } from '../../contract/refusal'
import type { QueryResult } from '../../contract/queries'
import { perDesk } from './per-desk'

export type Revalidated = QueryResult<'requisition.revalidate'>

/** What the gateway last said of the requisition that is open, as proposed against now. */
export interface RevalidationState {
  readonly id: string | null
  readonly answer: Revalidated | null
  /** Why the last question had no answer; the answer before it may still be there. */
  readonly error: Refusal | null
  /** Counts what the gateway has told otherwise: it is asked anew. */
  readonly asked: number
}

/** Of one requisition at a time: what has been closed is asked for anew when it is opened again. */
export const revalidationOf = perDesk(() =>
  createStore<RevalidationState>(() => ({ id: null, answer: null, error: null, asked: 0 })),
)
