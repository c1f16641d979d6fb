import type { MasterDataInput } from '../../contract/master-data'
import type { WorkCalendar } from '../../domain/article'
import { addDays, workingDayFrom } from '../../domain/calendar'
import { printDecimal } from '../../domain/money/decimal'
import type { CalendarDate, Instant } from '../../domain/units'
import type { ArticleSeed } from './articles'
import { stagedStock, type StagedPosition } from './data/staged-stock'
import { warehouses } from './data/warehouses'
import { createRandom, type Random } from './random'

type Rows = { [K in 'balance' | 'backlog' | 'inbound']: MasterDataInput<K>[] }

interface StockContext {
  readonly today: CalendarDate
  readonly calendar: WorkCalendar
  /** When the ERP was read. */
  readonly observedAt: Instant
}

const source = 'Standard ERP'

export function makeStock(
  seed: number,
  articles: readonly ArticleSeed[],
  context: StockContext,
): Rows {
  const random = createRandom(seed, 'stock')
  const rows: Rows = { balance: [], backlog: [], inbound: [] }
  const dated = { ...context, dateIn: datesFrom(context) }
  for (const article of articles) {
    const staged = stagedStock[article.id]
    for (const { id: warehouse, carries, size } of warehouses) {
      // Drawn in any case, so that what is staged for one article changes nothing for the next.
      const drawn = random.chance(carries) ? drawPosition(article, size, random) : null
      const position = staged ? staged[warehouse] : drawn
      if (position) addRows(rows, article, warehouse, position, dated)
    }
  }
  return rows
}

/** What a customer takes at a time, in milli: dear things singly, cheap ones by the box. */
export function usualQuantity(article: ArticleSeed, random: Random): number {
  const kronor = article.cost / 100
  const wanted =
    kronor < 5
      ? random.pick([100, 200, 300, 500])
      : kronor < 40
        ? random.pick([10, 20, 25, 50, 60, 100])
        : kronor < 250
          ? random.pick([2, 4, 5, 6, 10, 12, 20])
          : kronor < 2_000
            ? random.pick([1, 2, 2, 3, 4, 6])
            : random.pick([1, 1, 1, 2])
  return toStep(Math.max(wanted * 1_000, article.minimum), article.step)
}

/** The allowed quantity at or above one, both in milli. */
export function toStep(quantity: number, step: number): number {
  return Math.ceil(quantity / step) * step
}

/** A position in whole units, as staged ones are. Served meals are never in stock. */
function drawPosition(article: ArticleSeed, size: number, random: Random): StagedPosition | null {
  const [shortest, longest] = article.group.leadTime
  const leadTime = article.row.status === 'discontinued' ? null : random.whole(shortest, longest)
  if (article.group.vat === 'catering') return size === 1 ? { onHand: 0, leadTime } : null
  const lot = usualQuantity(article, random) / 1_000
  const share = (factor: number) => rounded(article, lot * factor * Math.max(size, 0.2))
  const mood = random.next()
  const onHand = mood < 0.09 ? 0 : share(1 + random.next() * 9)
  const backlog: [number, number | null][] = []
  if (random.chance(0.22)) backlog.push([share(0.5 + random.next() * 2), random.whole(1, 45)])
  if (random.chance(0.07)) backlog.push([share(0.5 + random.next()), null])
  if (random.chance(0.05)) backlog.push([share(0.3 + random.next()), -random.whole(1, 12)])
  const inbound: [number, number | null, 'confirmed' | 'planned'][] = []
  const isBought = article.row.status !== 'discontinued' && size > 0.1
  if (isBought && random.chance(mood < 0.09 ? 0.6 : 0.22)) {
    inbound.push([
      share(3 + random.next() * 8),
      random.whole(2, 40),
      random.chance(0.7) ? 'confirmed' : 'planned',
    ])
  }
  if (isBought && random.chance(0.08))
    inbound.push([share(3 + random.next() * 5), random.whole(41, 90), 'planned'])
  if (isBought && random.chance(0.03))
    inbound.push([share(2 + random.next() * 4), -random.whole(1, 15), 'confirmed'])
  if (isBought && random.chance(0.03)) inbound.push([share(2 + random.next() * 4), null, 'planned'])
  return {
    onHand,
    safetyStock: random.chance(0.3) ? rounded(article, onHand * 0.1) : 0,
    leadTime,
    backlog: backlog.filter(([quantity]) => quantity > 0),
    inbound: inbound.filter(([quantity]) => quantity > 0),
  }
}

/** A multiple of what the article is sold in; one decimal for what is cut or weighed. */
function rounded(article: ArticleSeed, quantity: number): number {
  if (article.step < 1_000) return Math.round(quantity * 10) / 10
  return (Math.round((quantity * 1_000) / article.step) * article.step) / 1_000
}

function addRows(
  rows: Rows,
  { id: article }: ArticleSeed,
  warehouse: string,
  position: StagedPosition,
  context: StockContext & { readonly dateIn: (days: number) => CalendarDate },
) {
  rows.balance.push({
    article,
    warehouse,
    onHand: units(position.onHand),
    safetyStock: units(position.safetyStock ?? 0),
    leadTimeDays: position.leadTime,
    source,
    observedAt: context.observedAt,
  })
  position.backlog?.forEach(([quantity, inDays], index) => {
    rows.backlog.push({
      id: `S-${article}/${warehouse}/${index + 1}`,
      article,
      warehouse,
      quantity: units(quantity),
      plannedDate: inDays === null ? null : context.dateIn(inDays),
    })
  })
  position.inbound?.forEach(([quantity, inDays, state], index) => {
    rows.inbound.push({
      id: `B-${article}/${warehouse}/${index + 1}`,
      article,
      warehouse,
      quantity: units(quantity),
      date: inDays === null ? null : context.dateIn(inDays),
      confirmed: state === 'confirmed',
    })
  })
}

/**
 * Dates so many days from today, each worked out once. Goods come and go on working days; what is
 * past stays where it was.
 */
function datesFrom({ today, calendar }: StockContext): (days: number) => CalendarDate {
  const dates = new Map<number, CalendarDate>()
  return (days) => {
    let date = dates.get(days)
    if (date === undefined) {
      date = days < 0 ? addDays(today, days) : workingDayFrom(addDays(today, days), calendar)
      dates.set(days, date)
    }
    return date
  }
}

/** Whole units with at most three decimals as a decimal string. */
function units(quantity: number): string {
  return printDecimal(Math.round(quantity * 1_000), 3)
}
