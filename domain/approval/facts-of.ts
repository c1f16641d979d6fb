import { discountAgainst, orLowestRate } from '../money/discount'
import { documentMargin, type CostedRow, type UnitCost } from '../money/margin'
import type { Intake, TakenLine } from '../requisition/intake'
import type { IntakeArticle, IntakeLine } from '../requisition/intake-document'
import type { SoundDocument } from '../requisition/judge-document'
import { priceToOrder } from '../requisition/line-price'
import type { MinorUnits, Ppm } from '../units'
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
  const limit = company.creditLimit
  const differing = intake.reasons.find((reason) => reason.kind === 'price_differs')
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
    changedPrices: differing?.kind === 'price_differs' ? differing.lineIds.length : 0,
    overCredit: limit === null ? 0 : Math.max(0, exposure + gross - limit),
    onHold: company.status === 'on_hold',
    firstOrder: grounds.firstOrder,
    orderingRight: group.orderingRight,
    customerGroup: group.id,
    articleGroups: [...new Set(groups)].sort(),
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
  return orLowestRate(() => {
    const margin = documentMargin(rows)
    return margin.kind === 'known' ? margin.margin : null
  })
}

function largestDiscount(lines: readonly TakenLine[]): Ppm | null {
  let largest: Ppm | null = null
  for (const line of lines) {
    const price = priceToOrder(line)
    const discount = price && discountAgainst(line.resolved.listPrice, price, line.vatRate)
    if (discount !== null && (largest === null || discount > largest)) largest = discount
  }
  return largest
}
