import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DemandedStep } from '../../../../domain/approval/evaluate'
import type { StepTaker } from '../../../../domain/approval/policy'
import { documentTotals } from '../../../../domain/money/totals'
import { rowAmount } from '../../../../domain/money/row'
import { splitLines, wholeFor, wholeNet, withWhole } from '../../../../domain/requisition/split'

const ids = (...names: string[]) => names.map((id) => ({ id }))

test('what was named stays, in its order, and the others are the rest', () => {
  expect(splitLines(ids('a', 'b', 'c', 'd'), ['d', 'b'])).toEqual({
    ok: true,
    stay: ids('b', 'd'),
    rest: ids('a', 'c'),
  })
})

test('what is wrong with it is told by its place', () => {
  const problems = (...staying: string[]) => {
    const split = splitLines(ids('a', 'b'), staying)
    return split.ok ? [] : split.problems
  }
  expect(problems('a', 'x', 'a')).toEqual([
    { code: 'unknown_line', at: 1 },
    { code: 'line_named_twice', at: 2, first: 0 },
  ])
  expect(problems('b', 'a')).toEqual([{ code: 'no_rest' }])
  expect(problems()).toEqual([{ code: 'no_lines' }])
})

const line = fc.record({
  price: fc.record({
    amount: fc.integer({ min: 0, max: 500_000_000 }),
    basis: fc.constantFrom('net' as const, 'gross' as const),
    currency: fc.constant('SEK'),
  }),
  quantity: fc.integer({ min: 1, max: 5_000_000 }),
  rebate: fc.integer({ min: 0, max: 1_000_000 }),
  vatRate: fc.constantFrom(0, 60_000, 120_000, 250_000),
})

test('however a document is split, nothing is lost, doubled or changed, and each part is the sum of its rows', () => {
  const documents = fc
    .array(line, { minLength: 2, maxLength: 30 })
    .map((lines) => lines.map((one, at) => ({ id: `row ${at}`, ...one })))
    .chain((lines) =>
      fc.record({
        lines: fc.constant(lines),
        staying: fc.shuffledSubarray(
          lines.map(({ id }) => id),
          { minLength: 1, maxLength: lines.length - 1 },
        ),
        mode: fc.constantFrom('per_rate_on_sum' as const, 'per_row' as const),
      }),
    )
  fc.assert(
    fc.property(documents, ({ lines, staying, mode }) => {
      const split = splitLines(lines, staying)
      if (!split.ok) throw new Error(JSON.stringify(split.problems))
      const { stay, rest } = split
      expect(new Set([...stay, ...rest])).toEqual(new Set(lines))
      expect(stay.length + rest.length).toBe(lines.length)
      expect(stay.map(({ id }) => id).sort()).toEqual([...staying].sort())

      const rows = (part: typeof lines) => part.reduce((sum, one) => sum + rowAmount(one), 0)
      expect(rows([...stay]) + rows([...rest])).toBe(rows(lines))
      const options = { currency: 'SEK', mode }
      const [whole, one, other] = [lines, stay, rest].map((part) => documentTotals(part, options))
      if (mode === 'per_row') expect(one!.net + other!.net).toBe(whole!.net)
      else {
        // Net of gross prices is rounded once per rate and document: at most half an öre each.
        const rates = whole!.vat.length
        expect(Math.abs(one!.net + other!.net - whole!.net)).toBeLessThanOrEqual(2 * rates)
      }
    }),
  )
})

const step = (tier: number, by: StepTaker, ...rules: string[]): DemandedStep => ({
  tier,
  by,
  because: rules.map((ruleId) => ({ ruleId, name: ruleId, findings: [] })),
})
const approvers: StepTaker = { kind: 'approvers' }
const eva: StepTaker = { kind: 'users', userIds: ['eva'], need: 'any' }

test('a part keeps the steps of the whole beside its own, each once, with every rule that asks for it', () => {
  const whole = { others: 100, demanded: [step(2, eva, 'large'), step(1, approvers, 'large')] }
  expect(withWhole([step(1, approvers, 'margin', 'large')], whole)).toEqual([
    step(1, approvers, 'margin', 'large'),
    step(2, eva, 'large'),
  ])
  expect(withWhole([step(1, approvers, 'margin')], whole)[0]).toEqual(
    step(1, approvers, 'margin', 'large'),
  )
  expect(withWhole([], undefined)).toEqual([])
})

test('split over and over, the parts are measured by the same', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 2, maxLength: 8 }),
      (nets) => {
        const all = nets.reduce((sum, net) => sum + net, 0)
        let left = all
        let whole: ReturnType<typeof wholeFor> | undefined
        for (const net of nets.slice(0, -1)) {
          const before = { ...(whole && { whole }), steps: [] }
          left -= net
          expect(wholeNet(net, wholeFor(before, left))).toBe(all)
          whole = wholeFor(before, net)
          expect(wholeNet(left, whole)).toBe(all)
        }
      },
    ),
  )
})

test('what a limit has added is no step of the whole: limits are looked at anew', () => {
  const approvals = [{ by: { id: 'eva', name: 'Eva' }, at: '', withinLimit: true }]
  const before = {
    steps: [
      { ...step(1, eva, 'large'), approvals },
      { ...step(1, { kind: 'deciders' }), approvals: [] },
    ],
    whole: { others: 5, demanded: [step(3, approvers, 'first')] },
  }
  expect(wholeFor(before, 7)).toEqual({
    others: 12,
    demanded: [step(1, eva, 'large'), step(3, approvers, 'first')],
  })
})
