import { discountAgainst, orLowestRate } from '../money/discount'
import { documentMargin, type CostedRow, type UnitCost } from '../money/margin'
import { isOfOwnLimit } from '../requisition/decision-reasons'
import { hasOtherPriceThanResolved, type Intake, type TakenLine } from '../requisition/intake'
import type { IntakeArticle, IntakeLine } from '../requisition/intake-document'
import type { SoundDocument } from '../requisition/judge-document'
import { overCredit } from '../requisition/figures'
import { isOtherPrice, priceToOrder, quoted, type QuotedPrice } from '../requisition/line-price'
import type { Milli, MinorUnits, Ppm } from '../units'
import type { ApprovalFacts } from './facts'

/** What the facts of a document are found in. */
export interface FactGrounds {
  readonly document: SoundDocument<IntakeLine, IntakeArticle & { readonly cost: UnitCost | null }>
  readonly intake: Intake
  /** See `DecisionGrounds`. */
  readonly exposure: MinorUnits
  /** Null where nobody looked, since no rule asks. */
  readonly shortLines: number | null
  readonly firstOrder: boolean | null
}

/** What rules look at, of a document that has been taken in. */
export function factsOf(grounds: FactGrounds): ApprovalFacts {
  const { document, intake, exposure } = grounds
  const { company, group, kind, lines } = document
  const { net, gross } = intake.totals
  const groups = lines.flatMap(({ article }) => (article.groupId === null ? [] : [article.groupId]))
  return {
    kind,
    currency: company.currency,
    net,
    gross,
    margin: marginOf(grounds),
    discount: largestDiscount(intake.lines),
    lines: lines.length,
    shortLines: grounds.shortLines,
    changedPrices: intake.lines.filter(hasOtherPriceThanResolved).length,
    overCredit: overCredit(company.creditLimit, exposure, gross),
    onHold: company.status === 'on_hold',
    overOwnLimit: intake.reasons.some(isOfOwnLimit),
    firstOrder: grounds.firstOrder,
    orderingRight: group.orderingRight,
    customerGroup: group.id,
    articleGroups: [...new Set(groups)].sort(),
  }
}

/** A line at the price it is ordered at, with what that is compared with. */
export interface RepricedLine extends Pick<TakenLine, 'resolved' | 'vatRate'> {
  readonly quantity: Milli
  readonly price: QuotedPrice | null
  readonly cost: UnitCost | null
}

/** What rules look at when some lines are ordered at other prices than when the revision was judged. */
export function repricedFacts(
  facts: ApprovalFacts,
  lines: readonly RepricedLine[],
  sums: Pick<ApprovalFacts, 'net' | 'gross' | 'overCredit' | 'overOwnLimit'>,
): ApprovalFacts {
  const rows = lines.flatMap(({ price, quantity, vatRate, cost }) =>
    price ? [{ price: price.unitPrice, quantity, rebate: price.rebate, vatRate, cost }] : [],
  )
  return {
    ...facts,
    ...sums,
    margin: rows.length < lines.length ? null : marginOfRows(rows),
    discount: largestOf(
      lines.map(
        ({ price, resolved, vatRate }) =>
          price && discountAgainst(resolved.listPrice, price, vatRate),
      ),
    ),
    changedPrices: lines.filter(
      ({ price, resolved, ...row }) => price !== null && isOtherPrice(price, quoted(resolved), row),
    ).length,
  }
}

/** Null as soon as one line has no price or no known cost: a part of it would tell nothing of the whole. */
function marginOf({ document, intake }: FactGrounds): Ppm | null {
  const rows: CostedRow[] = []
  for (const [at, { article }] of document.lines.entries()) {
    const taken = intake.lines[at]
    const price = taken && priceToOrder(taken)
    if (!price) return null
    const { line, vatRate } = taken
    const { unitPrice, rebate } = price
    rows.push({ price: unitPrice, quantity: line.quantity, rebate, vatRate, cost: article.cost })
  }
  return marginOfRows(rows)
}

function marginOfRows(rows: readonly CostedRow[]): Ppm | null {
  return orLowestRate(() => {
    const margin = documentMargin(rows)
    return margin.kind === 'known' ? margin.margin : null
  })
}

function largestDiscount(lines: readonly TakenLine[]): Ppm | null {
  return largestOf(
    lines.map((line) => {
      const price = priceToOrder(line)
      return price && discountAgainst(line.resolved.listPrice, price, line.vatRate)
    }),
  )
}

function largestOf(rates: readonly (Ppm | null)[]): Ppm | null {
  return rates.reduce<Ppm | null>(
    (largest, rate) => (rate !== null && (largest === null || rate > largest) ? rate : largest),
    null,
  )
}
