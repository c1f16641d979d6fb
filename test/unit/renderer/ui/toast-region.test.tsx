import { act, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { TOAST_MILLISECONDS } from '../../../../renderer/state/toasts'
import { renderDesk } from '../../../support/renderer/render-desk'

afterEach(() => void vi.useRealTimers())

const NAMES = ['Det första', 'Det andra', 'Det tredje', 'Det fjärde'] as const
const shown = () => NAMES.filter((name) => screen.queryByText(name) !== null)

test('each result goes after its own time, and three stand at the most', async () => {
  const { desk } = await renderDesk()
  vi.useFakeTimers()
  const tell = (text: string) =>
    act(() => desk.toasts.tell({ meaning: 'good', text: () => text, action: null }))
  const pass = (milliseconds: number) =>
    act(() => {
      vi.advanceTimersByTime(milliseconds)
    })
  tell(NAMES[0])
  pass(TOAST_MILLISECONDS / 2)
  tell(NAMES[1])
  expect(shown()).toEqual(NAMES.slice(0, 2))
  pass(TOAST_MILLISECONDS / 2)
  expect(shown()).toEqual(NAMES.slice(1, 2))
  tell(NAMES[2])
  tell(NAMES[3])
  tell(NAMES[0])
  expect(shown()).toEqual([NAMES[0], NAMES[2], NAMES[3]])
  pass(TOAST_MILLISECONDS)
  expect(shown()).toEqual([])
})

test('what scrolls ends above the results as long as they stand, and they are read out', async () => {
  const { desk } = await renderDesk()
  const band = () => document.documentElement.style.getPropertyValue('--toast-band')
  expect(band()).toBe('0px')
  act(() => desk.toasts.tell({ meaning: 'good', text: () => NAMES[0] ?? '', action: null }))
  // As high as everything is on the page of the tests.
  expect(band()).toBe('40px')
  expect(screen.getByText(NAMES[0]).closest('[aria-live]')?.getAttribute('aria-live')).toBe(
    'polite',
  )
  const [{ id } = { id: 0 }] = desk.toasts.store.getState().toasts
  act(() => desk.toasts.dismiss(id))
  expect(band()).toBe('0px')
})
