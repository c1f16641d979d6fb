import type { Rectangle } from 'electron'

import type { WindowPlace } from './window-options'

const DEFAULT = { width: 1280, height: 800 } as const

/** So much of a window must lie on a screen for a person to find and grab it, in pixels each way. */
const GRASP = 80

/**
 * Where the window goes: where it was, if a screen is still there, else in the middle of the main one.
 *
 * @param saved whatever was kept from the last time; anything unusable counts for nothing
 * @param workAreas the displays' usable areas, the main one first
 */
export function placeWindow(saved: unknown, workAreas: readonly Rectangle[]): WindowPlace {
  const kept = readSaved(saved)
  const main = workAreas[0]
  if (kept === undefined) return { bounds: fitting(DEFAULT, main), maximized: false }
  const { bounds, maximized } = kept
  if (workAreas.some((area) => isWithinReach(bounds, area))) return { bounds, maximized }
  return { bounds: fitting(bounds, main), maximized }
}

function fitting(size: { width: number; height: number }, area: Rectangle | undefined) {
  return {
    width: Math.min(size.width, area?.width ?? size.width),
    height: Math.min(size.height, area?.height ?? size.height),
  }
}

function isWithinReach(bounds: Rectangle, area: Rectangle): boolean {
  const overlap = (a: number, aLength: number, b: number, bLength: number) =>
    Math.min(a + aLength, b + bLength) - Math.max(a, b)
  return (
    overlap(bounds.x, bounds.width, area.x, area.width) >= GRASP &&
    overlap(bounds.y, bounds.height, area.y, area.height) >= GRASP &&
    // The title bar is what one drags by.
    bounds.y >= area.y
  )
}

function readSaved(saved: unknown): { bounds: Rectangle; maximized: boolean } | undefined {
  if (typeof saved !== 'object' || saved === null) return undefined
  const { bounds, maximized } = saved as Record<string, unknown>
  if (typeof bounds !== 'object' || bounds === null || typeof maximized !== 'boolean')
    return undefined
  const { x, y, width, height } = bounds as Record<string, unknown>
  if (![x, y, width, height].every(Number.isSafeInteger)) return undefined
  const rectangle = { x, y, width, height } as Rectangle
  return rectangle.width >= 200 && rectangle.height >= 200
    ? { bounds: rectangle, maximized }
    : undefined
}
