import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { GatewayContext } from '../../../../gateway/gateway-context'
import { startExpiring } from '../../../../gateway/jobs/expire-quotes'
import { createLog } from '../../../../gateway/log'
import { expireQuotes } from '../../../../gateway/quotes/expire-quotes'

vi.mock('../../../../gateway/quotes/expire-quotes', () => ({ expireQuotes: vi.fn() }))

const minute = 60_000
const work = vi.mocked(expireQuotes)
const context = { log: createLog({ level: 'silent' }) } as GatewayContext
const inc = vi.fn()
const start = () => startExpiring(context, { jobFailures: { inc } } as never)

function pendingRun() {
  let end: (expired: number) => void = () => {}
  const promise = new Promise<number>((resolve) => {
    end = resolve
  })
  return { promise, resolve: (expired: number) => end(expired) }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.resetAllMocks()
})

test('a run that takes long is waited for, by the next one and by who stops it', async () => {
  const first = pendingRun()
  work.mockReturnValueOnce(first.promise).mockResolvedValue(0)
  const expiring = start()
  await vi.advanceTimersByTimeAsync(5 * minute)
  expect(work).toHaveBeenCalledTimes(1)
  first.resolve(3)
  await vi.advanceTimersByTimeAsync(minute)
  expect(work).toHaveBeenCalledTimes(2)

  const last = pendingRun()
  work.mockReturnValueOnce(last.promise)
  await vi.advanceTimersByTimeAsync(minute)
  expect(work).toHaveBeenCalledTimes(3)
  let isStopped = false
  const stopped = expiring.stop().then(() => (isStopped = true))
  await vi.advanceTimersByTimeAsync(5 * minute)
  expect(isStopped).toBe(false)
  last.resolve(0)
  await stopped
  await vi.advanceTimersByTimeAsync(5 * minute)
  expect(work).toHaveBeenCalledTimes(3)
})

test('one that fails is counted, and is tried again', async () => {
  work.mockRejectedValueOnce(new Error('disk full')).mockResolvedValue(0)
  const expiring = start()
  await vi.advanceTimersByTimeAsync(minute)
  expect(inc).toHaveBeenCalledExactlyOnceWith({ job: 'expire_quotes' })
  expect(work).toHaveBeenCalledTimes(2)
  await expiring.stop()
})
