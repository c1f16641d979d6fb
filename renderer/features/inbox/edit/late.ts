import { late } from '../../../late'

/** Most who open a requisition change nothing of it. */
export const LateEditPane = late(async () => (await import('./edit-pane')).EditPane)
export const LateEditBar = late(async () => (await import('./edit-bar')).EditBar)
