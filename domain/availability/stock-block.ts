import { dateOf, dayNumber } from '../calendar'
import type { CalendarDate } from '../units'
import type { StockPosition } from './position'

/** One number for each row, in a list or packed. */
export type Column = ArrayLike<number>

/** In a column of days: there is none. No calendar date lies so far back. */
export const NO_DAY = -1_000_000
/** In the column of lead times: no purchase can be made. */
export const NO_LEAD_TIME = -1

/**
 * Stock of a block of articles as its sources reported it, by columns: a wholesaler has a million
 * balances, and told, kept and counted like this none of them costs an object. Quantities are milli
 * units, days are counted from 1970-01-01.
 */
export interface StockBlock<C extends Column = Column> {
  readonly articles: readonly string[]
  readonly warehouses: readonly string[]
  readonly sources: readonly string[]
  /** A row for each article in each warehouse, those of one article together, in the order of `articles`. */
  readonly balances: {
    /** Places in the lists above. */
    readonly article: C
    readonly warehouse: C
    readonly source: C
    readonly onHand: C
    readonly safetyStock: C
    /** Working days, or `NO_LEAD_TIME`. */
    readonly leadTimeDays: C
    /** Milliseconds of the epoch. */
    readonly observedAt: C
  }
  /** Ordered by the balance that each belongs to, by its place. */
  readonly backlog: { readonly balance: C; readonly quantity: C; readonly day: C }
  readonly inbound: {
    readonly balance: C
    readonly quantity: C
    readonly day: C
    /** 1 where it is confirmed. */
    readonly confirmed: C
  }
}

/** Positions by article and warehouse. */
export type Positions = Readonly<Record<string, Readonly<Record<string, StockPosition>>>>

/** Puts positions into columns. */
export function stockBlockOf(positions: Positions) {
  const warehouses = new Places()
  const sources = new Places()
  const column = (): number[] => []
  const block = {
    articles: Object.keys(positions),
    warehouses: warehouses.names,
    sources: sources.names,
    balances: {
      article: column(),
      warehouse: column(),
      source: column(),
      onHand: column(),
      safetyStock: column(),
      leadTimeDays: column(),
      observedAt: column(),
    },
    backlog: { balance: column(), quantity: column(), day: column() },
    inbound: { balance: column(), quantity: column(), day: column(), confirmed: column() },
  } satisfies StockBlock<number[]>
  const { balances, backlog, inbound } = block
  for (const [article, byWarehouse] of Object.values(positions).entries()) {
    for (const [warehouse, position] of Object.entries(byWarehouse)) {
      const at = balances.article.push(article) - 1
      balances.warehouse.push(warehouses.of(warehouse))
      balances.source.push(sources.of(position.source))
      balances.onHand.push(position.onHand)
      balances.safetyStock.push(position.safetyStock)
      balances.leadTimeDays.push(position.leadTimeDays ?? NO_LEAD_TIME)
      balances.observedAt.push(Date.parse(position.observedAt))
      for (const { quantity, plannedDate } of position.backlog) {
        backlog.balance.push(at)
        backlog.quantity.push(quantity)
        backlog.day.push(dayOf(plannedDate))
      }
      for (const { quantity, date, confirmed } of position.inbound) {
        inbound.balance.push(at)
        inbound.quantity.push(quantity)
        inbound.day.push(dayOf(date))
        inbound.confirmed.push(confirmed ? 1 : 0)
      }
    }
  }
  return block
}

/** An article's positions by warehouse; none where the block does not hold it. */
export function positionsOf(block: StockBlock, article: string): Record<string, StockPosition> {
  const positions: Record<string, StockPosition> = {}
  const { balances } = block
  const place = block.articles.indexOf(article)
  if (place < 0) return positions
  const end = firstAt(balances.article, place + 1)
  for (let at = firstAt(balances.article, place); at < end; at += 1) {
    const leadTimeDays = balances.leadTimeDays[at] ?? NO_LEAD_TIME
    positions[block.warehouses[balances.warehouse[at] ?? -1] ?? ''] = {
      onHand: balances.onHand[at] ?? 0,
      safetyStock: balances.safetyStock[at] ?? 0,
      leadTimeDays: leadTimeDays === NO_LEAD_TIME ? null : leadTimeDays,
      source: block.sources[balances.source[at] ?? -1] ?? '',
      observedAt: new Date(balances.observedAt[at] ?? 0).toISOString(),
      backlog: linesAt(block.backlog, at, (line) => ({
        quantity: block.backlog.quantity[line] ?? 0,
        plannedDate: dateAt(block.backlog.day[line]),
      })),
      inbound: linesAt(block.inbound, at, (line) => ({
        quantity: block.inbound.quantity[line] ?? 0,
        date: dateAt(block.inbound.day[line]),
        confirmed: block.inbound.confirmed[line] === 1,
      })),
    }
  }
  return positions
}

/** The place of the first that is not below a value, in a column that is in order. */
export function firstAt(column: Column, value: number): number {
  let from = 0
  let to = column.length
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((column[middle] ?? 0) < value) from = middle + 1
    else to = middle
  }
  return from
}

function linesAt<T>(
  { balance }: { readonly balance: Column },
  at: number,
  lineAt: (line: number) => T,
): T[] {
  const lines: T[] = []
  for (let line = firstAt(balance, at); balance[line] === at; line += 1) lines.push(lineAt(line))
  return lines
}

function dayOf(date: CalendarDate | null): number {
  return date === null ? NO_DAY : dayNumber(date)
}

function dateAt(day: number | undefined): CalendarDate | null {
  return day === undefined || day === NO_DAY ? null : dateOf(day)
}

/** Names, each once, in the order in which they came. */
class Places {
  readonly names: string[] = []
  readonly #places = new Map<string, number>()

  of(name: string): number {
    let place = this.#places.get(name)
    if (place === undefined) {
      place = this.names.push(name) - 1
      this.#places.set(name, place)
    }
    return place
  }
}
