import type { Article, WorkCalendar } from '../article'
import { quantityStep } from '../quantity'
import type { CalendarDate, Instant, Milli } from '../units'
import { expectedDate } from './expected-date'
import { placeLine, type PlacementOption } from './place-line'
import type { Availability } from './position'
import { availableToPromise, project } from './projection'
import { shownBy, type DisplayRule, type ShownQuantity } from './stock-display'

/** What a customer sees of an article in one warehouse. */
export interface WarehouseView {
  readonly warehouseId: string
  readonly kind: Availability['kind']
  /** What can leave today; null where that is not shown. */
  readonly now: ShownQuantity | null
  /** The working day on which all that was asked for can leave; null when nobody can say. */
  readonly date: CalendarDate | null
  /** False where the date stands on inbound that is only planned; null where it stands on none. */
  readonly confirmed: boolean | null
  /** In working days; null where it is not by that. */
  readonly leadTimeDays: number | null
  readonly observedAt: Instant
  readonly isStale: boolean
}

/** Taken now from several warehouses, where no single one fills what was asked for. */
export interface SplitView {
  readonly parts: readonly {
    readonly warehouseId: string
    readonly quantity: ShownQuantity | null
  }[]
  /** Whether the parts come to all that was asked for. */
  readonly isWhole: boolean
  /** What the parts leave; 0 when they are the whole, null where that is not shown. */
  readonly missing: Milli | null
}

/** What a customer sees of an article. */
export interface ArticleView {
  /** The warehouse it is had from best, alone. */
  readonly bestId: string
  /** The opened warehouses that hold it, by priority. */
  readonly warehouses: readonly WarehouseView[]
  readonly split: SplitView | null
}

export interface ViewContext {
  readonly today: CalendarDate
  readonly calendar: WorkCalendar
  readonly rule: DisplayRule
  /** See `staleBefore`. */
  readonly staleBefore: Instant | null
}

/**
 * What a customer is shown who asks for a quantity of an article: never a figure below 0, and never one
 * finer than the article is sold in. Null where no warehouse that is open to them holds it.
 *
 * @param options those warehouses, by priority
 */
export function customerView(
  quantity: Milli,
  { precision, packMultiple }: Pick<Article, 'precision' | 'packMultiple'>,
  options: readonly PlacementOption[],
  context: ViewContext,
): ArticleView | null {
  const { today, calendar } = context
  const step = quantityStep({ precision, packMultiple, minimumQuantity: 0 })
  const placement = placeLine(quantity, options, { wantedWarehouseId: null, today, calendar, step })
  if (!placement) return null
  const finest = quantityStep({ precision, packMultiple: 0, minimumQuantity: 0 })
  const show = (amount: Milli) => shownBy(context.rule, Math.floor(amount / finest) * finest)
  return {
    bestId: placement.warehouseId,
    // The answers are one for each option, in their order.
    warehouses: options.map((option, at) => {
      const { availability } = placement.answers[at] as (typeof placement.answers)[number]
      const now =
        availability.kind === 'deliverable'
          ? deliverableNow(option, today)
          : availability.deliverableNow
      return warehouseView(option, availability, show(now), context)
    }),
    split: placement.split && {
      parts: placement.split.parts.map((part) => ({
        warehouseId: part.warehouseId,
        quantity: show(part.quantity),
      })),
      isWhole: placement.split.missing === 0,
      // With it the figures that are not shown could be counted.
      missing: context.rule.kind === 'exact' ? placement.split.missing : null,
    },
  }
}

function warehouseView(
  { warehouseId, position }: PlacementOption,
  availability: Availability,
  now: ShownQuantity | null,
  context: ViewContext,
): WarehouseView {
  return {
    warehouseId,
    kind: availability.kind,
    now,
    date: expectedDate(availability, context.today, context.calendar),
    confirmed: 'confirmed' in availability ? availability.confirmed : null,
    leadTimeDays: availability.kind === 'lead_time' ? availability.days : null,
    observedAt: position.observedAt,
    // Instants are all written alike, so that they compare as texts.
    isStale: context.staleBefore !== null && position.observedAt < context.staleBefore,
  }
}

/** ATP today: how much would be answered `deliverable`. */
function deliverableNow({ position, commitments }: PlacementOption, today: CalendarDate): Milli {
  const [now] = project({ position, commitments, today }).days
  return availableToPromise(now, position.safetyStock)
}
