import type { MasterDataInput } from '../../contract/master-data'
import { printDecimal } from '../../domain/money/decimal'
import type { CalendarDate } from '../../domain/units'
import { families } from './data/families'
import { groups, type GroupData } from './data/groups'
import { stagedPrices } from './data/staged-prices'
import type { ArticleFamily, AxisValue } from './family'
import { createRandom, type Random } from './random'

/** An article with the figures that prices and stock are made from. */
export interface ArticleSeed {
  readonly row: MasterDataInput<'article'>
  readonly id: string
  readonly group: GroupData
  /** Öre a unit. */
  readonly cost: number
  /** Öre a unit; null when the price is given on request. */
  readonly listPrice: number | null
  /** Milli; the least that can be had, and what it grows by. */
  readonly minimum: number
  readonly step: number
}

export function makeArticles(seed: number, today: CalendarDate): ArticleSeed[] {
  const random = createRandom(seed, 'articles')
  return groups.flatMap((group) =>
    (families[group.id] ?? []).flatMap((family) => {
      // Drawn once, so that the larger size of a thing is never the cheaper one.
      const terms = {
        margin: (family.margin ?? group.margin) + random.whole(-3, 3),
        supplier: random.pick(group.suppliers),
        vat: vatRate(group, today),
      }
      return combinations(Object.entries(family.axes)).map((values) =>
        makeArticle(family, group, values, terms, random),
      )
    }),
  )
}

export function makeGroupRows(): MasterDataInput<'article_group'>[] {
  return groups.map(({ id, sv, en }) => ({ id, nameSv: sv, nameEn: en }))
}

/**
 * Per cent. Food is at 6 from April 2026 to the end of 2027 (bill 2025/26:55) and at 12 around that;
 * meals that are served stay at 12, books at 6.
 */
function vatRate(group: GroupData, today: CalendarDate): string {
  switch (group.vat) {
    case 'standard':
      return '25'
    case 'catering':
      return '12'
    case 'books':
      return '6'
    case 'food':
      return today >= '2026-04-01' && today <= '2027-12-31' ? '6' : '12'
  }
}

function makeArticle(
  family: ArticleFamily,
  group: GroupData,
  values: readonly (readonly [axis: string, AxisValue])[],
  terms: { readonly margin: number; readonly supplier: string; readonly vat: string },
  random: Random,
): ArticleSeed {
  const id = `${family.prefix}-${values.map(([, value]) => value.code).join('')}`
  const staged = stagedPrices[id]
  const costFactor = values.reduce((product, [, value]) => product * value.cost, 1)
  const weightFactor = values.reduce((product, [, value]) => product * value.weight, 1)
  const drawnCost = Math.max(
    3,
    Math.round(family.cost * 100 * costFactor * (0.99 + random.next() * 0.02)),
  )
  const cost = staged?.cost ?? drawnCost
  const onRequest = staged?.listPrice === null
  const listPrice = staged?.listPrice ?? roundPrice((cost * 100) / (100 - terms.margin))
  const { unit, pack } = soldAs(family.sold)
  const minimum = family.minimum ? Math.round(family.minimum * 1_000) : pack
  const precision = family.precision ?? 0
  const grams = Math.round(family.grams * weightFactor)
  return {
    id,
    group,
    cost,
    listPrice: onRequest ? null : listPrice,
    minimum: Math.max(minimum, 10 ** (3 - precision)),
    step: pack || 10 ** (3 - precision),
    row: {
      id,
      nameSv: withValues(family.sv, values, 'sv'),
      nameEn: withValues(family.en, values, 'en'),
      unit,
      precision,
      packMultiple: printDecimal(pack, 3),
      minimumQuantity: printDecimal(minimum, 3),
      group: group.id,
      vatRate: terms.vat,
      listPrice: onRequest ? null : kronor(listPrice),
      currency: 'SEK',
      cost: kronor(cost),
      supplier: terms.supplier,
      ...(grams > 0 ? { weightGrams: grams } : {}),
      status: !staged && random.chance(0.012) ? 'discontinued' : 'active',
    },
  }
}

/** `10 st` is a pack of ten; the pack is 0 where any quantity will do. */
function soldAs(sold: string): { unit: string; pack: number } {
  const [first = '', second] = sold.split(' ')
  return second
    ? { unit: second, pack: Math.round(Number(first) * 1_000) }
    : { unit: first, pack: 0 }
}

function withValues(
  template: string,
  values: readonly (readonly [axis: string, AxisValue])[],
  language: 'sv' | 'en',
): string {
  const filled = values.reduce(
    (text, [axis, value]) => text.replace(`{${axis}}`, value[language]),
    template,
  )
  return filled.charAt(0).toUpperCase() + filled.slice(1)
}

function combinations(
  axes: readonly (readonly [string, readonly AxisValue[]])[],
): (readonly [string, AxisValue])[][] {
  return axes.reduce<(readonly [string, AxisValue])[][]>(
    (rows, [axis, values]) =>
      rows.flatMap((row) => values.map((value) => [...row, [axis, value] as const])),
    [[]],
  )
}

/** Öre as a price in kronor: 1840 is "18.40". */
export function kronor(ore: number): string {
  return printDecimal(ore, 2, 2)
}

/** Prices as sellers write them: 5 öre, 50 öre, 1 krona and 10 kronor apart as they grow. */
export function roundPrice(ore: number): number {
  const step = ore < 500 ? 1 : ore < 5_000 ? 5 : ore < 50_000 ? 50 : ore < 500_000 ? 100 : 1_000
  return Math.max(1, Math.round(ore / step) * step)
}
