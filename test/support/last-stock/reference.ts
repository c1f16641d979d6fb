import { sql, type Kysely } from 'kysely'
import type { WorkCalendar } from '../../../domain/article'
import type { AvailabilityInput } from '../../../domain/availability/availability'
import type { Availability, Commitment } from '../../../domain/availability/position'
import { todayIn, workingDayFrom } from '../../../domain/calendar'
import type { Database } from '../../../gateway/database/schema'
import { availabilityByLivingThrough, liveThrough } from '../properties/availability-reference'
import type { Outcome } from './approver'

/** An article in a warehouse as the source reported it. */
interface Place {
  readonly article: string
  readonly warehouse: string
  readonly isOpened: boolean
  readonly position: AvailabilityInput['position']
}

export interface PlacedLine {
  readonly id: string
  readonly article: string
  readonly warehouse: string | null
  readonly quantity: number
  readonly plannedDate: string | null
  readonly expectedDate: string | null
}

type Wanted = Pick<PlacedLine, 'article' | 'quantity' | 'plannedDate'>

export interface PlacedOrder {
  readonly requisitionId: string
  readonly number: string
  readonly lines: readonly PlacedLine[]
}

/** What a round left behind, read from the database, and what those who gave up had wanted. */
export interface Evidence {
  readonly today: string
  readonly calendar: WorkCalendar
  readonly places: readonly Place[]
  /** In the order in which they were decided: a number is drawn with the stock held. */
  readonly orders: readonly PlacedOrder[]
  readonly outcomes: readonly Outcome[]
  /** The lines of those that gave up. */
  readonly wanted: readonly (readonly Wanted[])[]
}

/** Read what there is of some articles. */
export async function evidenceOf(
  db: Kysely<Database>,
  articles: readonly string[],
  outcomes: readonly Outcome[],
): Promise<Evidence> {
  const seller = await db.selectFrom('seller').select('time_zone').executeTakeFirstOrThrow()
  const holidays = await sql<{ date: string }>`select date::text from holiday`.execute(db)
  const [balances, backlog, inbound] = await Promise.all([
    db
      .selectFrom('stock_balance as b')
      .innerJoin('warehouse as w', 'w.id', 'b.warehouse_id')
      .selectAll('b')
      .select('w.open_to_webshop')
      .where('b.article_id', 'in', articles)
      .execute(),
    db.selectFrom('stock_backlog').selectAll().where('article_id', 'in', articles).execute(),
    db.selectFrom('stock_inbound').selectAll().where('article_id', 'in', articles).execute(),
  ])
  const ids = outcomes.map(({ requisitionId }) => requisitionId)
  const [orders, requisitions] = await Promise.all([
    db.selectFrom('sales_order').select(['number', 'body']).where('source_id', 'in', ids).execute(),
    db.selectFrom('requisition').select(['id', 'body']).where('id', 'in', ids).execute(),
  ])
  return {
    today: todayIn(seller.time_zone, new Date().toISOString()),
    calendar: { holidays: new Set(holidays.rows.map(({ date }) => date)) },
    places: balances.map((row) => {
      const isHere = (one: { readonly article_id: string; readonly warehouse_id: string }) =>
        one.article_id === row.article_id && one.warehouse_id === row.warehouse_id
      return {
        article: row.article_id,
        warehouse: row.warehouse_id,
        isOpened: row.open_to_webshop,
        position: {
          onHand: row.on_hand,
          safetyStock: row.safety_stock,
          leadTimeDays: row.lead_time_days,
          source: row.source,
          observedAt: row.observed_at.toISOString(),
          backlog: backlog
            .filter(isHere)
            .map(({ quantity, planned_date }) => ({ quantity, plannedDate: planned_date })),
          inbound: inbound.filter(isHere),
        },
      }
    }),
    orders: orders
      .sort((a, b) => Number(a.number.slice(2)) - Number(b.number.slice(2)))
      .map(({ number, body }) => ({
        number,
        requisitionId: body.source.id,
        lines: body.lines.map((line) => ({
          id: line.id,
          article: line.articleId,
          warehouse: line.warehouseId,
          quantity: line.quantity,
          plannedDate: line.requestedDate,
          expectedDate: line.expectedDate,
        })),
      })),
    outcomes,
    wanted: outcomes.flatMap(({ requisitionId, end }) => {
      const row = requisitions.find(({ id }) => id === requisitionId)
      if (end.kind === 'ordered' || !row) return []
      return [
        row.body.lines.map(({ articleId: article, quantity, requestedDate: plannedDate }) => ({
          article,
          quantity,
          plannedDate,
        })),
      ]
    }),
  }
}

/** What must hold of every round, however the eight came after one another: each says what is against it. */
export const demands = {
  'everybody got one order, or gave up and got none': ({ orders, outcomes }) =>
    outcomes.flatMap(({ requisitionId, end }) => {
      const own = orders.filter((order) => order.requisitionId === requisitionId)
      const told = end.kind === 'ordered' ? [end.orderNumber] : []
      const numbers = own.map(({ number }) => number)
      return JSON.stringify(numbers) === JSON.stringify(told)
        ? []
        : [`${requisitionId} was told ${told.join()} and has ${numbers.join()}`]
    }),

  'who held what they saw was refused nothing': ({ outcomes }) =>
    outcomes.flatMap(({ by, isHeld, refusals, splits }) =>
      isHeld && splits === 0 && refusals > 0 ? [`${by} was refused ${refusals} times`] : [],
    ),

  'only warehouses that are opened are taken from': ({ orders, places }) =>
    orders.flatMap(({ number, lines }) =>
      lines
        .filter(({ article, warehouse }) => !placeOf(places, article, warehouse)?.isOpened)
        .map((line) => `${number} takes ${line.article} from ${line.warehouse}`),
    ),

  'no day has more promised by it than there is by then': ({ orders, places, today, ...rest }) =>
    places.flatMap(({ article, warehouse, position }) => {
      const lines = orders
        .flatMap((order) => order.lines)
        .filter((line) => line.article === article && line.warehouse === warehouse)
      // What is bought in for a line is no stock that could be promised twice.
      const bound = lines.filter((line) => !isBoughtIn(line, position, { today, ...rest }))
      const days = liveThrough({ position, commitments: [], today })
      return days.flatMap(({ date: day }, at) => {
        // Nothing moves after the last day.
        const isLast = at === days.length - 1
        const due = bound.filter((line) => isLast || leavesBy(line, day, { today, ...rest }))
        const promised = sum(due.filter(({ expectedDate }) => expectedDate !== null))
        const least = Math.min(...days.slice(at).map(({ closing }) => closing))
        const there = Math.max(0, least - position.safetyStock)
        return promised <= there
          ? []
          : [`${article} in ${warehouse} by ${day}: ${promised} promised of ${there}`]
      })
    }),

  'nobody was promised later than an opened warehouse could, or some between them': (evidence) => {
    const { orders, today, calendar } = evidence
    const taken = new Taken(evidence)
    return orders.flatMap(({ number, lines }) =>
      lines.flatMap((line) => {
        const found: string[] = []
        const from = taken.answers(line.article, line.quantity)
        const own = from.find(({ warehouse }) => warehouse === line.warehouse)
        const expected = own ? dayOf(own.availability, today) : null
        const told = expected && workingDayFrom(expected, calendar)
        const what = `${number}: ${line.quantity} of ${line.article} from ${line.warehouse}`
        if (told !== line.expectedDate) {
          found.push(`${what} is told ${line.expectedDate}, and is ${told}`)
        }
        const better = from.find(({ availability }) =>
          isSooner(dayOf(availability, today), expected),
        )
        if (better) found.push(`${what}: ${better.warehouse} has it sooner`)
        if (expected !== today && taken.between(line.article) >= line.quantity) {
          found.push(`${what}: warehouses had it now between them`)
        }
        taken.take(line)
        return found
      }),
    )
  },

  'who gave up wanted what nobody could deliver': (evidence) => {
    const { today, orders } = evidence
    // Stock has only become less since they looked.
    return evidence.wanted.flatMap((lines) => {
      const taken = new Taken(evidence)
      for (const line of orders.flatMap((order) => order.lines)) taken.take(line)
      const isThere = lines.every((line) => {
        const [first] = taken
          .answers(line.article, line.quantity)
          .filter(({ availability }) => dayOf(availability, today) !== null)
        if (first) taken.take({ ...line, warehouse: first.warehouse })
        return first !== undefined || taken.between(line.article) >= line.quantity
      })
      return isThere ? [`${JSON.stringify(lines)} can be delivered`] : []
    })
  },
} satisfies Record<string, (evidence: Evidence) => readonly string[]>

/** What is no more than fair only while nothing is held: who comes first is else not who orders first. */
const ofThoseWhoHoldNothing: ReadonlySet<string> = new Set<keyof typeof demands>([
  'nobody was promised later than an opened warehouse could, or some between them',
  'who gave up wanted what nobody could deliver',
])

/** Everything that is against a round. */
export function against(
  evidence: Evidence,
  { isHeld = false }: { readonly isHeld?: boolean } = {},
): readonly string[] {
  return Object.entries(demands)
    .filter(([demand]) => !isHeld || !ofThoseWhoHoldNothing.has(demand))
    .flatMap(([demand, find]) => find(evidence).map((what) => `${demand}: ${what}`))
}

/** What the orders so far have taken, counted on beside what the source reported. */
class Taken {
  private readonly commitments = new Map<Place, Commitment[]>()

  constructor(private readonly evidence: Evidence) {}

  private opened(article: string): readonly Place[] {
    return this.evidence.places.filter((place) => place.article === article && place.isOpened)
  }

  private input(place: Place): AvailabilityInput {
    const { today, calendar } = this.evidence
    const commitments = this.commitments.get(place) ?? []
    return { position: place.position, commitments, today, calendar }
  }

  answers(article: string, quantity: number) {
    return this.opened(article).map((place) => ({
      warehouse: place.warehouse,
      availability: availabilityByLivingThrough(this.input(place), quantity),
    }))
  }

  /** What the warehouses can deliver now between them, in whole units of each. */
  between(article: string): number {
    return this.opened(article).reduce((total, place) => {
      const least = Math.min(...liveThrough(this.input(place)).map(({ closing }) => closing))
      const left = Math.max(0, least - place.position.safetyStock)
      return total + Math.floor(left / 1_000) * 1_000
    }, 0)
  }

  take({
    article,
    warehouse,
    quantity,
    plannedDate,
  }: Wanted & Pick<PlacedLine, 'warehouse'>): void {
    const place = placeOf(this.evidence.places, article, warehouse)
    if (!place) return
    const before = this.commitments.get(place) ?? []
    this.commitments.set(place, [...before, { quantity, plannedDate }])
  }
}

function placeOf(
  places: readonly Place[],
  article: string,
  warehouse: string | null,
): Place | undefined {
  return places.find((one) => one.article === article && one.warehouse === warehouse)
}

type Days = Pick<Evidence, 'today' | 'calendar'>

/** The day on which it can leave; null where nobody can say. */
function dayOf(availability: Availability, today: string): string | null {
  switch (availability.kind) {
    case 'deliverable':
      return today
    case 'promised':
    case 'lead_time':
      return availability.date
    case 'out_of_stock':
      return null
  }
}

function isSooner(a: string | null, b: string | null): boolean {
  return a !== null && (b === null || a < b)
}

function isBoughtIn(line: PlacedLine, position: Place['position'], days: Days): boolean {
  const empty = { position: { ...position, onHand: 0, backlog: [], inbound: [] }, commitments: [] }
  const bought = availabilityByLivingThrough({ ...empty, ...days }, line.quantity)
  return bought.kind === 'lead_time' && line.expectedDate === bought.date
}

/** A line leaves when it can and is wanted, whichever is later. What is told as now is of today, whatever day that is. */
function leavesBy(
  { expectedDate, plannedDate }: PlacedLine,
  day: string,
  { today, calendar }: Days,
): boolean {
  if (expectedDate === null) return false
  const isNow = expectedDate === workingDayFrom(today, calendar)
  const leaves = isNow ? today : expectedDate
  return leaves <= day && (plannedDate ?? today) <= day
}

function sum(lines: readonly PlacedLine[]): number {
  return lines.reduce((total, { quantity }) => total + quantity, 0)
}
