import { dayNumber } from '../calendar'
import { ONE_UNIT, type CalendarDate, type Milli } from '../units'
import { commitmentsNotContained, type OrderLineDemand } from './commitments'
import { firstAt, NO_DAY, NO_LEAD_TIME, type StockBlock } from './stock-block'

/** What is shown for a quantity, in the order of preference of the domain: see `Availability`. */
export const standingKinds = ['deliverable', 'promised', 'lead_time', 'out_of_stock'] as const
export type StandingKind = (typeof standingKinds)[number]

/** In `Standings.marks`: inbound that should have come already. */
export const LATE = 1
/** In `Standings.marks`: less can be delivered today than is to be kept. */
export const BELOW_SAFETY = 2

/** How each balance of a block stands for one unit, in the block’s order. */
export interface Standings {
  /** What can leave today without taking what is promised later; below 0 where more is promised. */
  readonly deliverable: Float64Array
  /** Of `standingKinds`, by its place. */
  readonly kind: Uint8Array
  /** The day it is promised for, where it is; else `NO_DAY`. */
  readonly day: Int32Array
  readonly marks: Uint8Array
}

/**
 * Count all balances of a block: the same as `availabilityOf` says of each for one unit, without an
 * object for any of them, since a wholesaler has a million.
 *
 * @param demandsOf lines of our own orders for an article by warehouse, contained in the report or not;
 * undefined where there are none
 */
export function standingsOf(
  block: StockBlock,
  demandsOf: (articleId: string) => ReadonlyMap<string, readonly OrderLineDemand[]> | undefined,
  today: CalendarDate,
): Standings {
  const { balances, backlog, inbound } = block
  const count = balances.article.length
  const standings: Standings = {
    deliverable: new Float64Array(count),
    kind: new Uint8Array(count),
    day: new Int32Array(count),
    marks: new Uint8Array(count),
  }
  const now = dayNumber(today)
  const moves = new Movements(now)
  const own = block.articles.map(demandsOf)
  let order = 0
  let arrival = 0
  for (let at = 0; at < count; at += 1) {
    let marks = 0
    moves.clear(balances.onHand[at] ?? 0)
    for (; backlog.balance[order] === at; order += 1) {
      moves.add(Math.max(now, backlog.day[order] ?? NO_DAY), -(backlog.quantity[order] ?? 0))
    }
    for (; inbound.balance[arrival] === at; arrival += 1) {
      const day = inbound.day[arrival] ?? NO_DAY
      if (day >= now) moves.add(day, inbound.quantity[arrival] ?? 0)
      else if (day !== NO_DAY) marks = LATE
    }
    const demands = own[balances.article[at] ?? -1]?.get(
      block.warehouses[balances.warehouse[at] ?? -1] ?? '',
    )
    if (demands) {
      const observedAt = new Date(balances.observedAt[at] ?? 0).toISOString()
      for (const { quantity, plannedDate } of commitmentsNotContained(demands, { observedAt })) {
        const day = plannedDate === null ? now : Math.max(now, dayNumber(plannedDate))
        moves.add(day, -quantity)
      }
    }
    const safety = balances.safetyStock[at] ?? 0
    const { deliverable, day } = moves.firstWith(safety + ONE_UNIT)
    standings.deliverable[at] = deliverable
    standings.day[at] = day !== NO_DAY && day > now ? day : NO_DAY
    standings.kind[at] =
      day === now ? 0 : day !== NO_DAY ? 1 : balances.leadTimeDays[at] === NO_LEAD_TIME ? 3 : 2
    standings.marks[at] = marks | (deliverable < safety ? BELOW_SAFETY : 0)
  }
  return standings
}

/** The balances of one article of a block: from the first up to the one before `to`. */
export function balancesOf(
  { articles, balances }: StockBlock,
  articleId: string,
): { readonly from: number; readonly to: number } {
  const place = articles.indexOf(articleId)
  if (place < 0) return { from: 0, to: 0 }
  return { from: firstAt(balances.article, place), to: firstAt(balances.article, place + 1) }
}

/** What comes and goes by day, today first; used again for each balance. */
class Movements {
  readonly #today: number
  readonly #days: number[] = []
  readonly #moved: Milli[] = []
  #count = 0

  constructor(today: number) {
    this.#today = today
  }

  clear(onHand: Milli): void {
    this.#days[0] = this.#today
    this.#moved[0] = onHand
    this.#count = 1
  }

  /** Keeps the days in order; there are few, and they mostly come so. */
  add(day: number, quantity: Milli): void {
    let at = this.#count
    while (at > 0 && (this.#days[at - 1] ?? 0) > day) at -= 1
    if (at > 0 && this.#days[at - 1] === day) {
      this.#moved[at - 1] = (this.#moved[at - 1] ?? 0) + quantity
      return
    }
    for (let later = this.#count; later > at; later -= 1) {
      this.#days[later] = this.#days[later - 1] ?? 0
      this.#moved[later] = this.#moved[later - 1] ?? 0
    }
    this.#days[at] = day
    this.#moved[at] = quantity
    this.#count += 1
  }

  /** deliverable(today), and the first day on which so much can leave; `NO_DAY` when there is none. */
  firstWith(quantity: Milli): { readonly deliverable: Milli; readonly day: number } {
    let balance = 0
    for (let at = 0; at < this.#count; at += 1) balance += this.#moved[at] ?? 0
    // From the last day back: what can leave on a day is the least that there is from then on.
    let least = Infinity
    let day = NO_DAY
    for (let at = this.#count - 1; at >= 0; at -= 1) {
      least = Math.min(least, balance)
      if (least >= quantity) day = this.#days[at] ?? NO_DAY
      balance -= this.#moved[at] ?? 0
    }
    return { deliverable: least, day }
  }
}
