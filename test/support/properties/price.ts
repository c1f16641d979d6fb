import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resolvePrice } from '../../../domain/pricing/resolve-price'
import { indexPriceRules } from '../../../domain/pricing/rule-index'
import type { PriceQuestion, PriceRule } from '../../../domain/pricing/rules'
import type { UnitPrice } from '../../../domain/units'
import { assertHolds, timeoutOf } from './cases'
import type { Cases } from './cases'
import { priceByTryingEverything } from './price-reference'

/** The first value in most cases: rules must be about the question far more often than not. */
function mostly<T>(...[first, ...others]: readonly [T, ...T[]]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(first) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  )
}

// Universes so small that rules meet, tie and miss by one all the time.
const company = mostly('c1', 'c2')
const group = mostly('g1', 'g2')
const article = mostly('a1', 'a2')
const articleGroup = mostly('ag1', 'ag2')
const priceList = fc.constantFrom('l1', 'l2', 'l3')
const day = fc.constantFrom('2026-12-30', '2026-12-31', '2027-01-01', '2027-01-02', '2028-02-29')
const quantity = fc.constantFrom(0, 1, 999, 1_000, 1_001, 5_000, 10_000)
const hour = fc.constantFrom(
  '2026-12-30T12:00:00.000Z',
  '2026-12-31T11:59:59.999Z',
  '2026-12-31T12:00:00Z',
  '2026-12-31T12:00:00.001Z',
)
/** Nothing in two cases of three: what limits a rule is the exception. */
const orNull = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary })

const price: fc.Arbitrary<UnitPrice> = fc.record({
  // 80 net is 100 gross at 25 %; the ones beside them differ by the least there is.
  amount: fc.oneof(
    fc.constantFrom(80_000_000, 100_000_000, 79_999_999, 80_000_001, 99_999_999, 100_000_001),
    fc.integer({ min: 0, max: 9_000_000_000_000 }),
  ),
  basis: fc.constantFrom('net', 'net', 'gross'),
  currency: mostly('SEK', 'EUR'),
})

const dates = { from: orNull(day), to: orNull(day) }
const row = { id: fc.string(), articleId: article, minimumQuantity: quantity, price, ...dates }
const buyers = { companyId: orNull(company), customerGroupId: orNull(group) }

const rule: fc.Arbitrary<PriceRule> = fc.oneof(
  fc.record({
    kind: fc.constant('contract' as const),
    ...row,
    companyId: company,
    net: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('price_list' as const), ...row, priceListId: priceList }),
  fc.record({ kind: fc.constant('campaign' as const), ...row, ...buyers, campaign: fc.string() }),
  fc.record({
    kind: fc.constant('rebate' as const),
    id: fc.string(),
    ...buyers,
    articleId: orNull(article),
    articleGroupId: orNull(articleGroup),
    minimumQuantity: quantity,
    rebate: fc.integer({ min: 0, max: 1_000_000 }),
    ...dates,
  }),
)

const syncedRule: fc.Arbitrary<PriceRule> = fc.record({
  kind: fc.constant('synced' as const),
  ...row,
  ...buyers,
  source: fc.constantFrom('erp', 'shop'),
  observedAt: hour,
})

/** Rules whose ids differ, as they do in any table; synced ones in a third of the sets only. */
const ruleSet: fc.Arbitrary<readonly PriceRule[]> = fc
  .tuple(
    fc.array(rule, { maxLength: 24, size: 'max' }),
    fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.array(syncedRule, { maxLength: 6, size: 'max' }) },
    ),
  )
  .chain(([rules, syncedRules]) =>
    fc
      .shuffledSubarray([...rules, ...syncedRules], {
        minLength: rules.length + syncedRules.length,
      })
      .map((all) => all.map((each, index) => ({ ...each, id: `${each.id}#${index}` }))),
  )

const priceQuestion: fc.Arbitrary<PriceQuestion> = fc.record({
  company: fc.record({
    id: company,
    customerGroupId: group,
    priceListId: mostly<string | null>('l1', 'l2', null),
    groupPriceListId: mostly<string | null>('l2', 'l1', null),
    currency: mostly('SEK', 'EUR'),
  }),
  article: fc.record({
    id: article,
    groupId: mostly<string | null>('ag1', 'ag2', null),
    listPrice: fc.option(price, { nil: null, freq: 3 }),
    vatRate: fc.constantFrom(250_000, 120_000, 60_000, 0),
  }),
  quantity: fc.oneof(quantity, fc.constant(10_000)),
  date: day,
  now: fc.constantFrom('2026-12-31T12:00:00.000Z', '2027-01-01T12:00:00Z'),
  syncedPriceMaxAgeHours: fc.constantFrom(null, 0, 24, 48),
})

/** What must hold for every question and every set of rules. */
export function describePriceProperties(cases: Cases): void {
  describe(`prices over ${cases.runs} random cases`, { timeout: timeoutOf(cases) }, () => {
    it('are what trying every combination finds, by every way of asking', () => {
      const met = new Set<string>()
      assertHolds(
        fc.property(priceQuestion, ruleSet, (question, rules) => {
          const resolution = resolvePrice(question, rules)
          const { steps, ...answer } =
            resolution.kind === 'priced' ? resolution : { ...resolution, steps: [] }
          expect(answer).toEqual(priceByTryingEverything(question, rules))
          expect(indexPriceRules(rules).resolve(question)).toEqual(resolution)
          expect(resolvePrice(question, rules.toReversed())).toEqual(resolution)
          met.add(answer.kind === 'priced' ? answer.source.kind : answer.reason)
          if (answer.kind === 'priced') {
            if (answer.stale) met.add('stale')
            if (answer.rebate > 0) met.add('rebate')
          }
          for (const step of steps) met.add(step.kind)
        }),
        cases,
      )
      // Else the property would hold of nothing.
      expect([...met].sort()).toEqual([
        'campaign',
        'company_price_list',
        'contract',
        'group_price_list',
        'list_price',
        'no_rebate_on_net_price',
        'no_rule',
        'other_currency_only',
        'passed_over',
        'rebate',
        'stale',
        'synced',
        'used',
      ])
    })

    it('are explained by steps that lead to them and name no price twice', () => {
      assertHolds(
        fc.property(priceQuestion, ruleSet, (question, rules) => {
          const resolution = resolvePrice(question, rules)
          if (resolution.kind === 'missing') return
          const { steps, source, unitPrice } = resolution
          const used = steps.filter((step) => step.kind === 'used')
          expect(used).toEqual([{ kind: 'used', rule: source, price: unitPrice }])
          const named = steps.flatMap((step) => ('rule' in step ? [JSON.stringify(step.rule)] : []))
          expect(new Set(named).size).toBe(named.length)
          const taken = steps.reduce(
            (sum, step) => sum + (step.kind === 'rebate' ? step.rebate : 0),
            0,
          )
          expect(taken).toBe(resolution.rebate)
        }),
        cases,
      )
    })

    it('do not change with rules of other companies, articles, days, currencies or larger breaks', () => {
      const stranger = fc.tuple(fc.oneof(rule, syncedRule), fc.integer({ min: 0, max: 3 }))
      assertHolds(
        fc.property(priceQuestion, ruleSet, fc.array(stranger), (question, rules, strangers) => {
          const foreign = strangers.map(([other, way], index): PriceRule => {
            const id = `stranger ${index}`
            if (way === 0) return { ...other, id, minimumQuantity: question.quantity + 1 }
            if (way === 1) return { ...other, id, from: '2026-12-29', to: '2026-12-29' }
            if (way === 2) return { ...other, id, articleId: 'another' }
            return 'companyId' in other
              ? { ...other, id, companyId: 'another' }
              : { ...other, id, priceListId: 'another' }
          })
          expect(resolvePrice(question, [...foreign, ...rules])).toEqual(
            resolvePrice(question, rules),
          )
        }),
        cases,
      )
    })
  })
}
