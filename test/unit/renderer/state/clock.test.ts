import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createClock, MINUTE, SECOND } from '../../../../renderer/state/clock'

beforeEach(() => vi.useFakeTimers({ now: Date.UTC(2026, 10, 23, 13, 5, 40) }))
afterEach(() => vi.useRealTimers())

test('calls at the start of each step, and only while someone listens', () => {
  const clock = createClock()
  const calls: number[] = []
  const stop = clock.subscribe(MINUTE, () => calls.push(clock.step(MINUTE)))
  vi.advanceTimersByTime(19_000)
  expect(calls).toEqual([])
  vi.advanceTimersByTime(2_000)
  expect(calls).toEqual([Date.UTC(2026, 10, 23, 13, 6)])
  vi.advanceTimersByTime(120_000)
  expect(calls).toHaveLength(3)
  stop()
  expect(vi.getTimerCount()).toBe(0)
})

test('one timer serves all who listen to the same step', () => {
  const clock = createClock()
  const stops = [1, 2, 3].map(() => clock.subscribe(SECOND, () => undefined))
  expect(vi.getTimerCount()).toBe(1)
  stops.forEach((stop) => stop())
  expect(vi.getTimerCount()).toBe(0)
})

test('is set right by the gateway’s time, at once for all who listen', () => {
  const clock = createClock()
  const calls: number[] = []
  const stop = clock.subscribe(MINUTE, () => calls.push(clock.step(MINUTE)))
  clock.setOffset(-600_000)
  expect(calls).toEqual([Date.UTC(2026, 10, 23, 12, 55)])
  expect(clock.now()).toBe(Date.UTC(2026, 10, 23, 12, 55, 40))
  vi.advanceTimersByTime(21_000)
  expect(calls.at(-1)).toBe(Date.UTC(2026, 10, 23, 12, 56))
  expect(vi.getTimerCount()).toBe(1)
  stop()
  clock.setOffset(0)
  expect(vi.getTimerCount()).toBe(0)
})
