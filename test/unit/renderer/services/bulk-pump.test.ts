import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { SendResult } from '../../../../contract/console'
import { refusal } from '../../../../contract/errors'
import { A_SECOND, IN_FLIGHT, startPump } from '../../../../renderer/services/bulk-pump'
import type { PumpPhase } from '../../../../renderer/services/bulk-pump'

const accepted: SendResult = { kind: 'accepted', result: {}, version: 2 }

/** A gateway that answers when it is told to. */
function rig(count: number) {
  const sent: number[] = []
  const ended: (readonly [number, SendResult['kind']])[] = []
  const phases: PumpPhase[] = []
  const open = new Map<number, { answer: (result: SendResult) => void; unclear: () => void }>()
  let canReach = true
  const pump = startPump(
    Array.from({ length: count }, (_, at) => at),
    {
      canReach: () => canReach,
      send: (one) => {
        sent.push(one)
        let answer: (result: SendResult) => void = () => undefined
        let unclear = () => undefined as void
        const flight = {
          ended: new Promise<SendResult>((resolve) => (answer = resolve)),
          unclear: new Promise<void>((resolve) => (unclear = resolve)),
        }
        open.set(one, { answer, unclear })
        return flight
      },
      sending: () => undefined,
      ended: (one, { kind }) => ended.push([one, kind]),
      back: () => undefined,
      moved: (phase) => phases.push(phase),
    },
  )
  const answer = async (one: number, result = accepted) => {
    open.get(one)?.answer(result)
    open.delete(one)
    await vi.advanceTimersByTimeAsync(0)
  }
  return {
    pump,
    sent,
    ended,
    phases,
    open,
    answer,
    reach: (isThere: boolean) => (canReach = isThere),
  }
}

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('so many are on their way at once, and the next goes when one has come back', async () => {
  const { sent, answer } = rig(20)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(sent).toHaveLength(IN_FLIGHT)
  await answer(2)
  await vi.advanceTimersByTimeAsync(100)
  expect(sent).toHaveLength(IN_FLIGHT + 1)
})

test('however quick the gateway is, only so many begin in any one second', async () => {
  const { sent, open, answer, phases } = rig(400)
  const begun: number[] = []
  for (let at = 0; at < 4_000 && !phases.includes('ended'); at += 1) {
    for (const one of open.keys()) await answer(one)
    await vi.advanceTimersByTimeAsync(1)
    begun.push(sent.length)
  }
  expect(sent).toHaveLength(400)
  expect(phases).toEqual(['ended'])
  for (let from = 0; from + 1_000 < begun.length; from += 1) {
    expect((begun[from + 1_000] ?? 0) - (begun[from] ?? 0)).toBeLessThanOrEqual(A_SECOND + 2)
  }
  // And not so few that five hundred would take more than five seconds.
  expect(begun.length).toBeLessThan(3_200)
})

test('one that got no clear answer holds nobody up, and ends when its answer comes', async () => {
  const { sent, open, answer, phases, ended } = rig(IN_FLIGHT + 1)
  await vi.advanceTimersByTimeAsync(1_000)
  for (const { unclear } of open.values()) unclear()
  await vi.advanceTimersByTimeAsync(100)
  expect(sent).toHaveLength(IN_FLIGHT + 1)
  expect(phases).toEqual([])
  await answer(IN_FLIGHT)
  expect(phases).toEqual(['ended'])
  await answer(0)
  expect(ended).toEqual([
    [IN_FLIGHT, 'accepted'],
    [0, 'accepted'],
  ])
})

test('without a line it pauses and sends nothing by itself; what did not leave is sent once more', async () => {
  const { pump, sent, answer, phases, reach, ended } = rig(3)
  await vi.advanceTimersByTimeAsync(1_000)
  reach(false)
  await answer(1, { kind: 'offline' })
  expect(phases).toEqual(['paused'])
  reach(true)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(sent).toEqual([0, 1, 2])
  pump.goOn()
  await vi.advanceTimersByTimeAsync(100)
  expect(sent).toEqual([0, 1, 2, 1])
  for (const one of [0, 1, 2]) await answer(one)
  expect(phases).toEqual(['paused', 'running', 'ended'])
  expect(ended).toHaveLength(3)
})

test('what the gateway had no room for is sent again after a rest', async () => {
  const { sent, answer, ended } = rig(1)
  await answer(0, { kind: 'refused', error: refusal('too_many_requests', 'Wait.') })
  await vi.advanceTimersByTimeAsync(900)
  expect(sent).toEqual([0])
  await vi.advanceTimersByTimeAsync(200)
  expect(sent).toEqual([0, 0])
  expect(ended).toEqual([])
})

test('cancelled, nothing more is sent; what is on its way comes to its end', async () => {
  const { pump, sent, answer, phases, ended } = rig(20)
  await vi.advanceTimersByTimeAsync(1_000)
  pump.cancel()
  await answer(0)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(sent).toHaveLength(IN_FLIGHT)
  expect(phases).toEqual(['cancelled'])
  expect(ended).toEqual([[0, 'accepted']])
})
