import { describe, expect, test } from 'vitest'
import { factsOf, type FactGrounds } from '../../../../domain/approval/facts-of'
import type { UnitCost } from '../../../../domain/money/margin'
import type { PriceResolution } from '../../../../domain/pricing/rules'
import { takeIn } from '../../../../domain/requisition/intake'
import type { IntakeArticle, IntakeLine } from '../../../../domain/requisition/intake-document'
import type { UnitPrice } from '../../../../domain/units'
import { euros, kronor } from '../../../support/domain/prices'
import { article, company, group, line, missing, priced } from '../requisition/parties'

interface Row {
  readonly line?: Partial<IntakeLine>
  readonly article?: Partial<IntakeArticle & { readonly cost: UnitCost | null }>
  readonly price?: PriceResolution
}

/** Two pieces at 100 kr that cost 60 kr each, unless something else is said. */
function factsOfRows(
  rows: readonly Row[],
  document: Partial<FactGrounds['document']> = {},
  grounds: Partial<FactGrounds> = {},
) {
  const sound: FactGrounds['document'] = {
    kind: 'proposal',
    company: company(),
    group: group('order'),
    lines: rows.map((row, index) => ({
      line: line({ id: `${index}`, article: `${index}`, ...row.line }),
      article: { ...article({ id: `${index}` }), cost: costs(60), ...row.article },
    })),
    deliveryAddress: null,
    ...document,
  }
  const exposure = grounds.exposure ?? 0
  const taken = takeIn(sound, {
    vatMode: 'per_rate_on_sum',
    priceOf: ({ id }) => rows[Number(id)]?.price ?? priced(100),
    usedInPeriod: 0,
    exposure,
  })
  if (!taken.ok) throw new Error(JSON.stringify(taken.refusals))
  const { value: intake } = taken
  return factsOf({
    document: sound,
    intake,
    exposure,
    shortLines: 0,
    firstOrder: false,
    ...grounds,
  })
}

function costs(major: number, currency = 'SEK'): UnitCost {
  return { amount: major * 1_000_000, currency }
}

function shown(unitPrice: UnitPrice, rebate = 0): Partial<IntakeLine> {
  return { price: { amount: unitPrice.amount, basis: unitPrice.basis, rebate } }
}

test('a document is looked at as a whole', () => {
  const rows = [{ article: { groupId: 'valves' } }, {}, { article: { groupId: 'pumps' } }]
  expect(
    factsOfRows(
      [...rows, { article: { groupId: 'valves' } }],
      { kind: 'list', group: { ...group('requisition'), id: 'plumbers' } },
      { shortLines: 2, firstOrder: true },
    ),
  ).toEqual({
    kind: 'list',
    currency: 'SEK',
    net: 80_000,
    gross: 100_000,
    margin: 400_000,
    discount: null,
    lines: 4,
    shortLines: 2,
    changedPrices: 0,
    overCredit: 0,
    overOwnLimit: false,
    onHold: false,
    firstOrder: true,
    orderingRight: 'requisition',
    customerGroup: 'plumbers',
    articleGroups: ['pumps', 'valves'],
  })
})

test('what nobody looked at is not known', () => {
  expect(factsOfRows([{}], {}, { shortLines: null, firstOrder: null })).toMatchObject({
    shortLines: null,
    firstOrder: null,
  })
})

test('a company on hold is', () => {
  const of = (status: 'on_hold' | 'active') =>
    factsOfRows([{}], { company: company({ status }) }).onHold
  expect([of('on_hold'), of('active')]).toEqual([true, false])
})

describe('beyond the credit limit', () => {
  const overCredit = (creditLimit: number | null, exposure: number) =>
    factsOfRows([{}], { company: company({ creditLimit }) }, { exposure }).overCredit

  test('is what the company would owe above it, with VAT', () => {
    expect(overCredit(25_000, 0)).toBe(0)
    expect(overCredit(25_000, 1)).toBe(1)
    expect(overCredit(0, 0)).toBe(25_000)
  })

  test('is nothing where there is room, or no limit', () => {
    expect(overCredit(30_000, 0)).toBe(0)
    expect(overCredit(null, 9_000_000)).toBe(0)
  })
})

describe('the margin', () => {
  const marginOf = (...rows: readonly Row[]) => factsOfRows(rows).margin

  test('is of what will be ordered: the price shown after its rebate, else the one resolved', () => {
    expect(marginOf({ line: shown(kronor(80), 250_000) })).toBe(0)
    expect(marginOf({ line: shown(kronor(150, 'gross')) })).toBe(500_000)
    expect(marginOf({ line: shown(kronor(80)) })).toBe(250_000)
    expect(marginOf({ price: priced(50) })).toBe(-200_000)
  })

  test('is not known as soon as one line has no price or no known cost', () => {
    expect(marginOf({}, { price: missing })).toBeNull()
    expect(marginOf({}, { article: { cost: null } })).toBeNull()
    expect(marginOf({}, { article: { cost: costs(60, 'EUR') } })).toBeNull()
    expect(marginOf({ price: priced(0) })).toBeNull()
  })

  test('is the lowest there is where it is below all sense', () => {
    const almostNothing = { ...kronor(0), amount: 1 }
    const row = { line: { ...shown(almostNothing), quantity: 10_000_000 } }
    expect(marginOf({ ...row, article: { cost: costs(1_000_000_000) } })).toBe(
      Number.MIN_SAFE_INTEGER,
    )
  })
})

describe('the discount', () => {
  const discountOf = (...rows: readonly Row[]) => factsOfRows(rows).discount
  const listed = (listPrice: UnitPrice | null, amount = 100, rebate = 0) => ({
    price: priced(amount, { listPrice, rebate }),
  })

  test('is of the price to be ordered, after its rebate, off the list price', () => {
    expect(discountOf(listed(kronor(100)))).toBe(0)
    expect(discountOf(listed(kronor(125)))).toBe(200_000)
    expect(discountOf(listed(kronor(125), 100, 100_000))).toBe(280_000)
    expect(discountOf({ ...listed(kronor(125)), line: shown(kronor(50)) })).toBe(600_000)
    expect(discountOf({ ...listed(kronor(125)), line: shown(kronor(50), 500_000) })).toBe(800_000)
    expect(discountOf(listed(kronor(300), 100))).toBe(666_667)
  })

  test('is without VAT on both sides', () => {
    expect(discountOf(listed(kronor(125, 'gross')))).toBe(0)
    expect(discountOf(listed(kronor(250, 'gross')))).toBe(500_000)
    expect(discountOf({ ...listed(kronor(100)), line: shown(kronor(100, 'gross')) })).toBe(200_000)
    expect(discountOf({ ...listed(kronor(200, 'gross')), line: shown(kronor(100, 'gross')) })).toBe(
      500_000,
    )
  })

  test('is the largest of all lines, and below 0 where they are dearer', () => {
    expect(discountOf(listed(kronor(125)), listed(kronor(200)), listed(kronor(100)))).toBe(500_000)
    expect(discountOf(listed(kronor(50)), listed(kronor(80)))).toBe(-250_000)
  })

  test('is of the lines that have a list price in their currency, and a price', () => {
    expect(discountOf(listed(null), listed(euros(500)), listed(kronor(0)))).toBeNull()
    expect(discountOf({ price: missing })).toBeNull()
    expect(discountOf(listed(null), listed(kronor(125)), { price: missing })).toBe(200_000)
  })

  test('is the lowest there is where the price is beyond all sense', () => {
    const beyond = { ...listed({ ...kronor(0), amount: 1 }), line: shown(kronor(1_000_000_000)) }
    expect(discountOf(beyond)).toBe(Number.MIN_SAFE_INTEGER)
    expect(discountOf(beyond, listed(kronor(125)))).toBe(200_000)
  })
})

test('changed prices are the lines that would cost something else now', () => {
  const changed = { line: shown(kronor(90)) }
  expect(factsOfRows([{}]).changedPrices).toBe(0)
  expect(factsOfRows([changed, {}, changed, { line: shown(kronor(100)) }]).changedPrices).toBe(2)
})
