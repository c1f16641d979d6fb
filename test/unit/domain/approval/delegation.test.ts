import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  delegationProblem,
  longestChain,
  standsInFor,
  type Delegation,
} from '../../../../domain/approval/delegation'

const given = (fromUserId: string, toUserId: string, over: Partial<Delegation> = {}) => ({
  id: `${fromUserId}-${toUserId}`,
  fromUserId,
  toUserId,
  from: '2026-12-21',
  until: '2027-01-03',
  isEnded: false,
  ...over,
})
const during = '2026-12-24'
const of = (userId: string, delegations: readonly Delegation[], day = during) =>
  [...standsInFor(userId, delegations, day, (id) => id !== 'gone')].sort()

describe('standing in', () => {
  test.each([
    ['2026-12-20', []],
    ['2026-12-21', ['anna']],
    ['2027-01-03', ['anna']],
    ['2027-01-04', []],
  ])('counts from the first day to the last: %s', (day, expected) => {
    expect(of('bo', [given('anna', 'bo')], day)).toEqual(expected)
  })

  test('is over when it was ended', () => {
    expect(of('bo', [given('anna', 'bo', { isEnded: true })])).toEqual([])
  })

  test('goes on to whoever the stand-in has handed over to, but not for ever', () => {
    const chain = [given('a', 'b'), given('b', 'c'), given('c', 'd'), given('d', 'e')]
    expect(of('b', chain)).toEqual(['a'])
    expect(of('d', chain)).toEqual(['a', 'b', 'c'])
    expect(of('e', chain)).toEqual(['b', 'c', 'd'])
  })

  test('ends with what the absent person, or a link to them, could take themselves', () => {
    expect(of('bo', [given('gone', 'bo')])).toEqual([])
    expect(of('bo', [given('anna', 'gone'), given('gone', 'bo')])).toEqual([])
  })

  test('ends also in a circle, and makes nobody stand in for themselves', () => {
    const circle = [given('a', 'b'), given('b', 'a')]
    expect(of('a', circle)).toEqual(['b'])
    expect(of('b', circle)).toEqual(['a'])
  })
})

describe('handing over', () => {
  const parts = { today: '2026-12-01', canDecide: (id: string) => id !== 'agent' }
  const problem = (
    next: Partial<Delegation> & Pick<Delegation, 'fromUserId' | 'toUserId'>,
    ...known: readonly Delegation[]
  ) => delegationProblem(given(next.fromUserId, next.toUserId, next), known, parts)?.kind ?? null

  test('to a colleague who decides, for days to come, is right', () => {
    expect(problem({ fromUserId: 'a', toUserId: 'b' })).toBe(null)
    expect(
      problem({ fromUserId: 'a', toUserId: 'b', from: '2026-11-01', until: '2026-12-01' }),
    ).toBe(null)
  })

  test.each([
    ['to oneself', { fromUserId: 'a', toUserId: 'a' }, 'to_oneself'],
    ['to somebody who decides nothing', { fromUserId: 'a', toUserId: 'agent' }, 'cannot_decide'],
    ['until before it begins', { fromUserId: 'a', toUserId: 'b', until: '2026-12-20' }, 'no_days'],
    [
      'for days that are over',
      { fromUserId: 'a', toUserId: 'b', from: '2026-11-01', until: '2026-11-30' },
      'no_days',
    ],
  ])('%s is refused', (_what, next, kind) => {
    expect(problem(next)).toBe(kind)
  })

  test('the same on some of the same days is refused, on others not', () => {
    const known = given('a', 'b', { from: '2026-12-10', until: '2026-12-21' })
    expect(problem({ fromUserId: 'a', toUserId: 'b' }, known)).toBe('already_there')
    expect(problem({ fromUserId: 'a', toUserId: 'c' }, known)).toBe(null)
    const earlier = given('a', 'b', { from: '2026-12-10', until: '2026-12-20' })
    expect(problem({ fromUserId: 'a', toUserId: 'b' }, earlier)).toBe(null)
    expect(problem({ fromUserId: 'a', toUserId: 'b' }, { ...known, isEnded: true })).toBe(null)
  })

  test('a circle is refused however long, unless its days do not meet', () => {
    expect(problem({ fromUserId: 'b', toUserId: 'a' }, given('a', 'b'))).toBe('in_circle')
    expect(problem({ fromUserId: 'c', toUserId: 'a' }, given('a', 'b'), given('b', 'c'))).toBe(
      'in_circle',
    )
    const earlier = given('a', 'b', { from: '2026-12-10', until: '2026-12-20' })
    expect(problem({ fromUserId: 'b', toUserId: 'a' }, earlier)).toBe(null)
  })

  test('what other people do on days that do not meet is no circle and no chain', () => {
    const week1 = { from: '2026-12-21', until: '2026-12-24' }
    const week2 = { from: '2026-12-25', until: '2026-12-28' }
    const week3 = { from: '2026-12-29', until: '2027-01-03' }
    const there = [given('a', 'b', week1), given('b', 'a', week3)]
    expect(problem({ fromUserId: 'c', toUserId: 'a' }, ...there)).toBe(null)
    const chain = [given('a', 'b', week1), given('b', 'c', week2), given('c', 'd', week3)]
    expect(problem({ fromUserId: 'x', toUserId: 'a' }, ...chain)).toBe(null)
    expect(problem({ fromUserId: 'b', toUserId: 'a', ...week1 }, ...there)).toBe('in_circle')
  })

  test('handing on too often is refused, wherever in the chain it would be added', () => {
    const chain = [given('a', 'b'), given('b', 'c'), given('c', 'd')]
    expect(longestChain).toBe(3)
    expect(problem({ fromUserId: 'd', toUserId: 'e' }, ...chain)).toBe('chain_too_long')
    expect(problem({ fromUserId: 'x', toUserId: 'a' }, ...chain)).toBe('chain_too_long')
    const halves = [given('a', 'b'), given('c', 'd'), given('d', 'e')]
    expect(problem({ fromUserId: 'b', toUserId: 'c' }, ...halves)).toBe('chain_too_long')
  })

  test('what was let in never leads anybody back to themselves, nor on without end', () => {
    const person = fc.constantFrom('a', 'b', 'c', 'd', 'e')
    const days = fc
      .tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 9 }))
      .map(([first, more]) => ({
        from: `2026-12-${String(first).padStart(2, '0')}`,
        until: `2026-12-${String(first + more).padStart(2, '0')}`,
      }))
    const wish = fc.tuple(person, person, days)
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 14 }), (wishes) => {
        const known: Delegation[] = []
        for (const [at, [from, to, span]] of wishes.entries()) {
          const next = given(from, to, { ...span, id: String(at) })
          if (delegationProblem(next, known, parts) === null) known.push(next)
        }
        for (let day = 1; day <= 29; day += 1) {
          const date = `2026-12-${String(day).padStart(2, '0')}`
          const active = known.filter(({ from, until }) => from <= date && date <= until)
          for (const start of ['a', 'b', 'c', 'd', 'e']) {
            let reached = [start]
            for (let links = 0; links <= longestChain && reached.length > 0; links += 1) {
              reached = active
                .filter(({ fromUserId }) => reached.includes(fromUserId))
                .map(({ toUserId }) => toUserId)
              expect(reached).not.toContain(start)
            }
            expect(reached).toEqual([])
          }
        }
      }),
      { numRuns: 300, seed: 11 },
    )
  }, 30_000)
})
