import { describe, expect, test } from 'vitest'
import { addDays, daysBetween, todayIn } from '../../../domain/calendar'
import { formatsIn } from '../../../language/formats'
import { wordsIn } from '../../../language/words'

const zone = 'Europe/Stockholm'
const formats = formatsIn(wordsIn('sv'), zone)

describe.each([
  ['the day of 23 hours', '2026-03-29', '2026-03-28T23:00:00.000Z', 23],
  ['the day of 25 hours', '2026-10-25', '2026-10-24T22:00:00.000Z', 25],
])('on %s', (_which, day, midnight, hours) => {
  const instants = Array.from({ length: hours * 60 }, (_, minute) =>
    new Date(Date.parse(midnight) + minute * 60_000).toISOString(),
  )

  test('every minute is of that day, for rules and on screen alike', () => {
    for (const instant of instants) {
      expect(todayIn(zone, instant)).toBe(day)
      expect(formats.dateOf(instant)).toBe(day)
    }
    const before = new Date(Date.parse(midnight) - 1).toISOString()
    const after = new Date(Date.parse(midnight) + hours * 3_600_000).toISOString()
    for (const [instant, expected] of [
      [before, addDays(day, -1)],
      [after, addDays(day, 1)],
    ] as const) {
      expect(todayIn(zone, instant)).toBe(expected)
      expect(formats.dateOf(instant)).toBe(expected)
    }
  })

  test('the days around it are one day apart', () => {
    for (let n = -3; n <= 3; n += 1)
      expect(daysBetween(addDays(day, n), addDays(day, n + 1))).toBe(1)
    const noon = `${day}T11:00:00.000Z`
    expect(formats.shortWhen(`${addDays(day, -1)}T11:00:00.000Z`, noon)).toBe('i går')
    expect(formats.dayAndTime(`${addDays(day, 1)}T11:00:00.000Z`, noon)).toMatch(
      /^i morgon kl\.\s1[23]:00$/,
    )
  })

  test('no age is negative, and an hour ago is an hour ago', () => {
    for (const [at, instant] of instants.entries()) {
      const now = instants[at + 45]
      if (now !== undefined) expect(formats.when(instant, now)).toBe('för 45 min sedan')
    }
  })
})
