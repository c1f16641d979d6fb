import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  LARGEST_QUANTITY,
  nearestAllowed,
  quantityRefusals,
  quantityStep,
} from '../../../domain/quantity'
import type { QuantityTerms } from '../../../domain/quantity'
import { assertHolds, FEW } from '../../support/properties/cases'

function terms(overrides: Partial<QuantityTerms> = {}): QuantityTerms {
  return { precision: 0, packMultiple: 0, minimumQuantity: 0, ...overrides }
}

describe('quantityRefusals', () => {
  it('lets a plain quantity through', () => {
    expect(quantityRefusals(1_000, terms())).toEqual([])
    expect(quantityRefusals(2_500, terms({ precision: 1 }))).toEqual([])
    expect(
      quantityRefusals(12_000, terms({ packMultiple: 6_000, minimumQuantity: 12_000 })),
    ).toEqual([])
    expect(quantityRefusals(LARGEST_QUANTITY, terms())).toEqual([])
  })

  it.each([0, -1_000, -0.5, Number.NaN, Number.NEGATIVE_INFINITY])(
    'refuses %d as not positive, whatever else is wrong with it',
    (quantity) => {
      expect(
        quantityRefusals(quantity, terms({ packMultiple: 6_000, minimumQuantity: 1 })),
      ).toEqual([{ code: 'quantity_not_positive' }])
    },
  )

  it.each([LARGEST_QUANTITY + 1, 2 ** 53, Number.POSITIVE_INFINITY])(
    'refuses %d as too large',
    (quantity) => {
      expect(quantityRefusals(quantity, terms())).toEqual([
        { code: 'quantity_too_large', largest: LARGEST_QUANTITY },
      ])
    },
  )

  it.each([
    [2_500, 0],
    [2_510, 1],
    [2_511, 2],
    [2_511.5, 3],
  ] as const)('refuses %d as too fine for %i decimals', (quantity, precision) => {
    expect(quantityRefusals(quantity, terms({ precision }))).toEqual([
      { code: 'quantity_precision', precision },
    ])
  })

  it('refuses less than the minimum, and says the least that is sold', () => {
    expect(quantityRefusals(9_000, terms({ minimumQuantity: 10_000 }))).toEqual([
      { code: 'quantity_below_minimum', minimum: 10_000, above: 10_000 },
    ])
    expect(quantityRefusals(10_000, terms({ minimumQuantity: 10_000 }))).toEqual([])
    // The minimum itself is no whole pack.
    expect(
      quantityRefusals(6_000, terms({ minimumQuantity: 10_000, packMultiple: 6_000 })),
    ).toEqual([{ code: 'quantity_below_minimum', minimum: 10_000, above: 12_000 }])
  })

  it('refuses broken packs, and says the quantities around', () => {
    expect(quantityRefusals(10_000, terms({ packMultiple: 6_000 }))).toEqual([
      { code: 'quantity_not_pack_multiple', packMultiple: 6_000, below: 6_000, above: 12_000 },
    ])
    expect(quantityRefusals(5_000, terms({ packMultiple: 6_000 }))).toEqual([
      { code: 'quantity_not_pack_multiple', packMultiple: 6_000, below: null, above: 6_000 },
    ])
    expect(
      quantityRefusals(13_000, terms({ packMultiple: 6_000, minimumQuantity: 13_000 })),
    ).toEqual([
      { code: 'quantity_not_pack_multiple', packMultiple: 6_000, below: null, above: 18_000 },
    ])
    expect(quantityRefusals(LARGEST_QUANTITY, terms({ packMultiple: 6_000 }))).toEqual([
      {
        code: 'quantity_not_pack_multiple',
        packMultiple: 6_000,
        below: LARGEST_QUANTITY - 4_000,
        above: null,
      },
    ])
  })

  it('names the largest quantity where it is a whole pack', () => {
    const terms10 = terms({ packMultiple: 10_000 })
    expect(nearestAllowed(LARGEST_QUANTITY - 1_000, terms10).above).toBe(LARGEST_QUANTITY)
  })

  it('says everything at once', () => {
    const refused = quantityRefusals(2_500, terms({ packMultiple: 6_000, minimumQuantity: 10_000 }))
    expect(refused.map(({ code }) => code)).toEqual([
      'quantity_precision',
      'quantity_below_minimum',
    ])
    const broken = quantityRefusals(5_000, terms({ packMultiple: 6_000, minimumQuantity: 10_000 }))
    expect(broken.map(({ code }) => code)).toEqual([
      'quantity_below_minimum',
      'quantity_not_pack_multiple',
    ])
  })

  it('names quantities that nothing refuses, with none between', () => {
    const anyTerms = fc.record({
      precision: fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const),
      packMultiple: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 30 }), fc.constant(2_500)),
      minimumQuantity: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 5_000 })),
    })
    assertHolds(
      fc.property(anyTerms, fc.integer({ min: 1, max: 9_000 }), (article, quantity) => {
        const { below, above } = nearestAllowed(quantity, article)
        const isAllowed = (each: number) => quantityRefusals(each, article).length === 0
        expect(isAllowed(quantity)).toBe(below === quantity && above === quantity)
        expect(isAllowed(above!)).toBe(true)
        if (below !== null) expect(isAllowed(below)).toBe(true)
        // By counting up and down one thousandth at a time.
        let next = quantity
        while (!isAllowed(next)) next += 1
        expect(above).toBe(next)
        let last = quantity
        while (last > 0 && !isAllowed(last)) last -= 1
        expect(below).toBe(last === 0 ? null : last)
      }),
      { ...FEW, runs: 200 },
    )
  })
})

it('quantityStep is the least both pack and decimals divide', () => {
  expect(quantityStep(terms())).toBe(1_000)
  expect(quantityStep(terms({ precision: 3 }))).toBe(1)
  expect(quantityStep(terms({ packMultiple: 6_000 }))).toBe(6_000)
  expect(quantityStep(terms({ packMultiple: 2_500 }))).toBe(5_000)
  expect(quantityStep(terms({ packMultiple: 2_500, precision: 1 }))).toBe(2_500)
  expect(quantityStep(terms({ packMultiple: 333, precision: 2 }))).toBe(3_330)
})
