import { describe, expect, test } from 'vitest'
import type { Availability, UncertainInbound } from '../../../../domain/availability/position'
import { formatsIn } from '../../../../language/formats'
import { wordsIn } from '../../../../language/words'
import { availabilityWords } from '../../../../renderer/wording/availability'

const warehouse = { id: 'STO', name: 'Stockholm', openToWebshop: true, priority: 1 }
const today = '2026-11-23'
const nothing: UncertainInbound = { late: 0, lateSince: null, undated: 0 }
const late: UncertainInbound = { late: 5_000, lateSince: '2026-11-18', undated: 0 }
const undated: UncertainInbound = { late: 0, lateSince: null, undated: 7_000 }

function say(answer: Availability | null, uncertain = nothing, language: 'sv' | 'en' = 'sv') {
  const words = wordsIn(language)
  const texts = { ...words, formats: formatsIn(words, 'Europe/Stockholm') }
  const { text, meaning, beside } = availabilityWords(
    { warehouse, answer, uncertain },
    40_000,
    today,
    texts,
  )
  const plain = (part: string | null) => part?.replace(/[\u00a0\u202f]/g, ' ') ?? null
  return [plain(text), meaning, plain(beside)]
}

describe('forty of an article', () => {
  test('deliverable now: the figure', () => {
    const answer = { kind: 'deliverable', quantity: 340_000, confirmed: true } as const
    expect(say(answer)).toEqual(['340 nu', 'good', null])
    expect(say(answer, late)).toEqual(['340 nu', 'good', null])
    expect(say(answer, nothing, 'en')).toEqual(['340 now', 'good', null])
  })

  test('promised: the date, what is there now, and whether it is only planned', () => {
    const promised = (deliverableNow: number, confirmed = true) =>
      ({ kind: 'promised', date: '2026-12-02', confirmed, deliverableNow }) as const
    expect(say(promised(0))).toEqual(['2 dec', 'notice', null])
    expect(say(promised(12_000))).toEqual(['12 nu · 28 den 2 dec', 'notice', null])
    expect(say(promised(0, false))).toEqual(['2 dec, planerat', 'notice', null])
    expect(say(promised(12_000, false))).toEqual(['12 nu · 28 den 2 dec, planerat', 'notice', null])
    expect(say(promised(0), late)[2]).toBe('försenad, väntad 18 nov')
  })

  test('lead time: working days, and the date they come to', () => {
    const lead = (deliverableNow: number, days = 10) =>
      ({ kind: 'lead_time', days, date: '2026-12-07', deliverableNow }) as const
    expect(say(lead(0))).toEqual(['10 arbetsdagar · 7 dec', 'plain', null])
    expect(say(lead(0, 1))[0]).toBe('1 arbetsdag · 7 dec')
    expect(say(lead(9_000))[0]).toBe('9 nu · resten 10 arbetsdagar')
    expect(say(lead(0), undated)[2]).toBe('7 på väg utan datum')
  })

  test('out of stock: said so, or that something is late', () => {
    const out = (deliverableNow: number) => ({ kind: 'out_of_stock', deliverableNow }) as const
    expect(say(out(0))).toEqual(['slut', 'plain', null])
    expect(say(out(0), late)).toEqual(['försenad, väntad 18 nov', 'danger', null])
    expect(say(out(9_000), late)).toEqual([
      '9 nu · resten slut',
      'plain',
      'försenad, väntad 18 nov',
    ])
    expect(say(out(0), undated)).toEqual(['slut', 'plain', '7 på väg utan datum'])
  })

  test('no balance of it: said, not guessed', () => {
    expect(say(null)).toEqual(['inget saldo', 'plain', null])
  })
})
