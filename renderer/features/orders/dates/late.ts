import { late } from '../../../late'

/** Most who open an order confirm nothing of it. */
export const LateDatesPane = late(async () => (await import('./dates-pane')).DatesPane)
export const LateDatesBar = late(async () => (await import('./dates-bar')).DatesBar)
