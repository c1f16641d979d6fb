import { describe, expect, test } from 'vitest'
import { followReplica } from '../../../../renderer/services/replica-feed'
import { createReplica } from '../../../../renderer/state/replica'
import { createFakeBridge } from '../../../fakes/bridge'
import { change, company } from '../../../fakes/desk/entities'

/** A replica on a fake bridge, whose frames the test draws by hand. */
function setup({ frameTakes = 0 } = {}) {
  const fake = createFakeBridge()
  const reports: unknown[] = []
  const report = (error: unknown) => {
    reports.push(error)
    return 'REFERENCE'
  }
  const replica = createReplica()
  const frames: (() => void)[] = []
  let time = 0
  followReplica(fake.kontor, replica, report, {
    schedule: (callback) => frames.push(callback),
    now: () => (time += frameTakes),
  })
  const drawFrame = () => frames.shift()?.()
  return { fake, replica, reports, frames, drawFrame }
}

const companies = (count: number) =>
  Array.from({ length: count }, (_, at) =>
    change('company', String(at), company({ id: String(at), name: `Company ${at}` })),
  )

describe('following the replica', () => {
  test('applies what comes between two frames together, in the next', () => {
    const { fake, replica, frames, drawFrame } = setup()
    fake.tell('replica.reset', { identity: 'karin' })
    fake.tell('replica.changes', companies(2))
    fake.tell('replica.loaded', { cursor: null })
    expect(replica.all('company').size).toBe(0)
    expect(frames).toHaveLength(1)
    drawFrame()
    expect(replica.all('company').size).toBe(2)
    expect(replica.store.getState()).toMatchObject({ identity: 'karin', phase: 'loaded' })
    expect(frames).toHaveLength(0)
  })

  test('goes on in the next frame when one is not enough, and keeps the order', () => {
    const { fake, replica, frames, drawFrame } = setup({ frameTakes: 60 })
    fake.tell('replica.reset', { identity: 'karin' })
    fake.tell('replica.changes', companies(170))
    fake.tell('replica.changes', [change('company', '0', company({ id: '0', name: 'Renamed' }), 2)])
    fake.tell('replica.loaded', { cursor: null })
    const sizes: number[] = []
    while (frames.length > 0) {
      drawFrame()
      sizes.push(replica.all('company').size)
      const { phase } = replica.store.getState()
      expect(phase).toBe(frames.length > 0 ? 'loading' : 'loaded')
    }
    expect(sizes.length).toBeGreaterThan(2)
    expect(sizes.at(-1)).toBe(170)
    expect(replica.get('company', '0')?.name).toBe('Renamed')
  })

  test('a reset drops what came before it', () => {
    const { fake, replica, drawFrame } = setup()
    fake.tell('replica.changes', companies(3))
    fake.tell('replica.reset', { identity: 'erik' })
    fake.tell('replica.loaded', { cursor: null })
    drawFrame()
    expect(replica.all('company').size).toBe(0)
  })

  test('what cannot be read is reported and the rest stands', () => {
    const { fake, replica, reports, drawFrame } = setup()
    const broken = { ...change('company', '9', null), value: { name: 'No number' } }
    fake.tell('replica.changes', [...companies(2), broken])
    drawFrame()
    expect(replica.all('company').size).toBe(2)
    expect(reports).toHaveLength(1)
    expect(String(reports[0])).toContain('company could not be read: 9')
  })
})
