import type { Hired } from './house'
import type { Model } from './state'

/** One history as it runs: what its names stand for, and what may be so by now. */
export interface Running {
  readonly documentId: string
  readonly article: string
  /** A UUID of version 7 from before anything was told. */
  readonly firstChange: string
  readonly tove: Hired
  readonly newUserId: string
  /** The requisition's id, once there is one. */
  requisitionId: string
  models: readonly Model[]
}
