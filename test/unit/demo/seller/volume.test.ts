import { describe, expect, it, vi } from 'vitest'
import { openCatalogue } from '../../../../demo/seller/catalogue'
import { generateDemo } from '../../../../demo/seller/generate-demo'
import { makeSeller } from '../../../../demo/seller/seller'
import { drawVolume, generateVolume } from '../../../../demo/seller/volume'
import { loadDemo, takeInEvent } from './loaded-demo'

// Whole sellers are made and parsed here, on machines that may have other things to do.
vi.setConfig({ testTimeout: 60_000 })

const seller = { seed: 1, today: '2026-11-23' }
const now = '2026-11-23T13:05:00.000Z'
const loaded = loadDemo(generateDemo(seller))
const catalogue = openCatalogue(makeSeller(seller))

describe('documents in volume', () => {
  it('all wait for a decision, unless told otherwise', () => {
    const events = generateVolume({ seller, seed: 5, count: 300 })
    const taken = events.map((event) => takeInEvent(loaded, event, now))
    expect(taken).toHaveLength(300)
    for (const { intake } of taken) {
      expect(intake.reasons[0]).toEqual({ kind: 'right_below_order', right: 'requisition' })
    }
    expect(new Set(taken.map(({ document }) => document.id)).size).toBe(300)
    expect(new Set(taken.map(({ companyId }) => companyId)).size).toBeGreaterThan(50)
  })

  it('are a day’s work of every kind when asked for', () => {
    const events = drawVolume(catalogue, { seed: 5, count: 300, mix: 'any' })
    const taken = events.map((event) => takeInEvent(loaded, event, now))
    expect(new Set(events.map(({ event }) => event.type)).size).toBe(3)
    const atOnce = taken.filter(({ intake }) => intake.isOrderedAtOnce).length
    expect(atOnce).toBeGreaterThan(10)
    expect(atOnce).toBeLessThan(150)
  })

  it('are the same from the same seed, and others from another', () => {
    const draw = (seed: number) => drawVolume(catalogue, { seed, count: 40 })
    expect(draw(5)).toEqual(draw(5))
    expect(draw(6)).not.toEqual(draw(5))
    const ids = [...draw(5), ...draw(6)].map(({ id }) => id)
    expect(new Set(ids).size).toBe(80)
  })

  it('have as many lines as asked for, and end when asked to', () => {
    const until = '2026-11-23T12:00:00.000Z'
    const events = drawVolume(catalogue, { seed: 5, count: 20, lines: [25, 30], until })
    const taken = events.map((event) => takeInEvent(loaded, event, now))
    for (const { document } of taken) {
      expect(document.lines.length).toBeGreaterThanOrEqual(25)
      expect(document.lines.length).toBeLessThanOrEqual(30)
    }
    expect(events.at(-1)?.event.timestamp).toBe(until)
    expect(events[0]?.event.timestamp).toBe('2026-11-23T11:59:41.000Z')
  })
})
