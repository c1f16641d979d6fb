import { describe, expect, it, vi } from 'vitest'

import { createGatewayClock } from '../../../../main/connection/gateway-clock'

const noon = Date.parse('2026-11-23T12:00:00.000Z')
const at = (ms: number) => new Date(ms).toISOString()

describe('the gateway’s clock', () => {
  it.each([
    ['ten minutes behind', 600_000],
    ['ten minutes ahead', -600_000],
    ['a day behind', 86_400_000],
    ['a day ahead', -86_400_000],
  ])('is told right by a computer that is %s', (_how, off) => {
    const changed = vi.fn()
    let own = noon - off
    const clock = createGatewayClock(changed, () => own)
    expect(clock.now()).toBe(own)
    clock.hear(at(noon))
    expect(clock.now()).toBe(noon)
    expect(changed.mock.calls).toEqual([[off]])
    // The way here takes a little longer or shorter: no reason to set anything right.
    own += 5_000
    clock.hear(at(noon + 4_300))
    expect(changed).toHaveBeenCalledTimes(1)
    // Somebody sets the computer's clock right.
    own = noon + 10_000
    clock.hear(at(noon + 10_040))
    expect(clock.offset).toBe(0)
    expect(changed.mock.lastCall).toEqual([0])
  })
})
