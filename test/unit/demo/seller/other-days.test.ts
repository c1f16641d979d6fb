import { describe, expect, it, vi } from 'vitest'
import { generateDemo } from '../../../../demo/seller/generate-demo'
import { loadDemo, takeInEvent } from './loaded-demo'

// Whole sellers are made and parsed here, on machines that may have other things to do.
vi.setConfig({ testTimeout: 60_000 })

// A Sunday, Christmas Day, a leap day, the turn of a year: whenever somebody starts the demo.
describe.each(['2026-11-22', '2026-12-25', '2028-02-29', '2026-12-31'])('made on %s', (today) => {
  it('has a first inbox that nothing is wrong with', () => {
    const now = `${today}T06:10:00.000Z`
    const demo = generateDemo({ seed: 1, today, now })
    const loaded = loadDemo(demo)
    const taken = demo.events.map((event) => takeInEvent(loaded, event, now))
    expect(taken).toHaveLength(30)
    expect(taken.at(-1)?.intake.totals.net).toBe(4_547_620)
    for (const { document } of taken) {
      if (document.requestedDate !== null) expect(document.requestedDate >= today).toBe(true)
    }
  })
})

describe.each([2, 7, 4_711])('drawn from seed %i', (seed) => {
  it('has a first inbox that nothing is wrong with', () => {
    const today = '2026-11-23'
    const demo = generateDemo({ seed, today })
    const loaded = loadDemo(demo)
    const taken = demo.events.map((event) => takeInEvent(loaded, event, `${today}T13:05:00.000Z`))
    expect(taken.at(-1)?.intake.totals.net).toBe(4_547_620)
    expect(loaded.articles.size).toBeGreaterThanOrEqual(2_400)
  })
})
