import fc from 'fast-check'
import { expect, test } from 'vitest'

import { placeWindow } from '../../../main/window-place'

const laptop = { x: 0, y: 25, width: 1440, height: 875 }
const desk = { x: 1440, y: 0, width: 2560, height: 1440 }

test('a window goes back to where it was', () => {
  const bounds = { x: 1600, y: 100, width: 1200, height: 900 }
  expect(placeWindow({ bounds, maximized: true }, [laptop, desk])).toEqual({
    bounds,
    maximized: true,
  })
})

test('a window on a screen that has gone is centred on the main one, no larger than it', () => {
  const bounds = { x: 1600, y: 100, width: 2000, height: 900 }
  expect(placeWindow({ bounds, maximized: false }, [laptop])).toEqual({
    bounds: { width: 1440, height: 875 },
    maximized: false,
  })
})

test('a window whose title bar is above the screen cannot be dragged, so it is centred', () => {
  const bounds = { x: 100, y: -300, width: 1200, height: 900 }
  expect(placeWindow({ bounds, maximized: false }, [laptop]).bounds).not.toHaveProperty('x')
})

test.each([
  undefined,
  null,
  'garbage',
  { bounds: null, maximized: false },
  { bounds: { x: 0, y: 0, width: 'wide', height: 900 }, maximized: false },
  { bounds: { x: 0, y: 0, width: 10, height: 10 }, maximized: false },
  { bounds: { x: 0.5, y: 0, width: 900, height: 900 }, maximized: false },
  { bounds: { x: 0, y: 0, width: 900, height: 900 }, maximized: 'yes' },
])('what was kept is no good, so it counts for nothing: %j', (saved) => {
  expect(placeWindow(saved, [laptop])).toEqual({
    bounds: { width: 1280, height: 800 },
    maximized: false,
  })
})

test('a window that is given a position can be grasped on some screen', () => {
  const length = fc.integer({ min: 200, max: 5000 })
  const position = fc.integer({ min: -6000, max: 6000 })
  const bounds = fc.record({ x: position, y: position, width: length, height: length })
  fc.assert(
    fc.property(bounds, (kept) => {
      const { x, y, width } = placeWindow({ bounds: kept, maximized: false }, [laptop, desk]).bounds
      if (x === undefined || y === undefined) return
      const points = [x + 80, x + width - 80].flatMap((each) => [each - 1, each, each + 1])
      const graspable = [laptop, desk].some(
        (area) =>
          y >= area.y &&
          y <= area.y + area.height - 80 &&
          (points.some((point) => point >= area.x && point <= area.x + area.width) ||
            (x <= area.x && x + width >= area.x + area.width)),
      )
      expect(graspable).toBe(true)
    }),
  )
})
