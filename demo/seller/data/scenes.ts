import type { Scene } from './scene'
import { scenesBefore } from './scenes-before'
import { scenesToday } from './scenes-today'

/** The latest first, as they stand in the inbox. */
export const scenes: readonly Scene[] = [...scenesToday, ...scenesBefore]

/** How many documents there are in all; the rest are drawn and older than the latest scenes. */
export const firstInboxSize = 30
